/** Requests under way. One that nobody holds is collected, with its signal, and then never hears that it was given up. */
const underWay = new Set<Request>();

/**
 * Gives up waiting when the request's signal says so, as the platform's `fetch` does. The work itself goes on, as it would on a server.
 * @throws the signal's reason
 */
export async function abortable<Result>(request: Request, work: () => Promise<Result>): Promise<Result> {
  const { signal } = request;
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  underWay.add(request);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    underWay.delete(request);
    signal.removeEventListener("abort", stop);
  }
}
