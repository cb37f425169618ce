import { ymd } from "../shared/clock.js";
import { Refusal } from "./wire.js";

/** What may be moved, in won. `Infinity` lifts a limit. */
export interface Limits {
  /** An institution's withdrawals: one of them (A0105), a day (A0103), a month (A0104). */
  withdrawOnce: number;
  withdrawDay: number;
  withdrawMonth: number;
  /** A user's withdrawals: one of them (A0111), a day (A0112). */
  userOnce: number;
  userDay: number;
  /** An institution's deposits: one of them (A0106), a day (A0101), a month (A0102). */
  depositOnce: number;
  depositDay: number;
  depositMonth: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  withdrawOnce: 50_000_000,
  withdrawDay: 10_000_000_000,
  withdrawMonth: 100_000_000_000,
  userOnce: 10_000_000,
  userDay: 10_000_000,
  depositOnce: 50_000_000,
  depositDay: 10_000_000_000,
  depositMonth: 100_000_000_000,
};

/** Who moves money: the institution, and for withdrawals the user whose it is. */
export interface Mover {
  useCode: string;
  userSeqNo?: string;
}

/** An amount field takes twelve digits; no limit is the highest of them. */
const SHOWN_AT_MOST = 999_999_999_999;

/** What has been moved, by institution and user, by day and month of Seoul. */
export class Quotas {
  readonly #limits: Readonly<Limits>;
  readonly #moved = new Map<string, number>();

  constructor(limits: Readonly<Limits>) {
    this.#limits = limits;
  }

  /** @throws Refusal with the limit that the amount would break */
  check(kind: "withdraw" | "deposit", mover: Mover, amount: number, now: number): void {
    for (const { code, limit, key } of this.#rulesOf(kind, mover, now)) {
      if ((key === undefined ? 0 : this.#of(key)) + amount > limit) throw new Refusal(code);
    }
  }

  add(kind: "withdraw" | "deposit", mover: Mover, amount: number, now: number): void {
    for (const { key } of this.#rulesOf(kind, mover, now)) {
      if (key !== undefined) this.#moved.set(key, this.#of(key) + amount);
    }
  }

  /** 출금한도 of an institution for the rest of the day. */
  institutionLeft(useCode: string, now: number): number {
    return left(this.#limits.withdrawDay, this.#of(`withdraw/${useCode}/${ymd(now)}`));
  }

  /** A user's day: what may be withdrawn, what has been, what is left. */
  user(userSeqNo: string, now: number): { limit: number; moved: number; left: number } {
    const moved = this.#of(`user/${userSeqNo}/${ymd(now)}`);
    const limit = Math.min(this.#limits.userDay, SHOWN_AT_MOST);
    return { limit, moved, left: left(this.#limits.userDay, moved) };
  }

  #of(key: string): number {
    return this.#moved.get(key) ?? 0;
  }

  /** The limits of a transfer; those without a key are about it alone. */
  #rulesOf(kind: "withdraw" | "deposit", { useCode, userSeqNo = "" }: Mover, now: number) {
    const limits = this.#limits;
    const day = ymd(now);
    const month = day.slice(0, 6);
    if (kind === "deposit") {
      return [
        { code: "A0106", limit: limits.depositOnce },
        { code: "A0101", limit: limits.depositDay, key: `deposit/${useCode}/${day}` },
        { code: "A0102", limit: limits.depositMonth, key: `deposit/${useCode}/${month}` },
      ];
    }
    return [
      { code: "A0105", limit: limits.withdrawOnce },
      { code: "A0103", limit: limits.withdrawDay, key: `withdraw/${useCode}/${day}` },
      { code: "A0104", limit: limits.withdrawMonth, key: `withdraw/${useCode}/${month}` },
      { code: "A0111", limit: limits.userOnce },
      { code: "A0112", limit: limits.userDay, key: `user/${userSeqNo}/${day}` },
    ];
  }
}

function left(limit: number, moved: number): number {
  return Math.min(Math.max(0, limit - moved), SHOWN_AT_MOST);
}
