import type { Operation } from "../../generator/model.js";
import type { LimitData } from "../../runtime/provider/data.js";
import { type Clock, seoulStamp } from "../shared/clock.js";
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
  readonly #clock: Clock;
  readonly #tells: boolean;
  /** Undefined: any number. */
  rate: number | "documented" | undefined;

  /** @param tells answers say what the limits are even while nothing is counted */
  constructor(documented: readonly LimitData[], clock: Clock, tells = false) {
    this.#documented = documented;
    this.#clock = clock;
    this.#tells = tells;
    this.#buckets = new TokenBuckets(clock);
  }

  /** Counts a request to an operation. */
  pass({ path, limit: group }: Pick<Operation, "path" | "limit">, name: string): Passage {
    const counts = (limit: LimitData) =>
      limit.name === undefined ? path.startsWith(limit.path ?? "") : limit.name === group;
    const told = this.#limits()
      .filter(counts)
      .map((limit) => {
        const { burst = 1, path: prefix = "", name: own = "", each } = limit;
        const perSecond = this.#rateOf(limit);
        return {
          perSecond,
          ...this.#buckets.take(
            `${own} ${prefix} ${each ? name : ""}`,
            perSecond,
            // At slower times no more come at once than within a second.
            perSecond < limit.perSecond ? Math.min(burst, Math.max(1, perSecond)) : burst,
          ),
        };
      });
    if (told.length === 0 && this.#tells) return this.#unlimited(this.#documented.find(counts));
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

  /** Nothing is counted, and every answer says how much there would be. */
  #unlimited(limit: LimitData | undefined): Passage {
    if (!limit) return { isTooMany: false, headers: {} };
    const perSecond = this.#rateOf(limit);
    const headers = { Limit: perSecond, Remaining: Math.max(1, perSecond - 1), Reset: 0 };
    const named = Object.entries(headers).map(([word, value]) => [`X-RateLimit-${word}`, String(value)] as const);
    return { isTooMany: false, headers: Object.fromEntries(named) };
  }

  /** Less at some times of day in Korea. */
  #rateOf({ perSecond, slower = [] }: LimitData): number {
    const time = seoulStamp(this.#clock()).replace(/^\d{8}(\d\d)(\d\d).*/, "$1:$2");
    return slower.find(({ from, until }) => from <= time && time < until)?.perSecond ?? perSecond;
  }

  clear(): void {
    this.#buckets.clear();
  }

  #limits(): readonly LimitData[] {
    if (this.rate === "documented") return this.#documented;
    return this.rate === undefined ? [] : [{ perSecond: this.rate, burst: this.rate }];
  }
}
