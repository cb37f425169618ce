import { Book, type Listener } from "../exchange/book/book.js";
import type { Terms } from "../exchange/book/order.js";
import { EXCHANGES } from "../exchange/market/exchanges.js";
import { type Instrument, overseas, stock } from "../exchange/market/instrument.js";
import type { Market } from "../exchange/market/market.js";

/** A token belongs to one account, which no request names. The number is nobody's. */
export const KIWOOM_ACCOUNT = "8100000011";

const MONEY = { KRW: 1_000_000_000, USD: 100_000 };

const HOLDINGS = [
  { code: "005930", quantity: 100 },
  { code: "AAPL", exchange: "ND", quantity: 10 },
];

/** What orders call the exchanges of the US. */
const US_EXCHANGES: Readonly<Record<string, string>> = { ND: "NAS", NY: "NYS", NA: "AMS" };

/** `005930`, with `_NX` or `_AL` behind it where another market is meant than KRX. Answers put a letter in front: `A005930`. */
export function domestic(code: unknown): Instrument | undefined {
  const bare = String(code).replace(/_(NX|AL)$/, "");
  return bare.length === 6 ? stock(bare) : undefined;
}

/** A ticker, at the exchange that the letters say. */
export function foreign(code: unknown, exchange: unknown): Instrument | undefined {
  const found = EXCHANGES.find(({ id }) => id === US_EXCHANGES[String(exchange)]);
  return found && overseas(found, String(code));
}

/** What orders call the exchange of an instrument. */
export function exchangeOf({ exchange }: Instrument): string {
  return Object.keys(US_EXCHANGES).find((letters) => US_EXCHANGES[letters] === exchange?.id) ?? "KRX";
}

/** Paid in full, out of cash; credit is not told from cash. Money moves two days after a Korean order, and a day after one in the US. */
export function termsOf({ currency }: Instrument): Terms {
  return { settlement: "paid", rate: 1, effect: "either", days: currency === "KRW" ? 2 : 1, lot: "" };
}

export function openBook(market: Market, number: () => number, tell: Listener): Book {
  const book = new Book(KIWOOM_ACCOUNT, market, number, tell);
  book.money.add("KRW", MONEY.KRW, market.now, 0);
  book.money.add("USD", MONEY.USD, market.now, 0);
  for (const { code, exchange, quantity } of HOLDINGS) {
    const instrument = exchange === undefined ? domestic(code) : foreign(code, exchange);
    if (!instrument) continue;
    book.give({ side: "buy", instrument, quantity, terms: termsOf(instrument), said: {} }, market.price(instrument));
  }
  return book;
}
