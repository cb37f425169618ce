import type { Token } from "../auth/token.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import { ConsentError } from "./consent-error.js";
import type { IssuedToken } from "./oauth.js";
import { type Grant, grantFor, scopesOf, type Users } from "./users.js";

export interface UserTokenOptions {
  users: Users;
  /** Exchanges a refresh token. */
  refresh(grant: { refreshToken: string; scope: string }): Promise<IssuedToken>;
  /** Milliseconds before its end from which on a token is refreshed. */
  earlyMs: number;
  now: () => number;
}

/** The tokens of users, kept fresh. */
export interface UserTokens {
  /**
   * The token of a user for any one of `scopes`, or any token when there are none; refreshed when it has ended, was refused, or ends
   * soon.
   * @throws InvalidInputError `SCOPE_MISSING` when the user has not granted a scope; ConsentError `CONSENT_ENDED`; what a refused
   * refresh throws, with the advice `ask-user`
   */
  get(userSeqNo: string, scopes: readonly string[], operation: string): Promise<Token>;
  /** The center refused this token: the next call refreshes it. */
  invalidate(token: Token): void;
  /** Refreshes a grant now. Whoever asks for the same meanwhile waits for the same request. */
  renew(userSeqNo: string, grant: Grant): Promise<Grant>;
}

/**
 * Refreshes with single flight: within the process through the promise that is under way, between processes through the store's
 * `exclusive`, where whoever comes second finds the new token of the first.
 */
export function userTokens({ users, refresh, earlyMs, now }: UserTokenOptions): UserTokens {
  const renewing = new Map<string, Promise<Grant>>();
  const refused = new Set<string>();
  /** What was refreshed and could not be stored, by the access token before: the refresh token may be worth nothing any more. */
  const unstored = new Map<string, Grant>();
  const lasts = ({ accessToken, expiresAt }: Grant, ms: number) => expiresAt - ms > now() && !refused.has(accessToken);

  const replace = async (userSeqNo: string, stale: Grant) => {
    let fresh: Grant | undefined;
    await users.change(userSeqNo, async (grants) => {
      const isStale = ({ accessToken }: Grant) => accessToken === stale.accessToken;
      if (!grants.some(isStale)) {
        // Another process was faster, or the user has consented anew.
        fresh = grantFor(grants, scopesOf(stale.scope).slice(0, 1));
        return grants;
      }
      const renewed = unstored.get(stale.accessToken) ?? (await refreshed(stale, userSeqNo));
      unstored.set(stale.accessToken, renewed);
      fresh = renewed;
      return grants.map((grant) => (isStale(grant) ? renewed : grant));
    });
    unstored.delete(stale.accessToken);
    if (!fresh) throw new ConsentError("CONSENT_ENDED", "the user's consent is gone: send them to consent again");
    refused.delete(stale.accessToken);
    return fresh;
  };

  const refreshed = async ({ refreshToken, scope }: Grant, userSeqNo: string): Promise<Grant> => {
    if (refreshToken === undefined) {
      const what = "the user's token has ended and came without a refresh token: send them to consent again";
      throw new ConsentError("CONSENT_ENDED", what);
    }
    const issued = await refresh({ refreshToken, scope });
    // Nobody may ever get another user's token.
    if (issued.userSeqNo !== undefined && issued.userSeqNo !== userSeqNo)
      throw new ConsentError("USER_MISMATCH", "the center answered with another user's token");
    const { accessToken, expiresAt } = issued;
    return { accessToken, expiresAt, refreshToken: issued.refreshToken ?? refreshToken, scope: issued.scope ?? scope };
  };

  const renew = (userSeqNo: string, grant: Grant) => {
    const key = grant.accessToken;
    const underWay = renewing.get(key);
    if (underWay) return underWay;
    const renewal = replace(userSeqNo, grant).finally(() => renewing.delete(key));
    renewing.set(key, renewal);
    return renewal;
  };

  return {
    renew,
    async get(userSeqNo, scopes, operation) {
      const grants = await users.read(userSeqNo);
      const grant = grantFor(grants, scopes);
      if (!grant) throw scopeMissing(operation, scopes, grants);
      if (lasts(grant, earlyMs)) return tokenOf(grant);
      try {
        return tokenOf(await renew(userSeqNo, grant));
      } catch (error) {
        // The old one still has a while: better than nothing.
        if (lasts(grant, 0)) return tokenOf(grant);
        throw error;
      }
    },
    invalidate({ value }) {
      refused.add(value);
    },
  };
}

function tokenOf({ accessToken, expiresAt }: Grant): Token {
  return { value: accessToken, expiresAt };
}

function scopeMissing(operation: string, scopes: readonly string[], grants: readonly Grant[]): InvalidInputError {
  const granted = grants.map((grant) => grant.scope).join(" ");
  const has = grants.length > 0 ? `the user granted ${granted}` : "no token of this user is stored";
  const what = scopes.length === 0 ? "needs a user's token" : `needs the user's scope ${scopes.join(" or ")}`;
  const message = `${operation}: ${what}; ${has}. Send the user through authorizeUrl`;
  return new InvalidInputError("SCOPE_MISSING", message, { provider: "openbanking", operation, field: "scope" });
}
