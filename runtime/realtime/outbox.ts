/** A function makes the text when its turn has come; undefined: there is nothing to say any more. */
type Text = string | (() => string | undefined);

/** Messages that leave one by one with a pause in between. */
export class Outbox {
  readonly #queue: { text: Text; sent: (() => void) | undefined }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(
    readonly send: (text: string) => void,
    readonly paceMs: number,
  ) {}

  /** `sent` is called when the message has left. */
  add(text: Text, sent?: () => void): void {
    this.#queue.push({ text, sent });
    if (this.#timer === undefined) this.#next();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }

  #next(): void {
    this.#timer = undefined;
    for (let message = this.#queue.shift(); message && !this.#stopped; message = this.#queue.shift()) {
      const text = typeof message.text === "string" ? message.text : message.text();
      if (text === undefined) continue;
      this.#timer = setTimeout(() => this.#next(), this.paceMs);
      this.send(text);
      message.sent?.();
      return;
    }
  }
}
