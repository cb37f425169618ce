/**
 * Orders as the account's look-ups show them.
 * @module
 */
import { isOpen, type Order, remaining } from "../exchange/book/order.js";
import { hms } from "../shared/clock.js";
import type { Json } from "../shared/json.js";
import { exchangeOf, KIWOOM_ACCOUNT } from "./account.js";
import { clockTime, orderNumber, padded } from "./format.js";

/** 매도 1, 매수 2. */
export function sideOf({ side }: Order): "1" | "2" {
  return side === "sell" ? "1" : "2";
}

function sideName({ side, kind }: Order): string {
  const name = side === "sell" ? "매도" : "매수";
  return kind === "new" ? `${side === "sell" ? "-" : "+"}${name}` : `${name}${kind === "modify" ? "정정" : "취소"}`;
}

function stateOf(order: Order): string {
  if (order.kind === "cancel") return "확인";
  if (isOpen(order)) return order.filled > 0 ? "체결" : "접수";
  return order.filled > 0 ? "체결" : "확인";
}

/** The price that was paid for one, on average. */
function paid({ filled, amount, instrument }: Order): number {
  return filled === 0 ? 0 : amount / filled / instrument.unit;
}

function exchangeFields({ said }: Order): Json {
  const name = said.dmst_stex_tp || "KRX";
  return { stex_tp: name === "NXT" ? "2" : "1", stex_tp_txt: name, sor_yn: name === "SOR" ? "Y" : "N" };
}

/** ka10075 */
export function openView(order: Order, now: number): Json {
  const { number, original, instrument, quantity, price = 0, at, filled, amount, said } = order;
  return {
    ...{ acnt_no: KIWOOM_ACCOUNT, ord_no: orderNumber(number), orig_ord_no: orderNumber(original) },
    ...{ stk_cd: instrument.code, stk_nm: instrument.name, ord_stt: stateOf(order), io_tp_nm: sideName(order) },
    ...{ ord_qty: String(quantity), ord_pric: String(price), oso_qty: String(remaining(order)) },
    ...{ cntr_tot_amt: String(amount), cntr_pric: String(paid(order)), cntr_qty: String(filled), cur_prc: String(now) },
    ...{ trde_tp: said.trde_tp ?? "", tm: hms(at), stop_pric: "0", ...exchangeFields(order) },
  };
}

/** ka10076 */
export function filledView(order: Order): Json {
  const { number, original, instrument, quantity, price = 0, at, filled, said } = order;
  return {
    ...{ ord_no: orderNumber(number), orig_ord_no: orderNumber(original) },
    ...{ stk_cd: instrument.code, stk_nm: instrument.name, ord_stt: stateOf(order), io_tp_nm: sideName(order) },
    ...{ ord_qty: String(quantity), ord_pric: String(price), oso_qty: String(remaining(order)) },
    ...{ cntr_pric: String(paid(order)), cntr_qty: String(filled) },
    ...{ tdy_trde_cmsn: "0", tdy_trde_tax: "0", trde_tp: said.trde_tp ?? "", ord_tm: hms(at), stop_pric: "0" },
    ...exchangeFields(order),
  };
}

/** kt00007 */
export function detailView(order: Order): Json {
  const { number, original, instrument, quantity, price = 0, at, filled, said, kind } = order;
  const time = clockTime(hms(at));
  return {
    ...{ ord_no: orderNumber(number), ori_ord: orderNumber(original), stk_cd: `A${instrument.code}` },
    ...{ stk_nm: instrument.name, trde_tp: said.trde_tp ?? "", crd_tp: "현금", io_tp_nm: sideName(order) },
    ...{ ord_qty: padded(quantity, 10), ord_uv: padded(price, 10), ord_remnq: padded(remaining(order), 10) },
    ...{
      cntr_qty: padded(filled, 10),
      cntr_uv: padded(paid(order), 10),
      cnfm_qty: padded(kind === "new" ? 0 : quantity, 10),
    },
    ...{ acpt_tp: stateOf(order), mdfy_cncl: kind === "new" ? "" : kind === "modify" ? "정정" : "취소" },
    ...{ ord_tm: time, cnfm_tm: time, dmst_stex_tp: said.dmst_stex_tp || "KRX", cond_uv: padded(0, 10) },
  };
}

/** ust21510 */
export function foreignView(order: Order): Json {
  const { number, original, instrument, quantity, price = 0, at, filled, said } = order;
  const time = clockTime(hms(at));
  return {
    ...{ ord_no: orderNumber(number), orig_ord_no: orderNumber(original), stex_nm: exchangeOf(instrument) },
    ...{ crnc_code: "USD", stk_cd: instrument.code, frgn_stk_nm: instrument.name, frgn_trde_tp: said.trde_tp ?? "" },
    ...{ slby_tp: sideOf(order), slby_tp_nm: order.side === "sell" ? "매도" : "매수" },
    ...{ ord_qty: padded(quantity, 12), ord_uv: price.toFixed(4), cntr_qty: padded(filled, 12) },
    ...{ cntr_uv: paid(order).toFixed(4), ord_remnq: padded(remaining(order), 12), stop_pric: "0.0000" },
    ...{ ord_time: time, ord_resp_time: time, ord_stat: stateOf(order), rsrv_tp: "0", natn_nm: "미국", cntr_time: "" },
  };
}
