import { DeadlineExceeded } from "./deadline.js";
import { KofinError, NetworkError } from "./errors.js";

/** What transports call a connection that never came about. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return String(code ?? cause?.code ?? "");
}

/** Whether `error` proves that the request did not reach anybody. */
export function neverConnected(error: unknown): boolean {
  return NEVER_CONNECTED.test(codeOf(error));
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
  const { message, cause } = (error ?? {}) as { message?: unknown; cause?: { message?: unknown } };
  const code = codeOf(error);
  const words = [message ?? error, cause?.message, code].filter(Boolean).map(String);
  return Object.assign(new Error(clean([...new Set(words)].join(": "))), code && { code });
}
