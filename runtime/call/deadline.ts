import type { Transport } from "./transport.js";

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
    const settle =
      <V>(by: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        by(value);
      };
    const end = (reason: unknown) => {
      settle(reject)(reason);
      controller.abort(reason);
    };
    const onAbort = () => end(signal?.reason);
    const timer = setTimeout(() => end(new DeadlineExceeded()), Math.min(timeoutMs, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", onAbort);
    work(controller.signal).then(settle(resolve), settle(reject));
  });
}

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
  return Object.assign(patient, transport, { controller: () => new LightController() as unknown as AbortController });
}

type Listener = () => void;

/**
 * An `AbortController` and its signal by their looks, in one: the platform's own are the dearest thing of a call that goes well,
 * and not every transport asks for them.
 */
export class LightController {
  aborted = false;
  reason: unknown;
  private readonly listeners: Listener[] = [];

  get signal(): this {
    return this;
  }

  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners.splice(0)) listener();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", listener: Listener): void {
    this.listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: Listener): void {
    const index = this.listeners.indexOf(listener);
    if (index >= 0) this.listeners.splice(index, 1);
  }
}
