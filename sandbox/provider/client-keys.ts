/**
 * What the mock knows its client by. None of it opens anything else.
 * @module
 */
import type { AuthData } from "../../runtime/provider/data.js";

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
