import type { RealtimeOptions } from "../../realtime/settings.js";

/** 41 is measured by two projects: the 42nd is answered with OPSP0008. The pauses are the official sample's and common practice. */
export const REALTIME_DEFAULTS = {
  registrations: 41,
  paceMs: 50,
  ackMs: 10_000,
  silenceMs: 120_000,
  backoffMs: [1_000, 5_000, 10_000, 20_000, 60_000],
  attempts: 10,
} as const satisfies RealtimeOptions;
