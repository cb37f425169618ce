/** Answers that never arrive. They are told apart by themselves, because nothing else of them gets through the application. */
const lost = new WeakSet<Response>();

/** What a mock provider returns when its answer is to be lost: the connection ends without one. */
export function dropped(): Response {
  const response = new Response(null);
  lost.add(response);
  return response;
}

/**
 * An answer as a client gets it.
 * @throws TypeError, as the platform's `fetch` does, when the answer is lost
 */
export function received(response: Response): Response {
  if (!lost.has(response)) return response;
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}
