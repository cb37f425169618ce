import type { ApiOperation } from "../call/operation.js";
import type { Limiter } from "../call/protocol.js";
import type { AnswerError } from "../errors/answer.js";
import { Bucket, type Rate } from "./bucket.js";

/** How fast operations may go that count against the same limit. */
export interface Limit<Op extends ApiOperation = ApiOperation> {
  counts(operation: Op): boolean;
  rate: Rate;
  /** Each operation is counted by itself. */
  each?: true | undefined;
  /** An answer to one of them came: it may say what the rate is. */
  told?(response: Response): void;
}

/** Milliseconds in which nothing leaves after an answer; undefined when it says nothing of the kind. */
export type PauseAfter = (response: Response, error: AnswerError | undefined) => number | undefined;

/** Where the calls of one client, or of all that share its limits, wait for their turn. */
export class RateLimiter<Op extends ApiOperation = ApiOperation> implements Limiter<Op> {
  readonly #limits: Limit<Op>[];
  readonly #pauseAfter: PauseAfter;
  /** By the place of the limit, and the operation where each is counted by itself. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: readonly Limit<Op>[], pauseAfter: PauseAfter) {
    this.#limits = limits.map((limit) => ({ ...limit }));
    this.#pauseAfter = pauseAfter;
  }

  /** In the order of the limits. */
  set rates(rates: readonly Rate[]) {
    for (const [index, limit] of this.#limits.entries()) limit.rate = rates[index] ?? limit.rate;
    for (const [name, bucket] of this.#buckets) bucket.rate = rates[Number.parseInt(name, 10)] ?? bucket.rate;
  }

  turn(operation: Op, signal: AbortSignal): Promise<void> | undefined {
    let turn: Promise<void> | undefined;
    for (const bucket of this.#bucketsOf(operation)) {
      turn = turn ? turn.then(() => bucket.turn(signal)) : bucket.turn(signal);
    }
    return turn;
  }

  told(operation: Op, response: Response, error?: AnswerError): void {
    for (const limit of this.#limits) if (limit.told && limit.counts(operation)) limit.told(response);
    const ms = this.#pauseAfter(response, error);
    if (ms === undefined) return;
    for (const bucket of this.#bucketsOf(operation)) bucket.pause(ms);
  }

  *#bucketsOf(operation: Op): Iterable<Bucket> {
    for (const [index, { counts, rate, each }] of this.#limits.entries()) {
      if (!counts(operation)) continue;
      const name = each ? `${index} ${operation.id}` : String(index);
      const bucket = this.#buckets.get(name) ?? new Bucket(rate);
      this.#buckets.set(name, bucket);
      yield bucket;
    }
  }
}
