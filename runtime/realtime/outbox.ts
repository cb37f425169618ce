/** Messages that leave one by one with a pause in between. */
export class Outbox {
  readonly #queue: { text: string | (() => string); sent: (() => void) | undefined }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(
    readonly send: (text: string) => void,
    readonly paceMs: number,
  ) {}

  /** A function makes the text when its turn has come. `sent` is called when the message has left. */
  add(text: string | (() => string), sent?: () => void): void {
    this.#queue.push({ text, sent });
    if (this.#timer === undefined) this.#next();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }

  #next(): void {
    const message = this.#stopped ? undefined : this.#queue.shift();
    this.#timer = undefined;
    if (!message) return;
    this.#timer = setTimeout(() => this.#next(), this.paceMs);
    this.send(typeof message.text === "string" ? message.text : message.text());
    message.sent?.();
  }
}
