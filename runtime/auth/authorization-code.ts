/**
 * OAuth 2.0 authorization code: the tokens of users, kept in a store and refreshed there.
 * @module
 */
import { InvalidInputError } from "../errors/invalid-input.js";
import { isRecord } from "../paths.js";
import { soundStore } from "./sound-store.js";
import type { Token, TokenSource } from "./token.js";
import type { IssuedToken, TokenClient, TokenEndpoint } from "./token-endpoint.js";
import type { TokenStore } from "./token-store.js";

/** What a user has granted. */
interface Grant extends Token {
  readonly refreshToken?: string | undefined;
}

/** A token is refreshed this long before its end. */
const EARLY_MS = 60_000;

export interface UserGrants {
  /** The tokens of one user. */
  of(user: string): TokenSource;
  /** Exchanges the code that a user's browser brought back, once, and keeps what it is worth. */
  exchange(user: string, code: string, redirectUri: string, verifier?: string): Promise<void>;
  forget(user: string): Promise<void>;
}

/** @param prefix tells providers, environments and clients apart in the store */
export function userGrants(
  endpoint: TokenEndpoint,
  client: TokenClient,
  { store: given, prefix }: { store: TokenStore; prefix: string },
): UserGrants {
  const store = soundStore(given);
  const ask = async (grant: Record<string, string>) => {
    const { requestToken } = await import("./token-endpoint.js");
    return requestToken(endpoint, client, grant);
  };
  const keyOf = (user: string) => `${prefix} user ${user}`;
  const refused = new Set<string>();
  const renewing = new Map<string, Promise<Grant>>();
  const lasts = ({ value, expiresAt }: Token, ms: number) => expiresAt - ms > Date.now() && !refused.has(value);
  const read = async (user: string) => readGrant(await store.get(keyOf(user)));
  const keep = (user: string, grant: Grant | undefined) => store.set(keyOf(user), grant && JSON.stringify(grant));

  const consentNeeded = (user: string) => {
    const { provider } = client;
    const message = `${provider}: no token of user ${user} is stored, or it has ended: send them to consent`;
    return new InvalidInputError("SCOPE_MISSING", message, { provider, field: "user" });
  };

  /** Under the store's lock: whoever comes second finds the token of the first. */
  const renew = (user: string) =>
    store.exclusive(keyOf(user), async () => {
      const held = await read(user);
      if (held && lasts(held, EARLY_MS)) return held;
      if (!held?.refreshToken) throw consentNeeded(user);
      const grant = { grant_type: "refresh_token", refresh_token: held.refreshToken };
      const renewed = grantOf(await ask(grant), held.refreshToken);
      await keep(user, renewed);
      return renewed;
    });

  return {
    of: (user) => ({
      async get() {
        const held = await read(user);
        if (held && lasts(held, EARLY_MS)) return held;
        const underWay = renewing.get(user) ?? renew(user).finally(() => renewing.delete(user));
        renewing.set(user, underWay);
        return underWay;
      },
      invalidate: ({ value }) => {
        refused.add(value);
      },
    }),
    async exchange(user, code, redirectUri, verifier) {
      const grant = {
        ...{ grant_type: "authorization_code", code, redirect_uri: redirectUri },
        ...(verifier !== undefined && { code_verifier: verifier }),
      };
      await keep(user, grantOf(await ask(grant)));
    },
    forget: (user) => keep(user, undefined),
  };
}

/** A refresh token that is not replaced stays good. */
function grantOf({ value, expiresAt, answer }: IssuedToken, before?: string): Grant {
  const refreshToken = typeof answer.refresh_token === "string" ? answer.refresh_token : before;
  return { value, expiresAt, refreshToken };
}

function readGrant(text: string | undefined): Grant | undefined {
  if (text === undefined) return undefined;
  try {
    const grant: unknown = JSON.parse(text);
    const isGrant = isRecord(grant) && typeof grant.value === "string" && typeof grant.expiresAt === "number";
    return isGrant ? (grant as unknown as Grant) : undefined;
  } catch {
    return undefined;
  }
}
