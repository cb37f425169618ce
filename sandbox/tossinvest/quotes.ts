import type { Book } from "../exchange/book/book.js";
import { averageOf, type Position } from "../exchange/book/position.js";
import { depth } from "../exchange/market/depth.js";
import type { Instrument } from "../exchange/market/instrument.js";
import { type Handler, Refused } from "../provider/behaviour.js";
import type { Json } from "../shared/json.js";
import { instrumentOf, TOSSINVEST_ACCOUNTS } from "./accounts.js";
import type { Brokerage } from "./brokerage.js";
import { dateTime, decimal } from "./format.js";

/** @throws Refused */
function known(symbol: unknown): Instrument {
  const instrument = instrumentOf(String(symbol));
  if (!instrument) throw new Refused(404, "stock-not-found");
  return instrument;
}

/** Prices, accounts and what they hold. */
export function quoteHandlers(brokerage: Brokerage): Readonly<Record<string, Handler>> {
  const { market } = brokerage;
  return {
    "account.getAccounts": () =>
      TOSSINVEST_ACCOUNTS.map(({ accountNo, accountSeq }) => ({ accountNo, accountSeq, accountType: "BROKERAGE" })),
    "market-data.getPrices": ({ symbols }) =>
      String(symbols)
        .split(",")
        .map(known)
        .map((instrument) => ({
          symbol: instrument.code,
          timestamp: dateTime(market.now),
          lastPrice: decimal(market.price(instrument)),
          currency: instrument.currency,
        })),
    "market-data.getOrderbook": ({ symbol }) => orderbookOf(known(symbol), brokerage),
    "market-data.getTrades": ({ symbol, count = 50 }) => {
      const instrument = known(symbol);
      return market.latest(instrument, Number(count)).map(({ at, price, volume }) => ({
        price: decimal(price),
        volume: decimal(volume),
        timestamp: dateTime(at),
        currency: instrument.currency,
      }));
    },
    "asset.getHoldings": ({ symbol }, inbound) => holdingsOf(brokerage.bookOf(inbound), brokerage, symbol),
  };
}

export function orderbookOf(instrument: Instrument, { market }: Brokerage): Json {
  const levels = depth(instrument, market.price(instrument), market.now);
  return {
    timestamp: dateTime(market.now),
    currency: instrument.currency,
    asks: levels.map(({ ask, askVolume }) => ({ price: decimal(ask), volume: decimal(askVolume) })),
    bids: levels.map(({ bid, bidVolume }) => ({ price: decimal(bid), volume: decimal(bidVolume) })),
  };
}

/** Without costs, which a book has none of: after them everything is worth the same. */
function holdingsOf(book: Book, { market }: Brokerage, symbol: unknown): Json {
  if (symbol !== undefined) known(symbol);
  const held = book.positions.filter(({ instrument }) => symbol === undefined || instrument.code === symbol);
  const valued = held.map((position) => {
    const { instrument, quantity, cost } = position;
    const price = market.price(instrument);
    const daily = (price - market.yesterday(instrument).close) * quantity;
    return { position, price, value: price * quantity, cost, daily };
  });
  const sum = (of: (one: (typeof valued)[number]) => number) => {
    const by = (currency: string) =>
      valued.filter(({ position }) => position.instrument.currency === currency).reduce((all, one) => all + of(one), 0);
    return { krw: decimal(by("KRW")), usd: decimal(by("USD")) };
  };
  const won = (of: (one: (typeof valued)[number]) => number) =>
    valued.reduce((all, one) => all + of(one) * (one.position.instrument.currency === "USD" ? 1_400 : 1), 0);
  const value = sum((one) => one.value);
  const profit = sum((one) => one.value - one.cost);
  const rate = decimal(
    ratio(
      won((one) => one.value - one.cost),
      won((one) => one.cost),
    ),
  );
  return {
    totalPurchaseAmount: sum((one) => one.cost),
    marketValue: { amount: value, amountAfterCost: value },
    profitLoss: { amount: profit, amountAfterCost: profit, rate, rateAfterCost: rate },
    dailyProfitLoss: {
      amount: sum((one) => one.daily),
      rate: decimal(
        ratio(
          won((one) => one.daily),
          won((one) => one.value),
        ),
      ),
    },
    items: valued.map(({ position, ...facts }) => itemOf(position, facts)),
  };
}

function itemOf(
  position: Position,
  { price, value, cost, daily }: { price: number; value: number; cost: number; daily: number },
): Json {
  const { instrument, quantity } = position;
  const rate = decimal(ratio(value - cost, cost));
  return {
    symbol: instrument.code,
    name: instrument.name,
    marketCountry: instrument.currency === "KRW" ? "KR" : "US",
    currency: instrument.currency,
    quantity: decimal(quantity),
    lastPrice: decimal(price),
    averagePurchasePrice: decimal(averageOf(position)),
    marketValue: { purchaseAmount: decimal(cost), amount: decimal(value), amountAfterCost: decimal(value) },
    profitLoss: { amount: decimal(value - cost), amountAfterCost: decimal(value - cost), rate, rateAfterCost: rate },
    dailyProfitLoss: { amount: decimal(daily), rate: decimal(ratio(daily, value - daily)) },
    cost: { commission: "0", tax: null },
  };
}

/** A part of the whole, not a percentage. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
