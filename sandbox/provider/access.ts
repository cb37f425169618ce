/**
 * Who may ask: what a request has to bring, by the provider's kind of `auth`.
 * @module
 */
import type { AuthData, ProviderData } from "../../runtime/provider/data.js";
import { basicCredentials, bearerToken } from "../shared/authorization.js";
import { CLIENT_ID, CLIENT_SECRET, type Keys } from "./client-keys.js";
import type { ProviderMockOptions } from "./controls.js";
import type { Inbound } from "./request.js";
import type { ProviderTokens } from "./tokens.js";

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
