import { type Currency, inCoins } from "../market/exchanges.js";
import { dayAt, tradingDay, VENUES } from "../market/venue.js";

interface Entry {
  currency: Currency;
  amount: number;
  /** The day of Seoul on which it moves. */
  day: number;
}

/** Cash by currency: what was agreed on, and when it is paid. */
export class Money {
  readonly #totals = new Map<Currency, number>();
  /** What is not paid yet, as of the latest entry. */
  #pending: Entry[] = [];

  /** @param days trading days until it is paid */
  add(currency: Currency, amount: number, at: number, days: number): void {
    const today = dayAt(VENUES.korea, at);
    let day = today;
    for (let left = days; left > 0; left--) day = tradingDay(VENUES.korea, day, 1);
    this.#totals.set(currency, inCoins(this.total(currency) + amount, currency));
    this.#pending = this.#pending.filter((entry) => entry.day > today);
    if (day > today) this.#pending.push({ currency, amount, day });
  }

  /** All of it, paid or not; or what is paid by the end of a day, which is not before the latest entry. */
  total(currency: Currency, day = Number.POSITIVE_INFINITY): number {
    const later = this.#pending.filter((entry) => entry.currency === currency && entry.day > day);
    const unpaid = later.reduce((sum, { amount }) => sum + amount, 0);
    return inCoins((this.#totals.get(currency) ?? 0) - unpaid, currency);
  }

  get currencies(): Currency[] {
    return [...this.#totals.keys()];
  }
}
