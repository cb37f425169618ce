/**
 * 기간손익: what was bought and sold in a period, and what that brought.
 * @module
 */
import type { Group } from "../../exchange/book/history.js";
import { sum } from "../../exchange/book/sum.js";
import { CURRENCIES } from "../../exchange/market/exchanges.js";
import { codesOf } from "../exchange-codes.js";
import { type Facts, known } from "../facts.js";
import { percent } from "./position-facts.js";

export function groupFacts(group: Group): Facts {
  const { date, bought, boughtAmount, sold, soldAmount, cost, profit } = group;
  const instrument = group.fills[0]?.order.instrument;
  const rate = percent(profit, cost);
  return known({
    trad_dt: date,
    trad_day: date,
    ord_dt: date,
    pdno: instrument?.code,
    ovrs_pdno: instrument?.code,
    prdt_name: instrument?.name,
    ovrs_item_name: instrument?.name,
    item_name: instrument?.name,
    trad_dvsn_name: "현금",
    ovrs_excg_cd: codesOf(instrument?.exchange)?.order,
    exrt: instrument && CURRENCIES[instrument.currency].rate.toFixed(2),
    frst_bltn_exrt: instrument && CURRENCIES[instrument.currency].rate.toFixed(2),
    buy_qty: bought,
    buy_qty1: bought,
    buy_amt: boughtAmount,
    pchs_unpr: each(cost, sold) || each(boughtAmount, bought),
    pchs_avg_pric: each(cost, sold),
    frcr_pchs_amt1: cost,
    sll_qty: sold,
    sll_qty1: sold,
    slcl_qty: sold,
    sll_amt: soldAmount,
    frcr_sll_amt_smtl1: soldAmount,
    sll_pric: each(soldAmount, sold),
    avg_sll_unpr: each(soldAmount, sold),
    sll_agrm_amt: soldAmount,
    buy_agrm_amt: boughtAmount,
    rlzt_pfls: profit,
    ovrs_rlzt_pfls_amt: profit,
    trad_pfls: profit,
    pfls_rt: rate,
    pftrt: rate,
  });
}

/** Sums over rows. */
export function profitTotals(groups: readonly Group[]): Facts {
  const bought = sum(groups, (group) => group.bought);
  const boughtAmount = sum(groups, (group) => group.boughtAmount);
  const sold = sum(groups, (group) => group.sold);
  const soldAmount = sum(groups, (group) => group.soldAmount);
  const profit = sum(groups, (group) => group.profit);
  const rate = percent(
    profit,
    sum(groups, ({ cost }) => cost),
  );
  return known({
    sll_qty_smtl: sold,
    sll_tr_amt_smtl: soldAmount,
    sll_excc_amt_smtl: soldAmount,
    buyqty_smtl: bought,
    buy_qty_smtl: bought,
    buy_tr_amt_smtl: boughtAmount,
    buy_excc_amt_smtl: boughtAmount,
    tot_qty: bought + sold,
    tot_tr_amt: boughtAmount + soldAmount,
    tot_excc_amt: soldAmount - boughtAmount,
    tot_rlzt_pfls: profit,
    tot_pftrt: rate,
    stck_sll_amt_smtl: soldAmount,
    stck_buy_amt_smtl: boughtAmount,
    frcr_sll_amt_smtl: soldAmount,
    frcr_buy_amt_smtl: boughtAmount,
    excc_dfrm_amt: soldAmount - boughtAmount,
    ovrs_rlzt_pfls_tot_amt: profit,
    sll_agrm_amt: soldAmount,
    buy_agrm_amt: boughtAmount,
    agrm_amt_smtl: boughtAmount + soldAmount,
    trad_pfls_smtl: profit,
  });
}

function each(amount: number, quantity: number): number {
  return quantity === 0 ? 0 : amount / quantity;
}
