import type { Clock } from "./clock.js";

/** Token buckets by name: so many requests at once, and one more as often as the rate allows. */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one request out of a bucket; `retryAfterMs` says when there will be one, and is 0 when there was. */
  take(name: string, perSecond: number, burst = perSecond): { left: number; retryAfterMs: number } {
    const now = this.#clock();
    const bucket = this.#buckets.get(name) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (bucket.left < 1) return { left: 0, retryAfterMs: Math.ceil(((1 - bucket.left) / perSecond) * 1_000) };
    bucket.left -= 1;
    return { left: Math.floor(bucket.left), retryAfterMs: 0 };
  }

  clear(): void {
    this.#buckets.clear();
  }
}

/** Counts what arrives within a second. */
export class SlidingSecond {
  readonly #clock: Clock;
  #arrivals: number[] = [];
  /** Undefined: any number. */
  perSecond: number | undefined;

  constructor(clock: Clock, perSecond: number | undefined) {
    this.#clock = clock;
    this.perSecond = perSecond;
  }

  /** Counts one more, and tells whether that is too many. What is too many counts as well, as long as it keeps coming. */
  isExceeded(): boolean {
    if (this.perSecond === undefined) return false;
    const now = this.#clock();
    this.#arrivals = [...this.#arrivals.filter((at) => at > now - 1_000), now];
    return this.#arrivals.length > this.perSecond;
  }

  reset(perSecond: number | undefined): void {
    this.#arrivals = [];
    this.perSecond = perSecond;
  }
}
