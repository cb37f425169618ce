/** Thrown into a call whose time is up, so that it can be told from the caller's own abort. */
export class DeadlineExceeded extends Error {}

/** How long a call may take and who may end it. */
export interface Patience {
  signal?: AbortSignal | undefined;
  /** Milliseconds; anything above 24.8 days (the longest timer there is) means that. */
  timeoutMs: number;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that ends when the caller's does or when time is up, and rejects at that moment even if
 * `work` pays no heed. The timer is this call's own: a signal made once per client would be one clock for its whole life.
 */
export async function withDeadline<T>(patience: Patience, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, timeoutMs } = patience;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  const onAbort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(new DeadlineExceeded()), Math.min(timeoutMs, LONGEST_TIMER_MS));
  signal?.addEventListener("abort", onAbort);
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Waits `ms`, or rejects with the signal's reason as soon as it ends. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
