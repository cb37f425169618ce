import type { Transport } from "./transport.js";

/** The global is looked up at call time, because tests and instrumentation replace it; a plain init is read fastest. */
export const platformFetch: Transport = (url, { method, headers, body, signal, redirect = "manual" }) =>
  fetch(url, { method, headers, body: body ?? null, signal: signal ?? null, redirect });
