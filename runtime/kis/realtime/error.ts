import type { Advice } from "../../errors/advice.js";
import { type ErrorContext, KofinError } from "../../errors/kofin-error.js";

/** KIS refused a subscription or the session; `code` is its OPSP code, or `REALTIME_LOST` when no connection comes about any more. */
export class RealtimeError extends KofinError {
  readonly advice: Advice;

  constructor(code: string, message: string, context: ErrorContext & { advice?: Advice }) {
    super(code, message, context);
    this.advice = context.advice ?? "report";
  }
}
