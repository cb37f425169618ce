import { inCoins } from "../market/exchanges.js";
import type { Market } from "../market/market.js";
import { round } from "../market/rounding.js";
import { dayAt, tradingDay, VENUES } from "../market/venue.js";
import type { Book } from "./book.js";
import type { Fill } from "./order.js";
import { type Position, positionKey } from "./position.js";

/** What is held of something, and what it is worth now. */
export interface Worth {
  position: Position;
  book: Book;
  market: Market;
  price: number;
  before: number;
  /** Money, of all of it. */
  value: number;
  profit: number;
  /** What of it can be ordered. */
  free: number;
  /** Fills of it today, and on the trading day before. */
  fills: readonly [today: readonly Fill[], yesterday: readonly Fill[]];
}

/** Fills of today and of the trading day before. */
export function recentFills(book: Book, market: Market): readonly [Fill[], Fill[]] {
  const today = dayAt(VENUES.korea, market.now);
  const yesterday = tradingDay(VENUES.korea, today, -1);
  const on = (day: number) => book.fills.filter(({ at }) => dayAt(VENUES.korea, at) === day);
  return [on(today), on(yesterday)];
}

export function worthOf(
  position: Position,
  book: Book,
  market: Market,
  [today, yesterday]: readonly [readonly Fill[], readonly Fill[]],
): Worth {
  const key = positionKey(position);
  const own = (fills: readonly Fill[]) => fills.filter(({ order }) => positionKey(order) === key);
  const { instrument, quantity, cost } = position;
  const price = market.price(instrument);
  const value = inCoins(Math.abs(quantity) * price * instrument.unit, instrument.currency);
  return {
    position,
    book,
    market,
    price,
    before: market.yesterday(instrument).close,
    value,
    profit: round(quantity < 0 ? cost - value : value - cost, 4),
    free: book.free(position),
    fills: [own(today), own(yesterday)],
  };
}
