import { sleep } from "./sleep.js";

/** When to go on trying. Providers bring the rules; this file brings the loop. */
export interface RetryPolicy {
  /** All attempts together, the first included. */
  attempts: number;
  /** Milliseconds to wait before another attempt, or undefined when `error` is final. */
  pauseAfter(error: unknown, attempt: number): number | undefined;
  onRetry(error: unknown, delayMs: number): void;
}

/** Goes on after a first attempt that failed with `error`, until one succeeds, one fails for good, or `signal` ends. */
export async function repeat<T>(
  policy: RetryPolicy,
  error: unknown,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const delayMs = attempt < policy.attempts && !signal.aborted ? policy.pauseAfter(error, attempt) : undefined;
    if (delayMs === undefined) throw error;
    policy.onRetry(error, delayMs);
    await sleep(delayMs, signal);
    try {
      return await work();
    } catch (next) {
      error = next;
    }
  }
}
