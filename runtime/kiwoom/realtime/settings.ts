import type { RealtimeOptions } from "../../realtime/settings.js";

/** `url`: without a path, of which there are two. */
export interface KiwoomRealtimeOptions extends RealtimeOptions {
  /** Conditions that may be watched at a time, on each of both sockets. Default 10. */
  conditions?: number;
}

/**
 * How much a session may register is not published: what is too much, Kiwoom refuses. 10 conditions are the portal's figure; the pause is
 * that of the official samples. Fast reconnecting is answered by closing the handshake.
 */
export const REALTIME_DEFAULTS = {
  registrations: Number.POSITIVE_INFINITY,
  conditions: 10,
  paceMs: 200,
  ackMs: 10_000,
  silenceMs: 180_000,
  backoffMs: [1_000, 5_000, 10_000, 20_000, 60_000],
  attempts: 10,
} as const satisfies KiwoomRealtimeOptions;

export const REALTIME_URLS = { real: "wss://api.kiwoom.com:10000", mock: "wss://mockapi.kiwoom.com:10000" } as const;

export const DOMESTIC_PATH = "/api/dostk/websocket";
export const US_PATH = "/api/us/websocket";

/** Items that one REG may name, by the documented length of its list. */
export const MOST_ITEMS = 100;
