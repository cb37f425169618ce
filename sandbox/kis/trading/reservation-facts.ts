import type { Account } from "../book/account.js";
import type { Order } from "../book/order.js";
import type { Reservation } from "../book/reservations.js";
import { either, type Facts, known } from "../facts.js";
import { seoulDate, seoulTime } from "../time.js";
import { orderFacts } from "./order-facts.js";

/** A 예약주문 by wire names, at home and overseas: itself, and what became of it in the words of an order. */
export function reservationFacts(reservation: Reservation, account: Account): Facts {
  const { number, at, due, cancelledAt, refused, order } = reservation;
  const state = order ? "처리" : cancelledAt !== undefined ? "취소" : refused !== undefined ? "거부" : "미처리";
  const own = known({
    rsvn_ord_seq: number,
    ovrs_rsvn_odno: String(number).padStart(10, "0"),
    rsvn_ord_ord_dt: seoulDate(due),
    rsvn_ord_rcit_dt: seoulDate(at),
    rsvn_ord_rcit_tmd: seoulTime(at),
    ord_rcit_tmd: seoulTime(at),
    ord_tmd: order ? seoulTime(order.at) : "",
    ord_fwdg_tmd: order ? seoulTime(order.at) : "",
    ord_dt: order ? seoulDate(order.at) : "",
    rsvn_end_dt: seoulDate(due),
    cncl_ord_dt: cancelledAt === undefined ? "" : seoulDate(cancelledAt),
    cncl_rcit_tmd: cancelledAt === undefined ? "" : seoulTime(cancelledAt),
    cncl_yn: cancelledAt === undefined ? "N" : "Y",
    prcs_rslt: state,
    ovrs_rsvn_ord_stat_cd_name: state,
    rjct_rson2: refused ?? "",
    nprc_rson_text: refused ?? "",
  });
  return either(own, orderFacts(order ?? orderToBe(reservation), account));
}

/** The order that a reservation will be. */
function orderToBe({ ticket, at }: Reservation): Order {
  const undone = { filled: 0, amount: 0, cancelled: 0, modified: 0, lapsed: 0 };
  return { ...ticket, ...undone, number: "", kind: "new", at, until: at };
}
