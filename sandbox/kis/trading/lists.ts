/**
 * Lists of orders and fills by wire names.
 * @module
 */
import type { Fill, Order, Side } from "../../exchange/book/order.js";
import { sum } from "../../exchange/book/sum.js";
import { hms, ymd } from "../../shared/clock.js";
import type { Account } from "../account.js";
import { type Facts, known } from "../facts.js";
import { orderFacts } from "./order-facts.js";

/** `01` 매도, `02` 매수; anything else is both. */
export function sideIn(code: string): Side | undefined {
  return code === "01" ? "sell" : code === "02" ? "buy" : undefined;
}

export function orderRows(account: Account, orders: readonly Order[]): Facts[] {
  return orders.map((order) => orderFacts(order, account));
}

/** `01` 체결, `02` 미체결, as most lists have it. */
export function stateIn(code: string): "filled" | "open" | undefined {
  return code === "01" ? "filled" : code === "02" ? "open" : undefined;
}

/** Sums over orders. */
export function orderTotals(orders: readonly Order[]): Facts {
  const asked = orders.filter(({ kind }) => kind !== "cancel");
  const quantity = sum(asked, ({ quantity: size, modified }) => size - modified);
  const filled = sum(orders, (order) => order.filled);
  const amount = sum(orders, (order) => order.amount);
  const units = sum(orders, ({ filled: done, instrument }) => done * instrument.unit);
  const average = units === 0 ? 0 : amount / units;
  return known({
    tot_ord_qty: quantity,
    tot_ccld_qty: filled,
    tot_ccld_qty_smtl: filled,
    tot_ccld_amt: amount,
    tot_ccld_amt_smtl: amount,
    tot_bond_ccld_avg_unpr: average.toFixed(2),
    pchs_avg_pric: average.toFixed(4),
    prsm_tlex_smtl: 0,
    fee_smtl: 0,
    fm_tot_ccld_qty: filled,
    fm_tot_futr_agrm_amt: amount,
  });
}

/** A fill by wire names. */
export function fillFacts(fill: Fill): Facts {
  const { order, at, quantity, price, amount } = fill;
  const { instrument } = order;
  const date = ymd(at);
  const isSale = order.side === "sell";
  return known({
    trad_dt: date,
    dt: date,
    ord_dt: ymd(order.at),
    sttl_dt: date,
    odno: order.number,
    ccno: fill.number,
    ccld_seq: Number(fill.number),
    ccld_btwn: hms(at),
    ccld_dtl_dtime: `${date}${hms(at)}000`,
    pdno: instrument.code,
    ovrs_futr_fx_pdno: instrument.code,
    prdt_name: instrument.name,
    item_name: instrument.name,
    ovrs_item_name: instrument.name,
    sll_buy_dvsn_cd: isSale ? "01" : "02",
    sll_buy_dvsn_name: isSale ? "매도" : "매수",
    tr_type_name: isSale ? "매도" : "매수",
    ccld_qty: quantity,
    fm_ccld_qty: quantity,
    ft_ccld_qty: quantity,
    amt_unit_ccld_qty: quantity,
    ccld_idx: price.toFixed(2),
    ft_ccld_unpr2: price.toFixed(4),
    ft_ccld_unpr3: price.toFixed(4),
    ovrs_stck_ccld_unpr: price.toFixed(4),
    trad_amt: amount,
    tr_amt: amount.toFixed(4),
    tr_frcr_amt2: amount.toFixed(4),
    frcr_excc_amt_1: amount.toFixed(4),
    ft_ccld_amt3: amount.toFixed(4),
    fm_ccld_amt: amount.toFixed(2),
    fm_futr_ccld_amt: amount.toFixed(2),
    sll_agrm_amt: isSale ? amount : 0,
    buy_agrm_amt: isSale ? 0 : amount,
    trad_pfls: fill.profit,
    crcy_cd: instrument.currency,
    ord_mdia_dvsn_name: "OpenAPI",
  });
}
