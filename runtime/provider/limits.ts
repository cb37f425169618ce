/**
 * How fast operations may go, from what `provider.yaml` says of it and what answers say later.
 * @module
 */
import type { Rate } from "../limits/bucket.js";
import { learnedPause } from "../limits/learned.js";
import { type Limit, RateLimiter } from "../limits/rate-limiter.js";
import { kstStamp } from "../seoul-time.js";
import type { LimitData } from "./data.js";
import type { ApiOperation } from "./operation.js";

/** @param header of answers, that says how many calls a second a named limit allows now */
export function limiterFor(limits: readonly LimitData[], header: string | undefined): RateLimiter<ApiOperation> {
  return new RateLimiter(
    limits.map((limit) => limitOf(limit, header)),
    learnedPause,
  );
}

function limitOf(limit: LimitData, header: string | undefined): Limit<ApiOperation> {
  const { name, path, each } = limit;
  const rate = new ChangingRate(limit);
  const counts = (operation: ApiOperation) =>
    name === undefined ? path === undefined || operation.path.startsWith(path) : operation.limit === name;
  if (name === undefined || header === undefined) return { rate, counts, each };
  return { rate, counts, each, told: ({ headers }) => rate.learn(Number(headers.get(header) ?? Number.NaN)) };
}

/** What the provider said last, or less at times of day when it is less. */
class ChangingRate implements Rate {
  readonly #slower: NonNullable<LimitData["slower"]>;
  readonly #burst: number;
  #latest: number;

  constructor({ perSecond, burst = 1, slower = [] }: LimitData) {
    this.#latest = perSecond;
    this.#burst = burst;
    this.#slower = slower;
  }

  get perSecond(): number {
    if (this.#slower.length === 0) return this.#latest;
    const time = timeOfDay(Date.now());
    const now = this.#slower.find(({ from, until }) => from <= time && time < until);
    return Math.min(this.#latest, now?.perSecond ?? this.#latest);
  }

  get burst(): number {
    return Math.max(1, Math.min(this.#burst, this.perSecond));
  }

  learn(perSecond: number): void {
    if (perSecond > 0) this.#latest = perSecond;
  }
}

/** `09:05` in Korea. */
function timeOfDay(time: number): string {
  return kstStamp(time).replace(/^\d{8}(\d\d)(\d\d).*/, "$1:$2");
}
