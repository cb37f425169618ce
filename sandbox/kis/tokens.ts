import { type Clock, DAY, HOUR, seoulStamp } from "../shared/clock.js";
import { Issued } from "../shared/issued.js";
import { jwt } from "../shared/jwt.js";
import type { Identifiers } from "../shared/random.js";

const LIFETIME = DAY;
/** Within it the same token is handed out again, whether it still works or not. */
const SAME_TOKEN = 6 * HOUR;

interface Current {
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
  readonly #latest = new Map<string, Current>();
  readonly #answeredAt = new Map<string, number>();
  /** Whose they are: app keys. */
  readonly #issued: Issued<string>;
  /** New tokens so far; handing out the same one again does not count. */
  issued = 0;

  constructor(clock: Clock, ids: () => Identifiers, gap: number) {
    this.#clock = clock;
    this.#issued = new Issued(clock);
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
    const known = this.#issued.find(token);
    if (known?.holder !== appKey) return "EGW00121";
    return known.isExpired ? "EGW00123" : undefined;
  }

  /** Ends a token for good: the next one is another. */
  revoke(token: string): boolean {
    const known = this.#issued.find(token);
    if (!known) return false;
    this.#issued.revoke(token);
    if (this.#latest.get(known.holder)?.token === token) this.#latest.delete(known.holder);
    return true;
  }

  /** The day of every token is over (EGW00123), and so is the minute. */
  expireAll(): void {
    this.#issued.expireAll();
    this.#latest.clear();
    this.#answeredAt.clear();
  }

  /** KIS forgets every token (EGW00121), as around maintenance, and goes on handing out the same ones until six hours are over. */
  dropAll(): void {
    this.#issued.clear();
  }

  reset(): void {
    this.dropAll();
    this.#latest.clear();
    this.#answeredAt.clear();
    this.issued = 0;
  }

  #make(appKey: string, now: number): Current {
    const claims = {
      sub: "token",
      iss: "unogw",
      iat: toSeconds(now),
      exp: toSeconds(now + LIFETIME),
      jti: this.#ids().uuid(),
    };
    const made = { token: jwt("HS512", claims), issuedAt: now };
    this.#latest.set(appKey, made);
    this.#issued.add(made.token, appKey, LIFETIME);
    this.issued += 1;
    return made;
  }
}

function toSeconds(time: number): number {
  return Math.floor(time / 1000);
}

/** `yyyy-mm-dd hh:mm:ss` in Seoul, which is how the token endpoint says when a token ends. */
function seoulMoment(time: number): string {
  return seoulStamp(time).replace(/^(\d{4})(..)(..)(..)(..)(..).*$/, "$1-$2-$3 $4:$5:$6");
}
