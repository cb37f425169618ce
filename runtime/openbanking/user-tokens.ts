/**
 * What users have granted: their tokens, in the store by user_seq_no, and kept fresh.
 * @module
 */
import type { Token } from "../auth/token.js";
import type { TokenStore } from "../auth/token-store.js";
import { DEFAULTS } from "../defaults.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import { isRecord } from "../paths.js";
import { ConsentError } from "./consent/consent-error.js";
import type { ClientSettings } from "./credentials.js";
import { requestToken, storeKey } from "./oauth.js";

/** One consent of a user: its tokens and what they open. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Separated by spaces; empty when the center did not say, which refuses nothing. */
  readonly scope: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * The tokens of every user of one client. Several grants may stand beside each other, because cards, insurances or loans are
 * consented to apart from accounts; the newest comes first. Read from the store each time, so that all processes see the same.
 */
export interface UserTokens {
  read(userSeqNo: string): Promise<readonly Grant[]>;
  /** Changes a user's grants while nobody else does. */
  change(userSeqNo: string, work: (grants: readonly Grant[]) => Promise<readonly Grant[]>): Promise<void>;
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
export function userTokens(client: ClientSettings, store: TokenStore): UserTokens {
  const prefix = storeKey(client, "user:");
  const keyOf = (userSeqNo: string) => prefix + userSeqNo;
  const renewing = new Map<string, Promise<Grant>>();
  const refused = new Set<string>();
  /** What was refreshed and could not be stored, by the access token before: the refresh token may be worth nothing any more. */
  const unstored = new Map<string, Grant>();
  const lasts = ({ accessToken, expiresAt }: Grant, ms: number) =>
    expiresAt - ms > client.now() && !refused.has(accessToken);

  const read = async (userSeqNo: string) => readGrants(await store.get(keyOf(userSeqNo)));
  const change: UserTokens["change"] = (userSeqNo, work) =>
    store.exclusive(keyOf(userSeqNo), async () => {
      const before = await read(userSeqNo);
      const after = await work(before);
      if (after !== before) await store.set(keyOf(userSeqNo), after.length > 0 ? JSON.stringify(after) : undefined);
    });

  const replace = async (userSeqNo: string, stale: Grant) => {
    let fresh: Grant | undefined;
    await change(userSeqNo, async (grants) => {
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
    const issued = await requestToken(client, { grant_type: "refresh_token", refresh_token: refreshToken, scope });
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
    read,
    change,
    renew,
    async get(userSeqNo, scopes, operation) {
      const grants = await read(userSeqNo);
      const grant = grantFor(grants, scopes);
      if (!grant) throw scopeMissing(operation, scopes, grants);
      if (lasts(grant, DEFAULTS.tokenEarlyMs)) return tokenOf(grant);
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

/** The scopes of a text, one by one. */
export function scopesOf(scope: string): string[] {
  return scope.split(/[\s,]+/).filter(Boolean);
}

/** The newest grant with any one of `scopes`; any grant will do when none is asked for. */
export function grantFor(grants: readonly Grant[], scopes: readonly string[]): Grant | undefined {
  if (scopes.length === 0) return grants[0];
  return grants.find(({ scope }) => scope === "" || scopesOf(scope).some((granted) => scopes.includes(granted)));
}

/** A new grant takes the place of those that open nothing beyond it. */
export function withGrant(grants: readonly Grant[], added: Grant): Grant[] {
  const scopes = scopesOf(added.scope);
  const goesBeyond = (grant: Grant) => scopesOf(grant.scope).some((scope) => !scopes.includes(scope));
  return [added, ...grants.filter(goesBeyond)];
}

function readGrants(kept: string | undefined): readonly Grant[] {
  if (kept === undefined) return [];
  try {
    const grants: unknown = JSON.parse(kept);
    return Array.isArray(grants) ? grants.filter(isGrant) : [];
  } catch {
    return [];
  }
}

function isGrant(value: unknown): value is Grant {
  return (
    isRecord(value) &&
    typeof value.accessToken === "string" &&
    typeof value.scope === "string" &&
    typeof value.expiresAt === "number"
  );
}
