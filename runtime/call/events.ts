/** What happens to a call, told as plain data that is safe to log: personal data and credentials are replaced by `‹redacted›`. */
export type CallEvent =
  | (EventBase & { type: "request"; attempt: number /** Absent when no spec says what to redact. */; input?: unknown })
  | (EventBase & {
      type: "response";
      attempt: number;
      status: number;
      code: string;
      durationMs: number;
      transactionId?: string;
    })
  | (EventBase & { type: "retry"; attempt: number; reason: string; delayMs: number })
  | (EventBase & { type: "error"; code: string; message: string; durationMs: number })
  | { type: "token"; provider: string; expiresAt: number }
  /** A token cannot be issued yet; calls wait that long for it. */
  | { type: "token-wait"; provider: string; reason: string; delayMs: number }
  | RealtimeEvent;

/**
 * What happens to a realtime connection. `lost`: it broke and comes back by itself. `gap`: records did not reach a consumer, which
 * was told. `unfilled`: what they were about could not be read anew, and `reason` says why. `unknown`: a message that nobody understands or asked for. `garbled`: a frame that cannot be read.
 */
export interface RealtimeEvent {
  type: "realtime";
  provider: string;
  what: "open" | "subscribed" | "lost" | "gap" | "unfilled" | "unknown" | "garbled";
  trId?: string;
  code?: string;
  reason?: string;
}

interface EventBase {
  provider: string;
  /** `module.operationId`, or the path of a call without a spec. */
  operation: string;
}

/**
 * Told of every event. What it throws, or rejects with if it is async, is swallowed: a broken logger must not decide the fate of a
 * call. Nothing waits for it.
 */
export type EventListener = (event: CallEvent) => unknown;

/** Tells `listener`, if there is one; `event` is only made when there is. */
export function emit(listener: EventListener | undefined, event: () => CallEvent): void {
  if (!listener) return;
  try {
    Promise.resolve(listener(event())).catch(() => {});
  } catch {}
}
