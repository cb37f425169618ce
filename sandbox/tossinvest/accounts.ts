import { Book, type Listener } from "../exchange/book/book.js";
import type { Terms } from "../exchange/book/order.js";
import { EXCHANGES } from "../exchange/market/exchanges.js";
import { type Instrument, overseas, stock } from "../exchange/market/instrument.js";
import type { Market } from "../exchange/market/market.js";

/** The accounts of every sandbox, by what `X-Tossinvest-Account` calls them. The numbers are nobody's. */
export const TOSSINVEST_ACCOUNTS: readonly { accountSeq: number; accountNo: string; krw: number; usd: number }[] = [
  { accountSeq: 1, accountNo: "10000000001", krw: 1_000_000_000, usd: 100_000 },
  { accountSeq: 2, accountNo: "10000000002", krw: 10_000_000, usd: 1_000 },
];

const HOLDINGS = [
  { symbol: "005930", quantity: 100 },
  { symbol: "AAPL", quantity: 10 },
];

/** Paid in full. Money moves two days after a Korean order, and a day after one in the US. */
export function termsOf({ currency }: Instrument): Terms {
  return { settlement: "paid", rate: 1, effect: "either", days: currency === "KRW" ? 2 : 1, lot: "" };
}

/** Six characters with a digit are of the Korea Exchange, anything else is a ticker of the US. */
export function instrumentOf(symbol: string): Instrument | undefined {
  if (/^(?=.*\d)[0-9A-Z]{6}$/.test(symbol)) return stock(symbol);
  const [nasdaq] = EXCHANGES;
  return nasdaq && overseas(nasdaq, symbol.replace("-", "."));
}

export function openBooks(market: Market, number: () => number, tell: Listener): Map<string, Book> {
  return new Map(
    TOSSINVEST_ACCOUNTS.map(({ accountSeq, krw, usd }) => {
      const book = new Book(String(accountSeq), market, number, tell);
      book.money.add("KRW", krw, market.now, 0);
      book.money.add("USD", usd, market.now, 0);
      if (accountSeq === 1) for (const { symbol, quantity } of HOLDINGS) give(book, market, symbol, quantity);
      return [String(accountSeq), book] as const;
    }),
  );
}

function give(book: Book, market: Market, symbol: string, quantity: number): void {
  const instrument = instrumentOf(symbol);
  if (!instrument) return;
  book.give({ side: "buy", instrument, quantity, terms: termsOf(instrument), said: {} }, market.price(instrument));
}
