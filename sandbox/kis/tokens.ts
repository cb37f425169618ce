import { createHmac } from "node:crypto";
import type { Clock } from "../shared/clock.js";
import type { Identifiers } from "../shared/random.js";
import { DAY, HOUR, seoulMoment } from "./time.js";

const LIFETIME = DAY;
/** Within it the same token is handed out again, whether it still works or not. */
const SAME_TOKEN = 6 * HOUR;

interface Issued {
  token: string;
  issuedAt: number;
}

/** Why a token is not taken: it never was one, or is one no longer. */
export type TokenFlaw = "EGW00121" | "EGW00123";

/**
 * Access tokens of one environment.
 *
 * | asked again                        | answer                        |
 * | ---------------------------------- | ----------------------------- |
 * | within a minute of the last answer | refused, EGW00133             |
 * | within six hours of the issue      | the same token, the same end  |
 * | later                              | a new token; the old one lasts |
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #ids: () => Identifiers;
  /** Milliseconds that must lie between two answers to an app key. */
  readonly #gap: number;
  readonly #latest = new Map<string, Issued>();
  readonly #answeredAt = new Map<string, number>();
  readonly #valid = new Map<string, { appKey: string; expiresAt: number }>();
  /** New tokens so far; handing out the same one again does not count. */
  issued = 0;

  constructor(clock: Clock, ids: () => Identifiers, gap: number) {
    this.#clock = clock;
    this.#ids = ids;
    this.#gap = gap;
  }

  /** The answer of `tokenP`; undefined when it is too soon. */
  issue(appKey: string): Readonly<Record<string, string | number>> | undefined {
    const now = this.#clock();
    if (now - (this.#answeredAt.get(appKey) ?? Number.NEGATIVE_INFINITY) < this.#gap) return undefined;
    this.#answeredAt.set(appKey, now);
    const known = this.#latest.get(appKey);
    const current = known && now - known.issuedAt < SAME_TOKEN ? known : this.#make(appKey, now);
    return {
      access_token: current.token,
      access_token_token_expired: seoulMoment(current.issuedAt + LIFETIME),
      token_type: "Bearer",
      // It says a day even of a token that is hours old: only the moment above can be relied on.
      expires_in: LIFETIME / 1000,
    };
  }

  /** What is wrong with a token that came with an app key. */
  flawOf(token: string, appKey: string): TokenFlaw | undefined {
    const known = this.#valid.get(token);
    if (known?.appKey !== appKey) return "EGW00121";
    return known.expiresAt > this.#clock() ? undefined : "EGW00123";
  }

  /** Ends a token for good: the next one is another. */
  revoke(token: string): boolean {
    const known = this.#valid.get(token);
    if (!known) return false;
    this.#valid.delete(token);
    if (this.#latest.get(known.appKey)?.token === token) this.#latest.delete(known.appKey);
    return true;
  }

  /** The day of every token is over (EGW00123), and so is the minute. */
  expireAll(): void {
    for (const known of this.#valid.values()) known.expiresAt = 0;
    this.#latest.clear();
    this.#answeredAt.clear();
  }

  /** KIS forgets every token (EGW00121), as around maintenance, and goes on handing out the same ones until six hours are over. */
  dropAll(): void {
    this.#valid.clear();
  }

  reset(): void {
    this.dropAll();
    this.#latest.clear();
    this.#answeredAt.clear();
    this.issued = 0;
  }

  #make(appKey: string, now: number): Issued {
    const claims = {
      sub: "token",
      iss: "unogw",
      iat: toSeconds(now),
      exp: toSeconds(now + LIFETIME),
      jti: this.#ids().uuid(),
    };
    const made = { token: jwt(claims), issuedAt: now };
    this.#latest.set(appKey, made);
    this.#valid.set(made.token, { appKey, expiresAt: now + LIFETIME });
    this.issued += 1;
    return made;
  }
}

function toSeconds(time: number): number {
  return Math.floor(time / 1000);
}

/** Real tokens are JSON Web Tokens; that the signature means nothing is between the sandbox and itself. */
function jwt(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ typ: "JWT", alg: "HS512" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha512", "sandbox").update(signed).digest("base64url")}`;
}
