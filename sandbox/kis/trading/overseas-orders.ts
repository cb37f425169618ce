/**
 * 해외주식 주문: orders by day and by night, their changes, and reservations.
 * @module
 */

import type { Side, Ticket } from "../../exchange/book/order.js";
import type { Reservation } from "../../exchange/book/reservations.js";
import { nextOpening } from "../../exchange/market/venue.js";
import { ymd } from "../../shared/clock.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { codesOf, overseas } from "../exchange-codes.js";
import { Refusal } from "../refusal.js";
import {
  checkedPrice,
  done,
  orderable,
  originalOf,
  PAID,
  priceIn,
  quantityIn,
  received,
  type Style,
  saidIn,
  styleOf,
} from "./orders.js";

const LIMIT: Style = { name: "지정가", price: "said" };

/** 주문구분 in the US: what is not a limit is for sales, but for the limits at the opening and the close. */
const STYLES: Readonly<Record<string, Style>> = {
  "00": LIMIT,
  "31": { name: "MOO(장개시시장가)", price: "any" },
  "32": { name: "LOO(장개시지정가)", price: "said" },
  "33": { name: "MOC(장마감시장가)", price: "any" },
  "34": { name: "LOC(장마감지정가)", price: "said" },
  "35": { name: "TWAP", price: "said" },
  "36": { name: "VWAP", price: "said" },
  "50": { name: "단주지정가", price: "said" },
};

const SAID = ["ORD_DVSN"];

const order: Handler = (call) =>
  received(accountOf(call).book.place(ticketIn(call, sideOf(call), "ORD_QTY", "OVRS_ORD_UNPR")));

/** `usBuy`, `hkSell`, `buy` … */
function sideOf({ action = "" }: Call): Side {
  return /sell$/i.test(action) ? "sell" : "buy";
}

function ticketIn(call: Call, side: Side, quantityName: string, priceName: string): Ticket {
  const instrument = orderable(overseas(inputOf(call, "OVRS_EXCG_CD"), inputOf(call, "PDNO")));
  const code = inputOf(call, "ORD_DVSN") || "00";
  const style = styleOf(call.environment === "mock" ? { "00": LIMIT } : STYLES, code);
  if (style.price === "any" && side === "buy") throw new Refusal("APBK1943");
  const price = priceIn(call, priceName, instrument, style);
  return {
    side,
    instrument,
    quantity: quantityIn(call, quantityName),
    ...(price !== undefined && { price }),
    terms: PAID,
    said: saidIn(call, style, SAID),
  };
}

const change: Handler = (call) => {
  const account = accountOf(call);
  const original = originalOf(account, inputOf(call, "ORGN_ODNO"), "overseas");
  if (original.instrument.code !== inputOf(call, "PDNO")) throw new Refusal("APBK0344");
  if (codesOf(original.instrument.exchange)?.order !== inputOf(call, "OVRS_EXCG_CD")) throw new Refusal("APBK0344");
  const quantity = quantityIn(call, "ORD_QTY");
  if (inputOf(call, "RVSE_CNCL_DVSN_CD") === "02") return received(account.book.cancel(original, quantity));
  const price = checkedPrice(inputOf(call, "OVRS_ORD_UNPR"), original.instrument, call.market);
  const said = saidIn(call, LIMIT, []);
  return received(account.book.modify(original, { quantity, price, immediate: false, said }));
};

const reserve: Handler = (call) => {
  const account = accountOf(call);
  // Asian exchanges take orders and cancellations by one path; there the body says which, and the side.
  if (inputOf(call, "RVSE_CNCL_DVSN_CD") === "02") return cancelled(call, inputOf(call, "OVRS_RSVN_ODNO"));
  const side = call.action === "asia" ? (inputOf(call, "SLL_BUY_DVSN_CD") === "01" ? "sell" : "buy") : sideOf(call);
  const ticket = ticketIn(call, side, "FT_ORD_QTY", "FT_ORD_UNPR3");
  const { now } = call.market;
  const reservation = account.reservations.add(ticket, now, nextOpening(ticket.instrument.venue, now));
  return done(receiptOf(reservation));
};

const cancelReservation: Handler = (call) => cancelled(call, inputOf(call, "OVRS_RSVN_ODNO"));

function cancelled(call: Call, number: string) {
  const reservation = accountOf(call).reservations.waiting(number);
  reservation.cancelledAt = call.market.now;
  return done(receiptOf(reservation));
}

function receiptOf({ number, at }: Reservation): Record<string, string> {
  const padded = String(number).padStart(10, "0");
  return { odno: padded, ovrs_rsvn_odno: padded, rsvn_ord_rcit_dt: ymd(at) };
}

const AT = "/uapi/overseas-stock/v1/trading";

export const OVERSEAS_ORDERS: Readonly<Record<string, Handler>> = {
  [`${AT}/order`]: order,
  [`${AT}/daytime-order`]: order,
  [`${AT}/order-rvsecncl`]: change,
  [`${AT}/daytime-order-rvsecncl`]: change,
  [`${AT}/order-resv`]: reserve,
  [`${AT}/order-resv-ccnl`]: cancelReservation,
};
