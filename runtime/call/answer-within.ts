import { DeadlineExceeded } from "./deadline.js";
import type { Transport } from "./transport.js";

/**
 * A transport that gives up on an answer after `ms`. The time of a call includes the wait for its turn, for a token and for further
 * attempts, so it has to be long; whether an order was heard must be known sooner.
 */
export function answerWithin(ms: number, transport: Transport): Transport {
  const patient: Transport = (url, init) =>
    new Promise((resolve, reject) => {
      const { signal } = init;
      const controller = transport.controller?.() ?? new AbortController();
      const end = (reason: unknown) => {
        reject(reason);
        controller.abort(reason);
      };
      // It stays when the answer has begun: the body may still be on its way.
      const onAbort = () => end(signal?.reason);
      const timer = setTimeout(() => end(new DeadlineExceeded()), ms);
      const fail = (error: unknown) => {
        signal?.removeEventListener("abort", onAbort);
        reject(error);
      };
      signal?.addEventListener("abort", onAbort);
      const { method, headers, body, redirect } = init;
      transport(url, {
        method,
        headers,
        signal: controller.signal,
        ...(body !== undefined && { body }),
        ...(redirect && { redirect }),
      })
        .then(resolve, fail)
        .finally(() => clearTimeout(timer));
    });
  return Object.assign(patient, transport);
}
