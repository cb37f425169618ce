import type { WebSocketMaker } from "./socket.js";

/** What a client may change of its realtime connection. Clients of the same key share it, as the first to subscribe has set it. */
export interface RealtimeOptions {
  /** Default the provider's own. */
  url?: string;
  /** Registrations of one session: trades, quotes and notices together. */
  registrations?: number;
  /** Milliseconds between two messages: providers ask for a pause. */
  paceMs?: number;
  /** Milliseconds to wait for an acknowledgement before the connection counts as broken. */
  ackMs?: number;
  /** Milliseconds without a word, heartbeat included, before the connection counts as broken. */
  silenceMs?: number;
  /** Pauses before the first, second … attempt to reconnect; the last one goes on. Endless quick attempts get the key blocked. */
  backoffMs?: readonly number[];
  /** Attempts in a row that may fail before the subscriptions end with an error. */
  attempts?: number;
  /** Default the platform's `WebSocket`; where there is none (Node 20), the package `ws`. */
  webSocket?: WebSocketMaker;
}

/** Records that may wait for a slow consumer. */
export const BUFFER_SIZE = 1_000;

/** The settings with every number in its place. */
export type RealtimeSettings = Required<Omit<RealtimeOptions, "url" | "webSocket">> &
  Pick<RealtimeOptions, "webSocket">;
