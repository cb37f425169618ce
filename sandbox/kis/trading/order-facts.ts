import { type Order, remaining } from "../../exchange/book/order.js";
import { hms, ymd } from "../../shared/clock.js";
import type { Account } from "../account.js";
import { codesOf } from "../exchange-codes.js";
import { computed, type Facts, type Value } from "../facts.js";
import { BRANCH } from "./receipt.js";

/** An order by wire names, of whatever product. */
export function orderFacts(order: Order, account: Account): Facts {
  return computed(TABLE, { order, account });
}

interface Subject {
  order: Order;
  account: Account;
}

type Read = (subject: Subject) => Value | undefined;

const said =
  (name: string, otherwise = ""): Read =>
  ({ order }) =>
    order.said[name] || otherwise;

const number: Read = ({ order }) => order.number;
/** Which is eight digits for futures overseas. */
const original: Read = ({ order }) => order.original ?? "";
const date: Read = ({ order }) => ymd(order.at);
const time: Read = ({ order }) => hms(order.at);
const code: Read = ({ order }) => order.instrument.code;
const name: Read = ({ order }) => order.instrument.name;
const side: Read = ({ order }) => (order.side === "sell" ? "01" : "02");
const sideName: Read = ({ order }) => `${PREFIX[order.kind]}${order.side === "sell" ? "매도" : "매수"}`;
const quantity: Read = ({ order }) => order.quantity;
const price: Read = ({ order }) => order.price ?? 0;
const finePrice: Read = ({ order }) => (order.price ?? 0).toFixed(4);
const filled: Read = ({ order }) => order.filled;
const left: Read = ({ order }) => remaining(order);
const amount: Read = ({ order }) => order.amount;
const average: Read = ({ order }) => averageOf(order).toFixed(order.instrument.decimals);
const fineAverage: Read = ({ order }) => averageOf(order).toFixed(4);
const status: Read = ({ order }) => statusOf(order);
const change: Read = ({ order }) => ({ new: "", modify: "01", cancel: "02" })[order.kind];
const changeName: Read = ({ order }) => PREFIX[order.kind];

const PREFIX: Readonly<Record<Order["kind"], string>> = { new: "", modify: "정정", cancel: "취소" };

/** What was paid for one, so far. */
function averageOf({ amount: paid, filled: done, instrument }: Order): number {
  return done === 0 ? 0 : paid / done / instrument.unit;
}

function statusOf(order: Order): string {
  if (order.kind === "cancel") return "취소확인";
  if (remaining(order) > 0) return order.filled > 0 ? "일부체결" : "접수";
  return order.filled > 0 ? "완료" : order.cancelled > 0 ? "취소" : order.modified > 0 ? "정정" : "거부";
}

const TABLE: Readonly<Record<string, Read>> = {
  odno: number,
  orgn_odno: original,
  ord_gno_brno: () => BRANCH,
  ord_orgno: () => BRANCH,
  ord_dt: date,
  dt: date,
  dmst_ord_dt: date,
  orgn_ord_dt: ({ order }) => (order.original ? ymd(order.at) : ""),
  ord_tmd: time,
  thco_ord_tmd: time,
  erlm_dtl_dtime: ({ order }) => `${ymd(order.at)}${hms(order.at)}000`,
  rcit_dtl_dtime: ({ order }) => `${ymd(order.at)}${hms(order.at)}000`,
  cano: ({ account }) => account.customer,
  acnt_prdt_cd: ({ account }) => account.product,
  pdno: code,
  shtn_pdno: code,
  ovrs_futr_fx_pdno: code,
  prdt_name: name,
  prdt_abrv_name: name,
  item_name: name,
  kor_item_shtn_name: name,
  prdt_type_cd: ({ order }) => codesOf(order.instrument.exchange)?.types[0] ?? TYPES[order.instrument.kind],
  sll_buy_dvsn_cd: side,
  sll_buy_dvsn_cd_name: sideName,
  sll_buy_dvsn_name: sideName,
  trad_dvsn_name: sideName,
  rvse_cncl_dvsn_cd: change,
  rvse_cncl_dvsn: change,
  rvse_cncl_dvsn_name: changeName,
  rvse_cncl_dvsn_cd_name: changeName,
  ord_dvsn_cd: said("ORD_DVSN"),
  ord_dvsn_name: said("ORD_DVSN_NAME"),
  nmpr_type_cd: said("NMPR_TYPE_CD"),
  nmpr_type_name: said("ORD_DVSN_NAME"),
  excg_id_dvsn_cd: said("EXCG_ID_DVSN_CD", "KRX"),
  excg_id_dvsn_name: said("EXCG_ID_DVSN_CD", "KRX"),
  excg_dvsn_cd: () => "02",
  stpm_cndt_pric: said("CNDT_PRIC", "0"),
  stpm_efct_occr_yn: ({ order }) => (order.said.CNDT_PRIC && order.trigger === undefined ? "Y" : "N"),
  samt_mket_ptci_yn: said("SAMT_MKET_PTCI_YN", "N"),
  loan_dt: said("LOAN_DT"),
  ccld_cndt_name: ({ order }) => (order.immediate ? "IOC" : "없음"),
  ccld_cndt_cd: said("CCLD_CNDT_CD"),
  ord_qty: quantity,
  ft_ord_qty: quantity,
  fm_ord_qty: quantity,
  ord_rsvn_qty: quantity,
  ord_unpr: price,
  bond_ord_unpr: price,
  ord_idx: price,
  ord_idx4: price,
  fm_ord_pric: price,
  fm_stop_ord_pric: ({ order }) => order.trigger ?? 0,
  ord_rsvn_unpr: price,
  ft_ord_unpr3: finePrice,
  tot_ccld_qty: filled,
  ft_ccld_qty: filled,
  fm_ccld_qty: filled,
  avg_prvs: average,
  avg_idx: average,
  bond_avg_unpr: average,
  fm_ccld_pric: average,
  ft_ccld_unpr3: fineAverage,
  tot_ccld_amt: amount,
  ft_ccld_amt3: ({ order }) => order.amount.toFixed(4),
  rmn_qty: left,
  nccs_qty: left,
  qty: left,
  psbl_qty: left,
  ord_psbl_qty: left,
  fm_ord_rmn_qty: left,
  cnc_cfrm_qty: ({ order }) => (order.kind === "cancel" ? order.quantity : order.cancelled),
  cncl_yn: ({ order }) => (order.kind === "cancel" || order.cancelled > 0 ? "Y" : "N"),
  rjct_qty: ({ order }) => order.lapsed,
  prcs_stat_name: status,
  tr_mket_name: ({ order }) => order.instrument.exchange?.name,
  tr_natn: ({ order }) => order.instrument.exchange?.nation,
  natn_cd: ({ order }) => order.instrument.exchange?.nation,
  natn_kor_name: ({ order }) => order.instrument.exchange?.nationName,
  tr_natn_name: ({ order }) => order.instrument.exchange?.nationShort,
  ovrs_excg_cd: ({ order }) => codesOf(order.instrument.exchange)?.order,
  tr_crcy_cd: ({ order }) => order.instrument.currency,
  crcy_cd: ({ order }) => order.instrument.currency,
  tr_crcy: ({ order }) => order.instrument.currency,
  loan_type_cd: () => "10",
  mdia_dvsn_name: () => "OpenAPI",
  ord_mdia_dvsn_name: () => "OpenAPI",
  usa_amk_exts_rqst_yn: () => "N",
  sprd_item_yn: () => "N",
  fuop_dvsn: () => "01",
  pric_dvsn_cd: said("PRIC_DVSN_CD"),
  new_lqd_dvsn_cd: () => "01",
  ccld_cnt: ({ order }) => (order.filled > 0 ? 1 : 0),
};

const TYPES: Readonly<Record<string, string>> = { stock: "300", futures: "301", bond: "302" };
