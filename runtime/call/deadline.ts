/** Thrown into a call whose time is up, so that it can be told from the caller's own abort. */
export class DeadlineExceeded extends Error {}

/** How long a call may take and who may end it. */
export interface Deadline {
  signal?: AbortSignal | undefined;
  /** Milliseconds; anything above 24.8 days (the longest timer there is) means that. */
  timeoutMs: number;
  /** Makes what ends the work. Default the platform's `AbortController`. */
  controller?: (() => AbortController) | undefined;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that ends when the caller's does or when time is up, and rejects at that moment even if
 * `work` pays no heed. The timer is this call's own: a signal made once per client would be one clock for its whole life.
 */
export function withDeadline<T>(
  { signal, timeoutMs, controller: make = () => new AbortController() }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const controller = make();
    const tidy = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    const end = (reason: unknown) => {
      tidy();
      reject(reason);
      controller.abort(reason);
    };
    const onAbort = () => end(signal?.reason);
    const timer = setTimeout(() => end(new DeadlineExceeded()), Math.min(timeoutMs, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", onAbort);
    work(controller.signal).then(
      (value) => {
        tidy();
        resolve(value);
      },
      (error) => {
        tidy();
        reject(error);
      },
    );
  });
}
