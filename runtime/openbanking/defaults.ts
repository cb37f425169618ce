/** Every number that Open Banking alone goes by; the others stand in `runtime/defaults.ts`. */
export const OPEN_BANKING_DEFAULTS = {
  /** A call passes the center and one institution, which has to answer while the caller waits. */
  timeoutMs: 60_000,
  /** Seconds a token lives when the center does not say: 90 days, as seen. */
  tokenSeconds: 7_776_000,
  /** bank_tran_ids taken from the store at a time: what a process leaves over is never used. */
  idsAtOnce: 100,
  /** How often `settleTransfer` looks, and milliseconds before the second look, doubled for each one after it. */
  looks: 6,
  lookDelayMs: 3_000,
  /** A transfer younger than this may still be on its way to the bank: "no such transfer" has to be said twice. */
  lateMs: 60_000,
  /** So close to midnight the bank may date a transfer on the next day. */
  midnightMs: 600_000,
} as const;
