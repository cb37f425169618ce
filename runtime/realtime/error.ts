import type { Advice } from "../errors/advice.js";
import { type ErrorContext, KofinError } from "../errors/kofin-error.js";

/**
 * A subscription ended against its consumer's will. `code` is the provider's own when it refused it or the session;
 * `REALTIME_LOST` when no connection comes about any more; `CONSUMER_SLOW` by the policy `end` of a full buffer.
 */
export class RealtimeError extends KofinError {
  readonly advice: Advice;

  constructor(code: string, message: string, context: ErrorContext & { advice?: Advice }) {
    super(code, message, context);
    this.advice = context.advice ?? "report";
  }
}
