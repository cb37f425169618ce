import { sleep } from "./deadline.js";

/** When to go on trying. Providers bring the rules; this file brings the loop. */
export interface RetryPolicy {
  /** All attempts together, the first included. */
  attempts: number;
  /** Milliseconds to wait before another attempt, or undefined when `error` is final. */
  pauseAfter(error: unknown, attempt: number): number | undefined;
  onRetry(error: unknown, attempt: number, delayMs: number): void;
}

/** Runs `work` until it succeeds, fails for good, or `signal` ends. */
export async function repeat<T>(
  policy: RetryPolicy,
  signal: AbortSignal,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const delayMs = attempt < policy.attempts && !signal.aborted ? policy.pauseAfter(error, attempt) : undefined;
      if (delayMs === undefined) throw error;
      policy.onRetry(error, attempt, delayMs);
      await sleep(delayMs, signal);
    }
  }
}
