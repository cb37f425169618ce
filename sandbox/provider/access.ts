/**
 * Who may ask: what a request has to bring, by the provider's kind of `auth`.
 * @module
 */
import type { AuthData, ProviderData } from "../../runtime/provider/data.js";
import { basicCredentials, bearerToken } from "../shared/authorization.js";
import type { ProviderMockOptions } from "./controls.js";
import type { Inbound } from "./request.js";
import type { ProviderTokens } from "./tokens.js";

export const CLIENT_ID = "sandbox-client-id";
export const CLIENT_SECRET = "sandbox-client-secret";
/** Where authorization codes go, when a client has no address of its own: every address is taken. */
export const REDIRECT_URI = "http://localhost:3000/callback";

/** What the mock knows its client by. `apiKey` and `token` change with every generation. */
export interface Keys {
  apiKey: string;
  token: string;
}

export function keysOf(generation: number): Keys {
  return { apiKey: `sandbox-api-key-${generation}`, token: `sandbox-token-${generation}` };
}

/** The keys that a client of this kind is made with. */
export function clientKeys({ type }: AuthData, { apiKey, token }: Keys) {
  switch (type) {
    case "apiKey":
      return { apiKey };
    case "bearer":
      return { token };
    case "basic":
    case "clientCredentials":
      return { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
    case "authorizationCode":
      return { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, redirectUri: REDIRECT_URI };
    default:
      return {};
  }
}

/** What is wrong with what a request brings, in words; undefined when it may ask. */
export function accessFlaw(
  auth: NonNullable<ProviderData["auth"]>,
  { headers, url, text }: Inbound,
  { keys, tokens, accepts }: { keys: Keys; tokens: ProviderTokens; accepts: ProviderMockOptions["accepts"] },
): string | undefined {
  const authorization = headers.get("authorization");
  switch (auth.type) {
    case "none":
      return undefined;
    case "apiKey": {
      const given = auth.in === "header" ? headers.get(auth.name) : url.searchParams.get(auth.name);
      if (!given) return `the ${auth.in} parameter ${auth.name} is missing`;
      return given === keys.apiKey ? undefined : `${auth.name} is not a key that counts`;
    }
    case "basic": {
      const given = basicCredentials(authorization);
      if (!given) return "Authorization: Basic is missing";
      return given.id === CLIENT_ID && given.secret === CLIENT_SECRET ? undefined : "wrong client id or secret";
    }
    case "custom":
      return accepts?.(headers, text) === false ? "not signed as it should be" : undefined;
    default: {
      const token = bearerToken(authorization);
      if (token === undefined) return "Authorization: Bearer is missing";
      const isGood = auth.type === "bearer" ? token === keys.token : tokens.isGood(token);
      return isGood ? undefined : "the token is not one that counts, or no longer";
    }
  }
}

/** What a refusal says of how to sign in. */
export function challenge({ type }: AuthData): Record<string, string> {
  if (type === "basic") return { "WWW-Authenticate": 'Basic realm="sandbox"' };
  const isToken = type === "bearer" || type === "clientCredentials" || type === "authorizationCode";
  return isToken ? { "WWW-Authenticate": 'Bearer error="invalid_token"' } : {};
}
