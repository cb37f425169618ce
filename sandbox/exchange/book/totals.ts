/**
 * Sums over an account.
 * @module
 */
import { type Currency, inWon } from "../market/exchanges.js";
import type { Market } from "../market/market.js";
import { round } from "../market/rounding.js";
import { dayAt, tradingDay, VENUES } from "../market/venue.js";
import type { Book } from "./book.js";
import type { Fill } from "./order.js";
import { sum } from "./sum.js";
import { recentFills, type Worth, worthOf } from "./worth.js";

/** Everything that balances say of an account in one currency. */
export interface Totals {
  positions: readonly Worth[];
  cost: number;
  value: number;
  profit: number;
  /** Of today's fills, and of those of the trading day before. */
  today: Traded;
  yesterday: Traded;
  /** Paid by today, by tomorrow, and all in all. */
  cash: number;
  cashTomorrow: number;
  cashInTwoDays: number;
  available: number;
  margin: number;
  /** Of positions on credit: what is owed. */
  loans: number;
  /** What was won by closing positions, ever. */
  realized: number;
}

export interface Traded {
  bought: number;
  sold: number;
  profit: number;
}

export interface Selection {
  currency: Currency;
  wants?: (worth: Worth) => boolean;
}

export function totalsOf(book: Book, market: Market, { currency, wants = () => true }: Selection): Totals {
  const recent = recentFills(book, market);
  const positions = book.positions
    .filter(({ instrument }) => instrument.currency === currency)
    .map((position) => worthOf(position, book, market, recent))
    .filter(wants);
  const today = dayAt(VENUES.korea, market.now);
  const tomorrow = tradingDay(VENUES.korea, today, 1);
  const isWanted = ({ order }: Fill) => order.instrument.currency === currency;
  return {
    positions,
    cost: sum(positions, ({ position }) => position.cost),
    value: sum(positions, ({ value }) => value),
    profit: sum(positions, ({ profit }) => profit),
    today: traded(recent[0].filter(isWanted)),
    yesterday: traded(recent[1].filter(isWanted)),
    cash: book.money.total(currency, today),
    cashTomorrow: book.money.total(currency, tomorrow),
    cashInTwoDays: book.money.total(currency),
    available: Math.max(0, book.available(currency)),
    margin: book.margin(currency),
    loans: sum(positions, ({ position }) => (isLoan(position) ? position.cost : 0)),
    realized: sum(book.fills.filter(isWanted), ({ profit }) => profit),
  };
}

function isLoan({ terms, quantity, instrument }: Worth["position"]): boolean {
  return terms.settlement === "margined" && instrument.kind === "stock" && quantity > 0;
}

function traded(those: readonly Fill[]): Traded {
  return {
    bought: sum(those, ({ order, amount }) => (order.side === "buy" ? amount : 0)),
    sold: sum(those, ({ order, amount }) => (order.side === "sell" ? amount : 0)),
    profit: sum(those, ({ profit }) => profit),
  };
}

/** The same in won, over currencies. */
export function inWonOver(
  book: Book,
  market: Market,
  currencies: readonly Currency[],
  pick: (totals: Totals) => number,
): number {
  return round(
    sum(currencies, (currency) => inWon(pick(totalsOf(book, market, { currency })), currency)),
    0,
  );
}
