import { AnswerError, DecodeError, HttpError } from "../errors/answer.js";
import { KofinError } from "../errors/kofin-error.js";
import { NetworkError } from "../errors/network.js";
import { DeadlineExceeded } from "./deadline.js";

/** What transports call a connection that never came about. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** What transports tell of a failure, in the error itself or in the one it wraps. */
interface Told {
  message?: unknown;
  code?: unknown;
  syscall?: unknown;
  cause?: Told | undefined;
}

function told(error: unknown): Told {
  return typeof error === "object" && error !== null ? error : { message: error };
}

function text(value: unknown): string {
  return typeof value === "object" ? "" : String(value ?? "");
}

/** Whether `error` proves that the request did not reach anybody. A connection that stood may lose its route as well. */
export function neverConnected(error: unknown): boolean {
  const { code, syscall, cause } = told(error);
  const stood = /^(read|write)/.test(text(syscall ?? cause?.syscall));
  return !stood && NEVER_CONNECTED.test(text(code ?? cause?.code));
}

/** How far a call had come when it failed. */
export interface Failure {
  provider: string;
  operation: string;
  mayHaveArrived: boolean;
  signal?: AbortSignal | undefined;
  clean: (text: string) => string;
}

/** Makes one of kofin's errors of whatever a call threw. */
export function toKofinError(error: unknown, failure: Failure): KofinError {
  if (error instanceof KofinError) return error;
  const { operation, mayHaveArrived, signal } = failure;
  const fate = mayHaveArrived ? "the request may have arrived" : "the request was not sent";
  if (error instanceof DeadlineExceeded) {
    return new NetworkError("TIMEOUT", `${operation}: no answer in time; ${fate}`, failure);
  }
  if (signal?.aborted && error === signal.reason) {
    return new NetworkError("ABORTED", `${operation}: ended by the caller; ${fate}`, { ...failure, cause: error });
  }
  const cause = summary(error, failure.clean);
  return new NetworkError("NETWORK", `${operation}: ${cause.message}; ${fate}`, { ...failure, cause });
}

/** What a transport threw, without the request that it may carry along. */
function summary(error: unknown, clean: (text: string) => string): Error {
  const { message, code: own, cause } = told(error);
  const code = text(own ?? cause?.code);
  const words = [text(message), text(cause?.message), code].filter(Boolean);
  return Object.assign(new Error(clean([...new Set(words)].join(": ") || "the transport failed")), code && { code });
}

/**
 * Statuses below 500 under which a request may have been carried out all the same: after 302 and 303 the result is elsewhere, and 421 has
 * some transports send the request once more by themselves.
 */
const DOUBTFUL_STATUS = [302, 303, 408, 421, 425, 499];

/**
 * Whether a failure leaves open if the operation happened: it may have arrived without an answer, the answer cannot be read, a
 * gateway broke down around it, or the provider itself says to look.
 */
export function leavesOpen(error: KofinError): boolean {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  if (error instanceof DecodeError) return true;
  if (error instanceof HttpError) return error.status >= 500 || DOUBTFUL_STATUS.includes(error.status);
  return error instanceof AnswerError && error.advice === "check-outcome";
}
