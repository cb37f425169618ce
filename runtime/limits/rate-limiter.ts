import type { ApiOperation } from "../call/operation.js";
import type { Limiter } from "../call/protocol.js";
import type { AnswerError } from "../errors/answer.js";
import { Bucket, type Rate } from "./bucket.js";

/** How fast operations may go that count against the same limit. */
export interface Limit<Op extends ApiOperation = ApiOperation> {
  counts(operation: Op): boolean;
  rate: Rate;
}

/** Milliseconds in which nothing leaves after an answer; undefined when it says nothing of the kind. */
export type PauseAfter = (response: Response, error: AnswerError | undefined) => number | undefined;

/** Where the calls of one client, or of all that share its limits, wait for their turn. */
export class RateLimiter<Op extends ApiOperation = ApiOperation> implements Limiter<Op> {
  readonly #limits: readonly { counts(operation: Op): boolean; bucket: Bucket }[];
  readonly #pauseAfter: PauseAfter;

  constructor(limits: readonly Limit<Op>[], pauseAfter: PauseAfter) {
    this.#limits = limits.map(({ counts, rate }) => ({ counts, bucket: new Bucket(rate) }));
    this.#pauseAfter = pauseAfter;
  }

  /** In the order of the limits. */
  set rates(rates: readonly Rate[]) {
    for (const [index, { bucket }] of this.#limits.entries()) bucket.rate = rates[index] ?? bucket.rate;
  }

  turn(operation: Op, signal: AbortSignal): Promise<void> | undefined {
    let turn: Promise<void> | undefined;
    for (const { counts, bucket } of this.#limits) {
      if (!counts(operation)) continue;
      turn = turn ? turn.then(() => bucket.turn(signal)) : bucket.turn(signal);
    }
    return turn;
  }

  told(operation: Op, response: Response, error?: AnswerError): void {
    const ms = this.#pauseAfter(response, error);
    if (ms === undefined) return;
    for (const { counts, bucket } of this.#limits) if (counts(operation)) bucket.pause(ms);
  }
}
