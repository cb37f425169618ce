import { HttpError, NetworkError, ProviderError } from "../errors.js";

/** "Try again after a pause", in CODEF's codes. Credential refusals are not among them: a repeat would lock the user out. */
const TEMPORARY_CODES = /^CF-(00016|0100[23457]|12003|12104|12107|1220[02]|12703|09981)$/;

/** The same request is still running at CODEF: 5 to 15 seconds are advised, five times the usual pause. */
const STILL_RUNNING = "CF-00016";

const TEMPORARY_STATUS = [429, 502, 503, 504];

/** Whether another attempt is worth it. A call whose time is up, or that the caller ended, is not repeated. */
function isTemporary(error: unknown): boolean {
  if (error instanceof ProviderError) return TEMPORARY_CODES.test(error.code);
  if (error instanceof HttpError) return TEMPORARY_STATUS.includes(error.status);
  return error instanceof NetworkError && error.code === "NETWORK";
}

/** Milliseconds to wait before the attempt after `attempt`, doubling each time; undefined when `error` is final. */
export function pauseAfter(error: unknown, attempt: number, retryDelayMs: number): number | undefined {
  if (!isTemporary(error)) return undefined;
  const factor = error instanceof ProviderError && error.code === STILL_RUNNING ? 5 : 1;
  return retryDelayMs * 2 ** (attempt - 1) * factor;
}
