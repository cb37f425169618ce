/** The three environments of CODEF; one OAuth host serves them all. Source: the official SDKs. */
export const ENVIRONMENTS = {
  sandbox: "https://sandbox.codef.io",
  demo: "https://development.codef.io",
  production: "https://api.codef.io",
} as const;

/** `sandbox`: canned answers; `demo`: real institutions, 100 calls a day; `production`. */
export type CodefEnvironment = keyof typeof ENVIRONMENTS;

export const OAUTH_URL = "https://oauth.codef.io";
