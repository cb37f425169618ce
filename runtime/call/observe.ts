/**
 * Tells a client's listener what happens to a call.
 * @module
 */
import type { KofinError } from "../errors/kofin-error.js";
import { type CallEvent, type EventListener, emit } from "./events.js";
import { redact } from "./redact.js";

export interface Observer {
  sending(): void;
  /** `signal` is the call's: when it has ended without this answer, nobody expects to hear of it. */
  answered(signal: AbortSignal, response: Response, told: { code: string; transactionId?: string | undefined }): void;
  retrying(error: KofinError, delayMs: number): void;
  failed(error: KofinError): void;
}

/** What is known of a call from its beginning. */
export interface Observed {
  provider: string;
  operation: { id: string; path: string };
  input: unknown;
  /** Paths of what must not show. */
  secret: readonly string[];
}

type Part<E> = E extends { provider: string; operation: string } ? Omit<E, "provider" | "operation"> : never;

export function observe({ provider, operation, input, secret }: Observed, listener: EventListener): Observer {
  const started = Date.now();
  let attempt = 0;
  let sent = started;
  const tell = (event: () => Part<CallEvent>) =>
    emit(listener, () => ({ provider, operation: operation.id, ...event() }) as CallEvent);
  // Without a spec nobody knows what is secret, so nothing is shown.
  const shown = () => (operation.id === operation.path ? {} : { input: redact(input, secret) });

  return {
    sending() {
      attempt += 1;
      sent = Date.now();
      tell(() => ({ type: "request", attempt, ...shown() }));
    },
    answered(signal, { status }, { code, transactionId }) {
      if (signal.aborted) return;
      const durationMs = Date.now() - sent;
      tell(() => ({ type: "response", attempt, status, code, durationMs, ...(transactionId && { transactionId }) }));
    },
    retrying({ code }, delayMs) {
      tell(() => ({ type: "retry", attempt, reason: code, delayMs }));
    },
    failed({ code, message }) {
      tell(() => ({ type: "error", code, message, durationMs: Date.now() - started }));
    },
  };
}
