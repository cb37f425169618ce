import type { Order } from "../../exchange/book/order.js";
import type { Reservation } from "../../exchange/book/reservations.js";
import { hms, ymd } from "../../shared/clock.js";
import type { Account } from "../account.js";
import { either, type Facts, known } from "../facts.js";
import { refusalOf } from "../refusal.js";
import { orderFacts } from "./order-facts.js";

/** A 예약주문 by wire names, at home and overseas: itself, and what became of it in the words of an order. */
export function reservationFacts(reservation: Reservation, account: Account): Facts {
  const { number, at, due, cancelledAt, refused, order } = reservation;
  const state = order ? "처리" : cancelledAt !== undefined ? "취소" : refused !== undefined ? "거부" : "미처리";
  const reason = refused === undefined ? "" : refusalOf(refused).message;
  const own = known({
    rsvn_ord_seq: number,
    ovrs_rsvn_odno: String(number).padStart(10, "0"),
    rsvn_ord_ord_dt: ymd(due),
    rsvn_ord_rcit_dt: ymd(at),
    rsvn_ord_rcit_tmd: hms(at),
    ord_rcit_tmd: hms(at),
    ord_tmd: order ? hms(order.at) : "",
    ord_fwdg_tmd: order ? hms(order.at) : "",
    ord_dt: order ? ymd(order.at) : "",
    rsvn_end_dt: ymd(due),
    cncl_ord_dt: cancelledAt === undefined ? "" : ymd(cancelledAt),
    cncl_rcit_tmd: cancelledAt === undefined ? "" : hms(cancelledAt),
    cncl_yn: cancelledAt === undefined ? "N" : "Y",
    prcs_rslt: state,
    ovrs_rsvn_ord_stat_cd_name: state,
    rjct_rson2: reason,
    nprc_rson_text: reason,
  });
  return either(own, orderFacts(order ?? orderToBe(reservation), account));
}

/** The order that a reservation will be. */
function orderToBe({ ticket, at }: Reservation): Order {
  const undone = { filled: 0, amount: 0, cancelled: 0, modified: 0, lapsed: 0 };
  return { ...ticket, ...undone, number: "", kind: "new", at, until: at };
}
