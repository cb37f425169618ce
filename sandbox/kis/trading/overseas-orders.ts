/**
 * 해외주식 주문: orders by day and by night, their changes, and reservations.
 * @module
 */
import type { Side } from "../../exchange/book/order.js";
import { OrderError } from "../../exchange/book/order-error.js";
import type { Reservation } from "../../exchange/book/reservations.js";
import { ymd } from "../../shared/clock.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { codesOf, overseas } from "../exchange-codes.js";
import { Refusal } from "../refusal.js";
import { sideIn } from "./lists.js";
import {
  changeOrder,
  done,
  type OrderForm,
  originalOf,
  PAID,
  placeOrder,
  reserveOrder,
  type Style,
  styleOf,
  ticketIn,
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

const order: Handler = (call) => placeOrder(call, formOf(call, sideOf(call), "ORD_QTY", "OVRS_ORD_UNPR"));

/** `usBuy`, `hkSell`, `buy` … */
function sideOf({ action = "" }: Call): Side {
  return /sell$/i.test(action) ? "sell" : "buy";
}

function formOf(call: Call, side: Side, quantity: string, price: string): OrderForm {
  const instrument = overseas(inputOf(call, "OVRS_EXCG_CD"), inputOf(call, "PDNO"));
  const code = inputOf(call, "ORD_DVSN") || "00";
  const style = styleOf(call.environment === "mock" ? { "00": LIMIT } : STYLES, code);
  if (instrument && style.price === "any" && side === "buy") throw new Refusal("APBK1943");
  return { side, instrument, style, terms: PAID, quantity, price, said: SAID };
}

const change: Handler = (call) => {
  const original = originalOf(accountOf(call), inputOf(call, "ORGN_ODNO"), "overseas");
  const { code, exchange } = original.instrument;
  const isThere = code === inputOf(call, "PDNO") && codesOf(exchange)?.order === inputOf(call, "OVRS_EXCG_CD");
  if (!isThere) throw new OrderError("no-order");
  return changeOrder(call, { original, style: () => LIMIT, quantity: "ORD_QTY", price: "OVRS_ORD_UNPR", said: [] });
};

const reserve: Handler = (call) => {
  // Asian exchanges take orders and cancellations by one path; there the body says which, and the side.
  if (inputOf(call, "RVSE_CNCL_DVSN_CD") === "02") return cancelled(call, inputOf(call, "OVRS_RSVN_ODNO"));
  const side = call.action === "asia" ? (sideIn(inputOf(call, "SLL_BUY_DVSN_CD")) ?? "buy") : sideOf(call);
  const ticket = ticketIn(call, formOf(call, side, "FT_ORD_QTY", "FT_ORD_UNPR3"));
  return done(receiptOf(reserveOrder(call, ticket)));
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
