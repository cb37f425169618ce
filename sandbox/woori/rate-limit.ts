import type { Clock } from "../shared/clock.js";

/** Counts what arrives within a second. */
export class RateLimit {
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
