import type { AuthenticationError } from "../errors/answer.js";
import { type SharedTokenSource, sharedTokens } from "./shared-tokens.js";
import type { TokenClient, TokenEndpoint } from "./token-endpoint.js";
import type { TokenStore } from "./token-store.js";

/** Credentials that were refused stay refused: for this long they are not asked with again. */
const REFUSED_MS = 60_000;

/** What asking again does: see `ClientCredentialsData`. */
interface ClientCredentialsTerms {
  readonly reissue?: "independent" | "same-token" | "kills-old";
}

/** A token is renewed this long before its end. */
const EARLY_MS = 60_000;

/**
 * OAuth 2.0 client credentials: one token for all clients that have the same store and the same id, issued under the store's lock. Right
 * for providers that hand out the same token again and for those whose new token kills the old one: processes share it by the store.
 * @param key who the token belongs to, in the store: never a secret itself
 */
export function clientCredentials(
  endpoint: TokenEndpoint & Pick<ClientCredentialsTerms, "reissue">,
  client: TokenClient,
  { store, key }: { store: TokenStore; key: string | (() => Promise<string>) },
): SharedTokenSource {
  let refused: { error: AuthenticationError; until: number } | undefined;
  const issue = async () => {
    if (refused && Date.now() < refused.until) throw refused.error;
    // Most calls find a token: what issues one loads with the first that does not.
    const { isRefusal, requestToken } = await import("./token-endpoint.js");
    try {
      const { value, expiresAt } = await requestToken(endpoint, client, { grant_type: "client_credentials" });
      return { value, expiresAt };
    } catch (error) {
      if (isRefusal(error)) refused = { error, until: Date.now() + REFUSED_MS };
      throw error;
    }
  };
  return sharedTokens(issue, { store, key, earlyMs: EARLY_MS, killsOld: endpoint.reissue === "kills-old" });
}

/** The hash under which something secret may stand in a store. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
