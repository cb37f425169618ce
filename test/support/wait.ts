/** A promise that is settled from outside. */
export function latch<T = void>() {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everything that is ready to run do so. */
export function idle(ms = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Answers never, and pays no heed to any signal. */
export function silence(): Promise<Response> {
  return new Promise(() => {});
}

/** Answers never, but ends with the signal as the platform's `fetch` does. */
export function untilAborted(signal: AbortSignal | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    const end = () => reject(signal?.reason);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end);
  });
}
