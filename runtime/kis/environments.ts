/** `real`: orders move money. `mock` (모의투자): orders of 모의 accounts, with app keys of its own. */
export type KisEnvironment = keyof typeof HOSTS;

/** The REST hosts. Source: the official sample repository. */
export const HOSTS = {
  real: "https://openapi.koreainvestment.com:9443",
  mock: "https://openapivts.koreainvestment.com:29443",
} as const;

/** The realtime hosts: plain `ws`, KIS has no other. Source: the official sample repository. */
export const REALTIME_URLS = {
  real: "ws://ops.koreainvestment.com:21000/tryitout",
  mock: "ws://ops.koreainvestment.com:31000/tryitout",
} as const satisfies Record<KisEnvironment, string>;
