/**
 * What users have granted: their tokens, in the store, by user_seq_no.
 * @module
 */

import { soundStore } from "../auth/sound-store.js";
import type { TokenStore } from "../auth/token-store.js";
import { isRecord } from "../paths.js";

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
 * The grants of every user of one client. Several may stand beside each other, because cards, insurances or loans are consented to
 * apart from accounts; the newest comes first. Read from the store each time, so that all processes see the same.
 */
export interface Users {
  read(userSeqNo: string): Promise<readonly Grant[]>;
  /** Changes a user's grants while nobody else does. */
  change(userSeqNo: string, work: (grants: readonly Grant[]) => Promise<readonly Grant[]>): Promise<void>;
}

/** `prefix` tells environments and clients apart. */
export function usersIn(given: TokenStore, prefix: string): Users {
  const store = soundStore(given);
  const keyOf = (userSeqNo: string) => `${prefix}:user:${userSeqNo}`;
  const read = async (userSeqNo: string) => readGrants(await store.get(keyOf(userSeqNo)));
  return {
    read,
    change(userSeqNo, work) {
      const key = keyOf(userSeqNo);
      return store.exclusive(key, async () => {
        const before = await read(userSeqNo);
        const after = await work(before);
        if (after !== before) await store.set(key, after.length > 0 ? JSON.stringify(after) : undefined);
      });
    },
  };
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
