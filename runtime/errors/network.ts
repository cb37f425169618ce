import type { Advice } from "./advice.js";
import { type ErrorContext, KofinError } from "./kofin-error.js";

/**
 * No answer arrived. Codes: `NETWORK`, `TIMEOUT`, `ABORTED` (the caller's signal).
 * `cause` is what the transport threw, or the reason of the caller's signal.
 */
export class NetworkError extends KofinError {
  /** Whether the request may have reached the provider: false only when it is certain that it did not. */
  readonly mayHaveArrived: boolean;
  /** `check-outcome` when the request may have arrived, which for a mere look-up comes to the same as `retry`. */
  readonly advice: Advice;

  constructor(
    code: "NETWORK" | "TIMEOUT" | "ABORTED",
    message: string,
    context: ErrorContext & { mayHaveArrived: boolean },
  ) {
    super(code, message, context);
    this.mayHaveArrived = context.mayHaveArrived;
    this.advice = context.mayHaveArrived ? "check-outcome" : "retry";
  }
}
