import { DEFAULTS } from "../defaults.js";

/** An access token. The object is its own generation: a token that was replaced is another object, even with the same text. */
export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where calls get their token from. Replace it to share tokens between processes. */
export interface TokenSource {
  /** The token to send now; issues one when there is none or when its time is running out. */
  get(): Promise<Token>;
  /** The provider refused this token. Ignored when another one has taken its place already. */
  invalidate(token: Token): void;
}

export interface TokenPolicy {
  /** Ask for a new token this long before the old one ends. Default one hour. */
  earlyMs?: number;
  now?: () => number;
}

/**
 * Keeps one token in memory.
 *
 * | state of the token        | `get()` answers                                              |
 * |---------------------------|--------------------------------------------------------------|
 * | none, ended or refused    | a new one; all who ask meanwhile wait for the same request   |
 * | ends within `earlyMs`     | a new one, or the old one should the issue fail              |
 * | good                      | the token                                                    |
 *
 * A late refusal of an old token never throws away its successor.
 */
export function memoryTokens(issue: () => Promise<Token>, policy: TokenPolicy = {}): TokenSource {
  const { earlyMs = DEFAULTS.tokenEarlyMs, now = Date.now } = policy;
  let current: Token | undefined;
  let issuing: Promise<Token> | undefined;

  const renew = () => {
    issuing ??= issue()
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        issuing = undefined;
      });
    return issuing;
  };

  return {
    async get() {
      const held = current;
      if (!held || held.expiresAt <= now()) return renew();
      if (held.expiresAt - earlyMs > now()) return held;
      return renew().catch((error) => {
        // It may have been refused meanwhile.
        if (current === held) return held;
        throw error;
      });
    },
    invalidate(token) {
      if (current === token) current = undefined;
    },
  };
}
