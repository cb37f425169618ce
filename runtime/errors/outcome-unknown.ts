import type { Advice } from "./advice.js";
import { type ErrorContext, hide, KofinError } from "./kofin-error.js";

export interface OutcomeContext extends ErrorContext {
  cause: KofinError;
  /** The operation that tells: `module/operationId`. */
  settledBy?: string | undefined;
  /** What the look-up needs to know of the call. */
  reference?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Nobody knows whether an operation that must not be repeated has happened: an order, a transfer, a registration. Thrown exactly
 * then; any other error of such an operation means that it did not happen. Do not send it again: look it up with `settledBy`.
 * Code: `OUTCOME_UNKNOWN`. `cause` is what was seen: a NetworkError, an HttpError, or the provider's own code.
 */
export class OutcomeUnknownError extends KofinError {
  readonly advice: Advice = "check-outcome";
  /** The operation that tells what became of it, as `module/operationId`; undefined when the provider has none. */
  readonly settledBy: string | undefined;
  /** What identifies the call at the provider, as far as it was known before sending. Not enumerable: it may be personal. */
  declare readonly reference: Readonly<Record<string, unknown>>;
  declare readonly cause: KofinError;
  /** When the call was given up, in milliseconds of `performance.now()`. Not enumerable. */
  declare readonly endedAt: number;

  constructor(context: OutcomeContext) {
    const { cause, settledBy, operation } = context;
    const mend = settledBy ? `find out with ${settledBy}` : "find out from the provider";
    super(
      "OUTCOME_UNKNOWN",
      `${operation}: nobody knows whether it happened (${cause.code}); do not repeat it, ${mend}`,
      context,
    );
    this.settledBy = settledBy;
    hide(this, { reference: context.reference ?? {}, endedAt: performance.now() });
  }
}
