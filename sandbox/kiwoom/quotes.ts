/**
 * Prices, from the market that fills the orders. Laid over what is made up of the specs.
 * @module
 */
import { depth } from "../exchange/market/depth.js";
import type { Instrument } from "../exchange/market/instrument.js";
import type { Market } from "../exchange/market/market.js";
import type { Handler } from "../provider/behaviour.js";
import type { Json } from "../shared/json.js";
import { domestic, foreign } from "./account.js";
import { type Brokerage, known } from "./brokerage.js";
import { change, directed, direction } from "./format.js";

export function quotes({ market }: Brokerage): Readonly<Record<string, Handler>> {
  return {
    "domestic-stock-info.stockInfo": ({ stk_cd }) => {
      const instrument = known(domestic(stk_cd), stk_cd);
      const { close } = market.yesterday(instrument);
      const { limit = 0.3 } = instrument;
      const limits = { upl_pric: directed(close * (1 + limit), close), lst_pric: directed(close * (1 - limit), close) };
      return { stk_cd, stk_nm: instrument.name, ...pricesOf(market, instrument), ...limits, base_pric: String(close) };
    },
    "domestic-market-condition.orderBook": ({ stk_cd }) => bookOf(market, known(domestic(stk_cd), stk_cd)),
    "us-market-condition.orderBook": ({ stk_cd, stex_tp }) => {
      const instrument = known(foreign(stk_cd, stex_tp), stk_cd);
      const { pre_sig: pred_pre_sig, ...prices } = pricesOf(market, instrument);
      const { close } = market.yesterday(instrument);
      const levels = depth(instrument, market.price(instrument), market.now).flatMap((level, index) => [
        [`sel_${index + 1}bid`, directed(level.ask, close, 4)],
        [`sel_${index + 1}bid_req`, String(level.askVolume)],
        [`buy_${index + 1}bid`, directed(level.bid, close, 4)],
        [`buy_${index + 1}bid_req`, String(level.bidVolume)],
      ]);
      return { stex_tp, stk_cd, stk_nm: instrument.name, ...prices, pred_pre_sig, ...Object.fromEntries(levels) };
    },
  };
}

/** What most quotes say. */
function pricesOf(market: Market, instrument: Instrument): Json {
  const { close: before } = market.yesterday(instrument);
  const { open, high, low, volume } = market.today(instrument);
  const price = market.price(instrument);
  const decimals = instrument.currency === "KRW" ? 0 : 4;
  const written = (value: number) => directed(value, before, decimals);
  return {
    ...{ open_pric: written(open), high_pric: written(high), low_pric: written(low), cur_prc: written(price) },
    ...{ pre_sig: direction(price, before), pred_pre: change(price - before, decimals) },
    ...{ flu_rt: change(((price - before) / before) * 100, 2), trde_qty: String(volume) },
  };
}

/** `fpr` is the best price, the others are called `2th` and so on. */
function bookOf(market: Market, instrument: Instrument): Json {
  const { close } = market.yesterday(instrument);
  const levels = depth(instrument, market.price(instrument), market.now);
  const named = levels.flatMap(({ ask, askVolume, bid, bidVolume }, index) => {
    const name = index === 0 ? "fpr" : `${index + 1}th_pre`;
    return [
      [`sel_${name}_bid`, directed(ask, close)],
      [`sel_${name}_req`, String(askVolume)],
      [`buy_${name}_bid`, directed(bid, close)],
      [`buy_${name}_req`, String(bidVolume)],
    ];
  });
  const total = (of: (level: (typeof levels)[number]) => number) =>
    String(levels.reduce((sum, level) => sum + of(level), 0));
  return {
    ...Object.fromEntries(named),
    tot_sel_req: total(({ askVolume }) => askVolume),
    tot_buy_req: total(({ bidVolume }) => bidVolume),
  };
}
