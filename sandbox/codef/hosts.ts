import type { Environment } from "./tokens.js";

const HOSTS: Record<string, Environment | undefined> = {
  "sandbox.codef.io": "sandbox",
  "development.codef.io": "demo",
  "api.codef.io": "production",
};

const ELSEWHERE: Record<Environment, string> = { demo: "CF-00004", production: "CF-00005", sandbox: "CF-00017" };

/** The refusal of a token at the host of another environment. Hosts that are none of CODEF's take every token. */
export function environmentFlaw(hostname: string, environment: Environment): string | undefined {
  const host = HOSTS[hostname];
  return host && host !== environment ? ELSEWHERE[environment] : undefined;
}
