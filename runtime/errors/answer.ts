import type { Advice } from "./advice.js";
import { type ErrorContext, hide, KofinError } from "./kofin-error.js";

/** What an answer tells about a failure. */
export interface AnswerContext extends ErrorContext {
  response: Response;
  /** The provider's reference of the call, to quote when asking its support. */
  transactionId?: string | undefined;
  /** Default `report`. */
  advice?: Advice;
}

/** Base of the errors that come from an answer. `response` is there but not enumerable; its body has been read. */
export class AnswerError extends KofinError {
  readonly status: number;
  readonly transactionId: string | undefined;
  /** What a program should do about it. */
  readonly advice: Advice;
  declare readonly response: Response;

  constructor(code: string, message: string, context: AnswerContext) {
    super(code, message, context);
    this.status = context.response.status;
    this.transactionId = context.transactionId;
    this.advice = context.advice ?? "report";
    hide(this, { response: context.response });
  }
}

/** An HTTP failure whose body carries no result of the provider. Code: `HTTP_<status>`. */
export class HttpError extends AnswerError {}

/** An answer that cannot be understood. Code: `DECODE`. The text is not kept: it may hold personal data. */
export class DecodeError extends AnswerError {}

/** The client id, secret or token was refused. Codes: `CLIENT_REFUSED`, or the provider's token code. Never retried. */
export class AuthenticationError extends AnswerError {}

/** A refusal in the provider's own words. */
export interface Refusal {
  code: string;
  message: string;
  extraMessage?: string;
  /** What stood beside the result, as far as it says more (`errorList` of an account registration). */
  data?: unknown;
}

/** The provider understood the call and refused it; `code` is the provider's own. */
export class ProviderError extends AnswerError {
  readonly providerMessage: string;
  /** The institution's own words, or what the code leaves open; empty when there are none. */
  readonly extraMessage: string;
  /** `data` of the refused answer: not enumerable, because it can hold personal data. */
  declare readonly data: unknown;

  constructor(refusal: Refusal, context: AnswerContext) {
    const extra = refusal.extraMessage ?? "";
    super(refusal.code, [refusal.code, refusal.message, extra && `(${extra})`].filter(Boolean).join(" "), context);
    this.providerMessage = refusal.message;
    this.extraMessage = extra;
    hide(this, { data: refusal.data });
  }
}

/** The client has no right to this product: apply for it in the provider's console. A new token would not help. */
export class PermissionError extends ProviderError {}
