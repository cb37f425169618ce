import type { RealtimeOptions } from "../../realtime/settings.js";

/** 100 topics of a connection and five declarations a second are the provider's limits. It answers a PING, which leaves every minute. */
export const REALTIME_DEFAULTS = {
  registrations: 100,
  paceMs: 250,
  ackMs: 10_000,
  silenceMs: 90_000,
  backoffMs: [1_000, 5_000, 10_000, 20_000, 60_000],
  attempts: 10,
} as const satisfies RealtimeOptions;

export const REALTIME_URL = "wss://openapi-ws.tossinvest.com/ws/v1";

/** After 180 seconds without a word from the client the provider ends the connection. */
export const PING_MS = 60_000;
