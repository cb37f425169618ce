import type { Order } from "../../exchange/book/order.js";
import { hms, ymd } from "../../shared/clock.js";
import { type Facts, known } from "../facts.js";

/** The branch that every order belongs to: `KRX_FWDG_ORD_ORGNO` of the receipt, `ord_gno_brno` of the lists. */
export const BRANCH = "91252";

/** What an order that was taken answers. */
export function receiptFacts(order: Order): Facts {
  return known({
    krx_fwdg_ord_orgno: BRANCH,
    ord_gno_brno: BRANCH,
    odno: order.number,
    orgn_odno: order.original ?? "",
    ord_tmd: hms(order.at),
    ord_dt: ymd(order.at),
    acnt_name: "샌드박스",
    trad_dvsn_name: order.side === "sell" ? "매도" : "매수",
    item_name: order.instrument.name,
  });
}
