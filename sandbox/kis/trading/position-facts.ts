import type { Side } from "../../exchange/book/order.js";
import { averageOf, type Position } from "../../exchange/book/position.js";
import type { Worth } from "../../exchange/book/worth.js";
import { CURRENCIES, inWon } from "../../exchange/market/exchanges.js";
import { ymd } from "../../shared/clock.js";
import { customerOf, productOf } from "../account.js";
import { codesOf } from "../exchange-codes.js";
import { computed, type Facts, type Value } from "../facts.js";
import { priceText } from "../quotes/bar-facts.js";

export function positionFacts(worth: Worth): Facts {
  return computed(TABLE, worth);
}

type Read = (worth: Worth) => Value | undefined;

const code: Read = ({ position }) => position.instrument.code;
const name: Read = ({ position }) => position.instrument.name;
const held: Read = ({ position }) => Math.abs(position.quantity);
const free: Read = (worth) => worth.free;
const average: Read = ({ position }) => averageOf(position).toFixed(4);
const cost: Read = ({ position }) => money(position, position.cost);
const price: Read = (worth) => priceText(worth.position.instrument, worth.price);
const value: Read = (worth) => money(worth.position, worth.value);
const profit: Read = (worth) => money(worth.position, worth.profit);
const share: Read = (worth) => percent(worth.profit, worth.position.cost);
const isCredit = ({ position }: Worth) =>
  position.terms.settlement === "margined" && position.instrument.kind === "stock";
const side: Read = ({ position }) => (position.quantity < 0 ? "01" : "02");
const sideName: Read = ({ position }) => (position.quantity < 0 ? "매도" : "매수");

const traded =
  (wanted: Side, daysAgo: 0 | 1): Read =>
  (worth) =>
    tradedOn(worth, wanted, daysAgo).quantity;

const tradedAmount =
  (wanted: Side): Read =>
  (worth) =>
    money(worth.position, tradedOn(worth, wanted, 0).amount);

/** Won is whole; money of overseas stocks has four decimals. */
function money({ instrument }: Pick<Position, "instrument">, amount: number): string {
  return amount.toFixed(instrument.kind === "overseas" ? 4 : CURRENCIES[instrument.currency].decimals);
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "0.00" : ((part / whole) * 100).toFixed(2);
}

function tradedOn({ fills }: Worth, wanted: Side, daysAgo: 0 | 1) {
  const those = fills[daysAgo].filter(({ order }) => order.side === wanted);
  return {
    quantity: those.reduce((sum, fill) => sum + fill.quantity, 0),
    amount: those.reduce((sum, fill) => sum + fill.amount, 0),
  };
}

const TABLE: Readonly<Record<string, Read>> = {
  cano: ({ book }) => customerOf(book.account),
  acnt_prdt_cd: ({ book }) => productOf(book.account),
  pdno: code,
  ovrs_pdno: code,
  shtn_pdno: code,
  std_pdno: code,
  ovrs_futr_fx_pdno: code,
  prdt_name: name,
  ovrs_item_name: name,
  item_name: name,
  prdt_type_cd: ({ position: { instrument } }) =>
    codesOf(instrument.exchange)?.types[0] ?? (instrument.kind === "futures" ? "301" : "300"),
  cblc_dvsn: () => "10",
  cblc_dvsn_name: () => "현금",
  item_dvsn_name: () => "주식",
  trad_dvsn_name: (worth) =>
    isCredit(worth) ? "자기융자" : worth.position.instrument.kind === "stock" ? "현금" : sideName(worth),
  sll_buy_dvsn_cd: side,
  sll_buy_dvsn_name: sideName,
  hldg_qty: held,
  cblc_qty: held,
  cblc_qty1: held,
  cblc_qty13: held,
  ovrs_cblc_qty: held,
  ccld_qty_smtl1: held,
  fm_ustl_qty: held,
  agrx_qty: held,
  ord_psbl_qty: free,
  ord_psbl_qty1: free,
  slpsb_qty: free,
  lqd_psbl_qty: free,
  fm_lqd_psbl_qty: free,
  thdt_buyqty: traded("buy", 0),
  thdt_sll_qty: traded("sell", 0),
  bfdy_buy_qty: traded("buy", 1),
  bfdy_sll_qty: traded("sell", 1),
  buy_qty: traded("buy", 0),
  sll_qty: traded("sell", 0),
  thdt_buy_ccld_qty1: traded("buy", 0),
  thdt_sll_ccld_qty1: traded("sell", 0),
  thdt_buy_ccld_frcr_amt: tradedAmount("buy"),
  thdt_sll_ccld_frcr_amt: tradedAmount("sell"),
  new_qty: held,
  pchs_avg_pric: average,
  avg_unpr3: average,
  ccld_avg_unpr1: average,
  fm_ccld_avg_pric: average,
  excc_unpr: average,
  buy_unpr: average,
  pchs_amt: cost,
  frcr_pchs_amt1: cost,
  frcr_pchs_amt: cost,
  buy_amt: cost,
  cblc_amt: cost,
  pchs_rmnd_wcrc_amt: ({ position }) => inWon(position.cost, position.instrument.currency).toFixed(0),
  prpr: price,
  now_pric: price,
  now_pric2: price,
  ovrs_now_pric1: price,
  fm_now_pric: price,
  idx_clpr: price,
  evlu_amt: value,
  ovrs_stck_evlu_amt: value,
  frcr_evlu_amt2: value,
  evlu_pfls_amt: profit,
  evlu_pfls_amt2: profit,
  frcr_evlu_pfls_amt: profit,
  fm_evlu_pfls_amt: profit,
  evlu_pfls_rt: share,
  evlu_pfls_rt1: share,
  evlu_erng_rt: share,
  fltt_rt: (worth) => percent(worth.price - worth.before, worth.before),
  bfdy_cprs_icdc: (worth) => priceText(worth.position.instrument, worth.price - worth.before),
  loan_dt: ({ position }) => (position.terms.lot === "short" ? "" : position.terms.lot),
  loan_amt: (worth) => (isCredit(worth) && worth.position.quantity > 0 ? cost(worth) : 0),
  stln_slng_chgs: (worth) => (isCredit(worth) && worth.position.quantity < 0 ? cost(worth) : 0),
  buy_dt: ({ position }) => ymd(position.since),
  buy_sqno: () => "1",
  bass_exrt: ({ position }) => CURRENCIES[position.instrument.currency].rate.toFixed(4),
  buy_crcy_cd: ({ position }) => position.instrument.currency,
  tr_crcy_cd: ({ position }) => position.instrument.currency,
  crcy_cd: ({ position }) => position.instrument.currency,
  tr_mket_name: ({ position }) => position.instrument.exchange?.name,
  natn_kor_name: ({ position }) => position.instrument.exchange?.nationName,
  ovrs_excg_cd: ({ position }) => codesOf(position.instrument.exchange)?.order,
  unit_amt: () => "1",
  loan_type_cd: () => "10",
  fuop_dvsn: () => "01",
  ecis_rsvn_ord_yn: () => "N",
};
