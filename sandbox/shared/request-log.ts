/** A request as it arrived. */
export interface ReceivedRequest {
  method: string;
  path: string;
  /** Header names in lower case. */
  headers: Record<string, string>;
  /** The body as it came over the wire. */
  text: string;
  /** The decoded body; undefined when it could not be decoded. */
  body: unknown;
  /** When it arrived, by the sandbox's clock. */
  at: number;
}

/** Keeps the latest requests, newest last. */
export class RequestLog {
  readonly #limit: number;
  #entries: ReceivedRequest[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(request: ReceivedRequest): void {
    this.#entries.push(request);
    // Cut in blocks: dropping one entry per request would move the whole list each time.
    if (this.#entries.length >= this.#limit * 2) this.#entries = this.#entries.slice(-this.#limit);
  }

  get entries(): ReceivedRequest[] {
    return this.#entries.slice(-this.#limit);
  }

  clear(): void {
    this.#entries = [];
  }
}
