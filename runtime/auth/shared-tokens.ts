import { DEFAULTS } from "../defaults.js";
import { soundStore } from "./sound-store.js";
import type { Token, TokenPolicy, TokenSource } from "./token.js";
import type { TokenStore } from "./token-store.js";

export interface SharedTokens extends TokenPolicy {
  store: TokenStore;
  /** Who the token belongs to: never a secret itself. A function where it takes time to find out. */
  key: string | (() => Promise<string>);
  /** A new token ends the old one at once: nobody sends the old one while a new one is on its way. */
  killsOld?: boolean;
}

/**
 * Issues a token. Whoever has to wait before it may ask looks into the store again first: another process, with another lock or
 * none, may have put one there.
 */
export type Issue = (stored: () => Promise<Token | undefined>) => Promise<Token>;

export interface SharedTokenSource extends TokenSource {
  /** The token there is; none is issued. */
  held(): Promise<Token | undefined>;
  /** Takes a token out of the store that is good for nothing any more. */
  remove(token: Token): Promise<void>;
}

/**
 * Keeps one token in a store that other processes use too: whoever needs a new one first issues it, all others wait and take it.
 *
 * | state of the token        | `get()` answers                                                                  |
 * |---------------------------|----------------------------------------------------------------------------------|
 * | none, ended or refused    | the store's, or else a new one; all who ask meanwhile wait for the same          |
 * | ends within `earlyMs`     | the old one, while another is fetched; should that fail, the next call tries too |
 * | the same, `killsOld`      | the new one, or the old one should the issue fail                                |
 * | good                      | the token, without a look into the store                                         |
 *
 * A late refusal of an old token never throws away its successor. A store that fails is an InvalidInputError `STORE_UNUSABLE`; a token
 * that was issued and could not be stored is used all the same from the next call on.
 */
export function sharedTokens(issue: Issue, { key, killsOld, ...policy }: SharedTokens): SharedTokenSource {
  const { earlyMs = DEFAULTS.tokenEarlyMs, now = Date.now } = policy;
  const store = soundStore(policy.store);
  let current: Token | undefined;
  let renewing: Promise<Token> | undefined;
  let name: Promise<string> | undefined;
  const refused = new Set<string>();
  const lasts = (token: Token, ms: number) => token.expiresAt - ms > now() && !refused.has(token.value);
  const named = () => {
    name ??= typeof key === "string" ? Promise.resolve(key) : key();
    return name;
  };
  const stored = async (ms: number) => {
    const token = readToken(await store.get(await named()));
    return token && lasts(token, ms) ? token : undefined;
  };
  const fresh = () => stored(earlyMs);
  const renew = async () =>
    (await fresh()) ??
    store.exclusive(await named(), async () => {
      const written = await fresh();
      if (written) return written;
      const token = await issue(fresh);
      // A provider may give the same text again; then it stands by it.
      refused.delete(token.value);
      current = token;
      await store.set(await named(), JSON.stringify(token));
      return token;
    });

  return {
    async get() {
      const held = current;
      if (held && lasts(held, earlyMs)) return held;
      renewing ??= renew()
        .then((token) => {
          current = token;
          return token;
        })
        .finally(() => {
          renewing = undefined;
        });
      if (!held || !lasts(held, 0)) return renewing;
      if (killsOld) return renewing.catch(() => held);
      renewing.catch(() => {});
      return held;
    },
    invalidate(token) {
      if (current !== token) return;
      current = undefined;
      refused.add(token.value);
    },
    held: async () => (current && lasts(current, 0) ? current : stored(0)),
    async remove({ value }) {
      if (current?.value === value) current = undefined;
      refused.add(value);
      await store.exclusive(await named(), async () => {
        if (readToken(await store.get(await named()))?.value === value) await store.set(await named(), undefined);
      });
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
