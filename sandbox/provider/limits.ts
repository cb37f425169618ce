import type { LimitData } from "../../runtime/provider/data.js";
import type { Clock } from "../shared/clock.js";
import { TokenBuckets } from "../shared/rate-limits.js";

/** What the limits say to a request. */
export interface Passage {
  isTooMany: boolean;
  /** `X-RateLimit-…`, and `Retry-After` when it was too many. */
  headers: Record<string, string>;
}

/** How many requests a second are answered, by the provider's own limits or by one that a test has set. */
export class ProviderLimits {
  readonly #documented: readonly LimitData[];
  readonly #buckets: TokenBuckets;
  /** Undefined: any number. */
  rate: number | "documented" | undefined;

  constructor(documented: readonly LimitData[], clock: Clock) {
    this.#documented = documented;
    this.#buckets = new TokenBuckets(clock);
  }

  /** Counts a request to an operation. */
  pass(path: string, name: string): Passage {
    const told = this.#limits()
      .filter((limit) => path.startsWith(limit.path ?? ""))
      .map(({ perSecond, burst = 1, path: prefix = "", each }) => ({
        perSecond,
        ...this.#buckets.take(`${prefix} ${each ? name : ""}`, perSecond, burst),
      }));
    const [tightest] = told.sort((one, other) => other.retryAfterMs - one.retryAfterMs || one.left - other.left);
    if (!tightest) return { isTooMany: false, headers: {} };
    const { perSecond, left, retryAfterMs } = tightest;
    const headers = {
      "X-RateLimit-Limit": String(perSecond),
      "X-RateLimit-Remaining": String(left),
      "X-RateLimit-Reset": String(Math.ceil(retryAfterMs / 1_000)),
    };
    if (retryAfterMs === 0) return { isTooMany: false, headers };
    return { isTooMany: true, headers: { ...headers, "Retry-After": String(Math.ceil(retryAfterMs / 1_000)) } };
  }

  clear(): void {
    this.#buckets.clear();
  }

  #limits(): readonly LimitData[] {
    if (this.rate === "documented") return this.#documented;
    return this.rate === undefined ? [] : [{ perSecond: this.rate, burst: this.rate }];
  }
}
