import { DEFAULTS } from "./defaults.js";
import type { Token, TokenPolicy, TokenSource } from "./token.js";
import type { TokenStore } from "./token-store.js";

export interface SharedTokens extends TokenPolicy {
  store: TokenStore;
  /** Who the token belongs to: never a secret itself. */
  key: string;
}

/**
 * Keeps one token in a store that other processes use too: whoever needs a new one first issues it, all others wait and take it.
 * Reads the store once and again whenever its own token has ended or was refused.
 */
export function sharedTokens(issue: () => Promise<Token>, { store, key, ...policy }: SharedTokens): TokenSource {
  const { earlyMs = DEFAULTS.tokenEarlyMs, now = Date.now } = policy;
  let current: Token | undefined;
  let renewing: Promise<Token> | undefined;
  const refused = new Set<string>();
  const lasts = (token: Token, ms: number) => token.expiresAt - ms > now() && !refused.has(token.value);
  const stored = async () => {
    const token = readToken(await store.get(key));
    return token && lasts(token, earlyMs) ? token : undefined;
  };
  const renew = async () =>
    (await stored()) ??
    store.exclusive(key, async () => {
      const written = await stored();
      if (written) return written;
      const token = await issue();
      // A provider may give the same text again; then it stands by it.
      refused.delete(token.value);
      await store.set(key, JSON.stringify(token));
      return token;
    });

  return {
    async get() {
      const held = current;
      if (held && lasts(held, earlyMs)) return held;
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      try {
        const token = await renewing;
        if (current === held) current = token;
        return token;
      } catch (error) {
        // The old one still has a while: better than nothing.
        if (held && lasts(held, 0)) return held;
        throw error;
      }
    },
    invalidate(token) {
      if (current !== token) return;
      current = undefined;
      refused.add(token.value);
    },
  };
}

function readToken(text: string | undefined): Token | undefined {
  if (text === undefined) return undefined;
  try {
    const { value, expiresAt } = JSON.parse(text);
    return typeof value === "string" && typeof expiresAt === "number" ? { value, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}
