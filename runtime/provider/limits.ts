/**
 * How fast operations may go, from what `provider.yaml` says of it and what answers say later.
 * @module
 */
import type { AnswerError } from "../errors/answer.js";
import type { Rate } from "../limits/bucket.js";
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
  readonly #usual: number;
  #latest: number;

  constructor({ perSecond, burst = 1, slower = [] }: LimitData) {
    this.#usual = perSecond;
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
    // Where fewer may go than usual, no more go at once than within a second.
    return this.perSecond < this.#usual ? Math.max(1, Math.min(this.#burst, this.perSecond)) : this.#burst;
  }

  learn(perSecond: number): void {
    if (perSecond > 0) this.#latest = perSecond;
  }
}

/** `09:05` in Korea. */
function timeOfDay(time: number): string {
  return kstStamp(time).replace(/^\d{8}(\d\d)(\d\d).*/, "$1:$2");
}

/** Milliseconds to wait after an answer of too many requests that does not say how long. */
const TOO_MANY_MS = 1_000;

/** No answer keeps a client waiting for longer. */
const LONGEST_MS = 60_000;

/**
 * Milliseconds in which nothing should leave: `Retry-After` (seconds or a date), or the time until `X-RateLimit-Reset` when
 * `X-RateLimit-Remaining` is 0 (seconds from now, or since 1970).
 */
function learnedPause({ status, headers }: Response, _error?: AnswerError): number | undefined {
  const isRefused = status === 429 || status === 503;
  const after = isRefused ? retryAfter(headers.get("Retry-After")) : undefined;
  if (after !== undefined) return Math.min(after, LONGEST_MS);
  const remaining = headers.get("X-RateLimit-Remaining") ?? headers.get("RateLimit-Remaining");
  const reset = Number(headers.get("X-RateLimit-Reset") ?? headers.get("RateLimit-Reset") ?? Number.NaN);
  if (remaining?.trim() === "0" && reset >= 0) {
    const isMoment = reset > 1_000_000_000;
    return Math.min(Math.max(0, isMoment ? reset * 1000 - Date.now() : reset * 1000), LONGEST_MS);
  }
  return status === 429 ? TOO_MANY_MS : undefined;
}

function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (seconds >= 0) return seconds * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.now());
}
