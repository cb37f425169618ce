import type { KisEnvironment } from "./operation.js";

/** Every number a KIS client goes by unless told otherwise, with where it comes from. Limits are in `LIMITS`. */
export const KIS_DEFAULTS = {
  /** A whole call: the wait for its turn, for a token (a minute and more, see `tokenWaitMs`) and further attempts included. */
  timeoutMs: 300_000,
  /** From sending to answer. Our choice: the gateway's own time-outs (EGW00301, EGW00302) come first, as far as anybody saw. */
  answerTimeoutMs: 30_000,
  retries: 2,
  /** The official advice after a refusal is 100 to 150 ms; it grows with each attempt. */
  retryDelayMs: 250,
  /** `tokenP` answers once a minute for an app key (README of the official samples); counted from the refusal (EGW00133). */
  tokenWaitMs: 60_000,
  /** `tokenP` counts against a limit of one a second as well (notice of 2026-04-20, seen quoted twice). */
  tokenRateWaitMs: 1_000,
  /** How often to wait for a token before giving up. Another program may get in first each minute; three in a row are no accident. */
  tokenWaits: 3,
  /** Wrong keys stay wrong: for this long they are refused without asking KIS again. */
  refusedKeysMs: 60_000,
  /** Official: a token lasts a day, and so does an approval key. Used where an answer does not say until when. */
  credentialMs: 86_400_000,
} as const;

/** How fast an app key may go. Counted for all clients of the process that have the same key and host. */
export interface KisLimits {
  /** Calls a second. */
  perSecond?: number;
  /** How many may leave at once after a pause. */
  burst?: number;
  /** Calls a second of operations on the ledger (`/trading/`: orders, balances), which KIS counts by themselves as well. */
  ledgerPerSecond?: number;
  /** Milliseconds in which nothing leaves after KIS said that it was too much (EGW00201, EGW00215). */
  pauseMs?: number;
  /** Tokens a minute, which is also how long to wait after KIS said that it was too soon (EGW00133). */
  tokenPerMinute?: number;
  /** Signed up for the API less than three days ago: 3 calls a second on the real host. The numbers above still win. */
  newCustomer?: boolean;
}

export type Rates = Required<Omit<KisLimits, "newCustomer">>;

/**
 * | number | source |
 * |---|---|
 * | real 15/s, 3 at once | at most 18 in any second: the policy of 2026-04-20 says 18/s, until 2025 it was 20/s |
 * | mock 0.95/s | policy of 2026-04-20: 1/s; a twentieth less, because requests do not arrive as evenly as they leave |
 * | ledger 5/s | our choice: EGW00215 was seen well below the other limit, its number nowhere |
 * | pause 250 ms | KIS advises 100 to 150 ms |
 * | new customer 3/s | seen quoted by two public projects: for three days after signing up, not on the mock host |
 * | tokens 1/min | README of the official samples |
 */
export const LIMITS: Readonly<Record<KisEnvironment | "newCustomer", Rates>> = {
  real: { perSecond: 15, burst: 3, ledgerPerSecond: 5, pauseMs: 250, tokenPerMinute: 1 },
  mock: { perSecond: 0.95, burst: 1, ledgerPerSecond: 0.95, pauseMs: 250, tokenPerMinute: 1 },
  newCustomer: { perSecond: 3, burst: 1, ledgerPerSecond: 3, pauseMs: 250, tokenPerMinute: 1 },
};
