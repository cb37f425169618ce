/** Every number the runtime goes by unless told otherwise, in one place. */
export const DEFAULTS = {
  /** CODEF logs in at the institution while the caller waits: its own limit for a call is 300 s. */
  timeoutMs: 300_000,
  /** Issuing a token is one plain request. */
  tokenTimeoutMs: 30_000,
  /** A token lives a week; the official SDKs renew it one hour early. */
  tokenEarlyMs: 3_600_000,
  /** Further attempts of an operation that may be repeated (`x-retry: safe`). */
  retries: 2,
  /** Pause before the first further attempt; doubled for each one after it. */
  retryDelayMs: 1_000,
} as const;
