/** The three environments of CODEF; one OAuth host serves them all. Source: the official SDKs. */
export const ENVIRONMENTS = {
  sandbox: "https://sandbox.codef.io",
  demo: "https://development.codef.io",
  production: "https://api.codef.io",
} as const;

/** `sandbox`: canned answers; `demo`: real institutions, 100 calls a day; `production`. */
export type CodefEnvironment = keyof typeof ENVIRONMENTS;

export const OAUTH_URL = "https://oauth.codef.io";

/** The client that CODEF publishes in every official SDK for its sandbox. Public by intention. */
export const SANDBOX_CLIENT = {
  clientId: "ef27cfaa-10c1-4470-adac-60ba476273f9",
  clientSecret: "83160c33-9045-4915-86d8-809473cdf5c3",
} as const;
