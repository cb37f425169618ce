import { AnswerError } from "../errors/answer.js";
import { NetworkError } from "../errors/network.js";

/** The same request is still running at CODEF: 5 to 15 seconds are advised, five times the usual pause. */
const STILL_RUNNING = "CF-00016";

/**
 * Milliseconds to wait before the attempt after `attempt`, doubling each time; undefined when another one is not worth it. A call
 * whose time is up, or that the caller ended, is not repeated.
 */
export function pauseAfter(error: unknown, attempt: number, retryDelayMs: number): number | undefined {
  const isTemporary = error instanceof NetworkError ? error.code === "NETWORK" : isAdvisedToRetry(error);
  if (!isTemporary) return undefined;
  const factor = error instanceof AnswerError && error.code === STILL_RUNNING ? 5 : 1;
  return retryDelayMs * 2 ** (attempt - 1) * factor;
}

function isAdvisedToRetry(error: unknown): boolean {
  return error instanceof AnswerError && error.advice === "retry";
}
