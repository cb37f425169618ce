import { hide } from "./hide.js";

/** Where an error comes from; every subclass takes it. */
export interface ErrorContext {
  provider: string;
  /** `module.operationId`, or the path of a call without a spec. */
  operation?: string | undefined;
  cause?: unknown;
}

/**
 * Base of every error kofin throws. `code` is stable and meant for programs: either one of kofin's own words (`INPUT_MISSING`,
 * `TIMEOUT` …) or the provider's own result code (`CF-12801`). Nothing secret is ever enumerable or part of a text.
 */
export class KofinError extends Error {
  readonly code: string;
  readonly provider: string;
  /** `module.operationId`, or the path of a call without a spec; undefined when no call was involved. */
  readonly operation: string | undefined;

  constructor(code: string, message: string, context: ErrorContext) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = new.target.name;
    this.code = code;
    this.provider = context.provider;
    this.operation = context.operation;
  }
}

/**
 * The caller's input or configuration cannot be sent; nothing left the process.
 * Codes: `INPUT_MISSING`, `INPUT_INVALID`, `PUBLIC_KEY_MISSING`, `PUBLIC_KEY_INVALID`, `CREDENTIALS_MISSING`.
 */
export class InvalidInputError extends KofinError {
  /** Path of the field at fault, such as `accountList[].password`. */
  readonly field: string | undefined;

  constructor(code: string, message: string, context: ErrorContext & { field?: string | undefined }) {
    super(code, message, context);
    this.field = context.field;
  }
}

/**
 * No answer arrived. Codes: `NETWORK`, `TIMEOUT`, `ABORTED` (the caller's signal).
 * `cause` is what the transport threw, or the reason of the caller's signal.
 */
export class NetworkError extends KofinError {
  /** Whether the request may have reached the provider: false only when it is certain that it did not. */
  readonly mayHaveArrived: boolean;

  constructor(
    code: "NETWORK" | "TIMEOUT" | "ABORTED",
    message: string,
    context: ErrorContext & { mayHaveArrived: boolean },
  ) {
    super(code, message, context);
    this.mayHaveArrived = context.mayHaveArrived;
  }
}

/** What an answer tells about a failure. */
export interface AnswerContext extends ErrorContext {
  response: Response;
  /** The provider's reference of the call, to quote when asking its support. */
  transactionId?: string | undefined;
}

/** Base of the errors that come from an answer. `response` is there but not enumerable; its body has been read. */
export class AnswerError extends KofinError {
  readonly status: number;
  readonly transactionId: string | undefined;
  declare readonly response: Response;

  constructor(code: string, message: string, context: AnswerContext) {
    super(code, message, context);
    this.status = context.response.status;
    this.transactionId = context.transactionId;
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
