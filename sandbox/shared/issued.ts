import type { Clock } from "./clock.js";

interface Entry<Holder> {
  holder: Holder;
  expiresAt: number;
}

/** Tokens, codes or keys that were handed out: whose they are, and until when. */
export class Issued<Holder> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<Holder>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param lifetime milliseconds */
  add(secret: string, holder: Holder, lifetime: number): void {
    this.#entries.set(secret, { holder, expiresAt: this.#clock() + lifetime });
  }

  /** Whose it is; undefined when it was never handed out, or has been revoked. */
  find(secret: string): { holder: Holder; isExpired: boolean } | undefined {
    const found = this.#entries.get(secret);
    return found && { holder: found.holder, isExpired: found.expiresAt <= this.#clock() };
  }

  /** Whose it is, as long as it is good. */
  holder(secret: string): Holder | undefined {
    const found = this.find(secret);
    return found?.isExpired ? undefined : found?.holder;
  }

  revoke(secret: string): void {
    this.#entries.delete(secret);
  }

  /** Ends those of some holders. */
  revokeWhere(isMeant: (holder: Holder) => boolean): void {
    for (const [secret, { holder }] of this.#entries) if (isMeant(holder)) this.#entries.delete(secret);
  }

  /** From now on everything so far is past its time. */
  expireAll(): void {
    for (const entry of this.#entries.values()) entry.expiresAt = 0;
  }

  clear(): void {
    this.#entries.clear();
  }
}
