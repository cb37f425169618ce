/**
 * What happens when a consumer is slower than its feed and `bufferSize` records wait already.
 *
 * | policy | |
 * |---|---|
 * | `drop-oldest` | the oldest goes: the consumer gets the latest ones, and is told of the gap before them |
 * | `latest` | only the latest record ever waits: for boards that show a price |
 * | `end` | the subscription ends with a RealtimeError `CONSUMER_SLOW`, after what waits: for recorders that must not miss any |
 */
export type OverflowPolicy = "drop-oldest" | "latest" | "end";

/** Records that a consumer did not get, between the one it took last and the one it gets now. */
export interface Overflow<T> {
  dropped: number;
  from: number;
  to: number;
  before: T | undefined;
}

export interface BufferOptions<T> {
  /** Records that may wait. */
  size: number;
  policy: OverflowPolicy;
  /** Told right before the consumer gets the next record. */
  onDropped(overflow: Overflow<T>): void;
  /** The policy `end` has ended it; makes the error. */
  overflowed(): Error;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T, void>): void;
  reject(error: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

/** A bounded queue between a feed that does not wait and a consumer that may be slow. */
export class FeedBuffer<T> {
  readonly #options: BufferOptions<T>;
  readonly #size: number;
  /** A ring, so that memory is what the size says, and a record costs the same however many wait. */
  readonly #ring: (T | undefined)[] = [];
  readonly #times: number[] = [];
  readonly #waiting: Waiting<T>[] = [];
  #first = 0;
  #count = 0;
  #dropped = 0;
  #taken: T | undefined;
  #takenAt: number;
  #end: { error?: unknown } | undefined;

  constructor(options: BufferOptions<T>) {
    this.#options = options;
    this.#size = options.policy === "latest" ? 1 : Math.max(1, options.size);
    this.#takenAt = Date.now();
  }

  /** `at`: when it arrived. */
  push(value: T, at: number): void {
    if (this.#end) return;
    const waiting = this.#waiting.shift();
    if (waiting) {
      this.#taken = value;
      this.#takenAt = at;
      waiting.resolve({ done: false, value });
      return;
    }
    if (this.#count === this.#size) {
      if (this.#options.policy === "end") {
        this.end(this.#options.overflowed());
        return;
      }
      this.#dropped += 1;
      this.#first = (this.#first + 1) % this.#size;
      this.#count -= 1;
    }
    const slot = (this.#first + this.#count++) % this.#size;
    this.#ring[slot] = value;
    this.#times[slot] = at;
  }

  next(): Promise<IteratorResult<T, void>> {
    if (this.#count > 0) return Promise.resolve({ done: false, value: this.#take() });
    if (!this.#end) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const { error } = this.#end;
    this.#end = {};
    return error === undefined ? Promise.resolve(DONE) : Promise.reject(error);
  }

  /** Nothing more will come. What waits is still delivered, then the error, if there is one: once, and to whoever asks next. */
  end(error?: unknown): void {
    if (this.#end) return;
    const [first, ...others] = this.#waiting.splice(0);
    this.#end = error === undefined || first ? {} : { error };
    if (error === undefined) first?.resolve(DONE);
    else first?.reject(error);
    for (const { resolve } of others) resolve(DONE);
  }

  /** The consumer has left: what waits is of no use to anybody. */
  clear(): void {
    this.end();
    this.#ring.length = 0;
    this.#count = 0;
  }

  #take(): T {
    const value = this.#ring[this.#first] as T;
    const at = this.#times[this.#first] as number;
    this.#ring[this.#first] = undefined;
    this.#first = (this.#first + 1) % this.#size;
    this.#count -= 1;
    if (this.#dropped > 0) {
      this.#options.onDropped({ dropped: this.#dropped, from: this.#takenAt, to: at, before: this.#taken });
      this.#dropped = 0;
    }
    this.#taken = value;
    this.#takenAt = at;
    return value;
  }
}
