/**
 * 국내주식 주문: cash and credit orders, their changes, and reservations.
 * @module
 */
import type { Side, Terms, Ticket } from "../../exchange/book/order.js";
import { OrderError } from "../../exchange/book/order-error.js";
import type { Reservation } from "../../exchange/book/reservations.js";
import { stock } from "../../exchange/market/instrument.js";
import { accountOf, type Call, type Handler, inputOf, type Outcome } from "../call.js";
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
import { BRANCH } from "./receipt.js";

/** 주문구분 of the Korea Exchange. */
const STYLES: Readonly<Record<string, Style>> = {
  "00": { name: "지정가", price: "said" },
  "01": { name: "시장가", price: "any" },
  "02": { name: "조건부지정가", price: "said" },
  "03": { name: "최유리지정가", price: "any" },
  "04": { name: "최우선지정가", price: "last" },
  "05": { name: "장전 시간외", price: "last" },
  "06": { name: "장후 시간외", price: "last" },
  "07": { name: "시간외 단일가", price: "said" },
  "11": { name: "IOC지정가", price: "said", immediate: true },
  "12": { name: "FOK지정가", price: "said", immediate: true },
  "13": { name: "IOC시장가", price: "any", immediate: true },
  "14": { name: "FOK시장가", price: "any", immediate: true },
  "15": { name: "IOC최유리", price: "any", immediate: true },
  "16": { name: "FOK최유리", price: "any", immediate: true },
  "21": { name: "중간가", price: "last" },
  "22": { name: "스톱지정가", price: "said" },
  "23": { name: "중간가IOC", price: "last", immediate: true },
  "24": { name: "중간가FOK", price: "last", immediate: true },
};

/** What NXT and SOR do not take. */
const NOT_AT: Readonly<Record<string, readonly string[]>> = {
  NXT: ["01", "02", "05", "06", "07"],
  SOR: ["02", "05", "06", "07", "21", "22", "23", "24"],
};

const STOP = "22";

/** A part of the price is put down for what is bought, or sold, on credit. */
export const CREDIT_RATE = 0.45;

const orderCash: Handler = (call) => place(call, call.action === "sell" ? "sell" : "buy", PAID);

const orderCredit: Handler = (call) => {
  const side = call.action === "sell" ? "sell" : "buy";
  return place(call, side, creditTerms(inputOf(call, "CRDT_TYPE"), inputOf(call, "LOAN_DT")));
};

/** 융자 is bought with borrowed money and sold to pay it back; 대주 is the other way round, with borrowed stock. */
function creditTerms(type: string, loanDate: string): Terms {
  const isLong = ["21", "23", "25", "27"].includes(type);
  const isOpening = ["21", "23", "22", "24"].includes(type);
  return {
    settlement: "margined",
    rate: CREDIT_RATE,
    effect: isOpening ? "open" : "close",
    days: 2,
    lot: isLong ? loanDate : "short",
  };
}

function place(call: Call, side: Side, terms: Terms): Outcome {
  const exchange = exchangeIn(call);
  const code = inputOf(call, "ORD_DVSN");
  if (NOT_AT[exchange]?.includes(code)) throw new Refusal(code === "01" ? "APBK1943" : "APBK0918");
  const trigger = code === STOP ? "CNDT_PRIC" : undefined;
  return placeOrder(call, { ...formOf(call, side, terms, styleOf(STYLES, code)), trigger });
}

/** Mock trading knows the Korea Exchange only. */
function exchangeIn(call: Call): string {
  const exchange = inputOf(call, "EXCG_ID_DVSN_CD") || "KRX";
  const isKnown = ["KRX", "NXT", "SOR"].includes(exchange);
  if (!isKnown || (call.environment === "mock" && exchange !== "KRX")) {
    throw new Refusal("APBK0918", "거래소를 확인하여 주십시오.");
  }
  return exchange;
}

const SAID = ["ORD_DVSN", "EXCG_ID_DVSN_CD", "CNDT_PRIC", "LOAN_DT", "CRDT_TYPE"];

function formOf(call: Call, side: Side, terms: Terms, style: Style): OrderForm {
  const instrument = stock(inputOf(call, "PDNO"));
  return { side, instrument, style, terms, quantity: "ORD_QTY", price: "ORD_UNPR", said: SAID };
}

const change: Handler = (call) => {
  const original = originalOf(accountOf(call), inputOf(call, "ORGN_ODNO"), "stock");
  const branch = inputOf(call, "KRX_FWDG_ORD_ORGNO");
  const exchange = original.said.EXCG_ID_DVSN_CD || "KRX";
  // An order is found where it was placed, and nowhere else.
  if ((branch !== "" && branch !== BRANCH) || exchangeIn(call) !== exchange) throw new OrderError("no-order");
  const style = () => styleOf(STYLES, inputOf(call, "ORD_DVSN"));
  const fields = { quantity: "ORD_QTY", all: "QTY_ALL_ORD_YN", price: "ORD_UNPR", said: ["ORD_DVSN"] };
  return changeOrder(call, { original, style, ...fields });
};

const reserve: Handler = (call) => done({ rsvn_ord_seq: String(reserveOrder(call, reservedTicket(call)).number) });

function reservedTicket(call: Call): Ticket {
  const style = styleOf(STYLES, inputOf(call, "ORD_DVSN_CD"));
  const kind = inputOf(call, "ORD_OBJT_CBLC_DVSN_CD");
  const terms = kind === "10" ? PAID : creditTerms(kind, inputOf(call, "LOAN_DT"));
  const side = sideIn(inputOf(call, "SLL_BUY_DVSN_CD")) ?? "buy";
  const ticket = ticketIn(call, formOf(call, side, terms, style));
  const ORD_DVSN = inputOf(call, "ORD_DVSN_CD");
  return { ...ticket, said: { ...ticket.said, ORD_DVSN, RSVN_ORD_END_DT: inputOf(call, "RSVN_ORD_END_DT") } };
}

const changeReservation: Handler = (call) => {
  const { reservations } = accountOf(call);
  const reservation: Reservation = reservations.waiting(inputOf(call, "RSVN_ORD_SEQ"));
  if (call.action === "cancel") reservation.cancelledAt = call.market.now;
  else reservation.ticket = reservedTicket(call);
  return done({ nrml_prcs_yn: "Y" });
};

const AT = "/uapi/domestic-stock/v1/trading";

export const DOMESTIC_ORDERS: Readonly<Record<string, Handler>> = {
  [`${AT}/order-cash`]: orderCash,
  [`${AT}/order-credit`]: orderCredit,
  [`${AT}/order-rvsecncl`]: change,
  [`${AT}/order-resv`]: reserve,
  [`${AT}/order-resv-rvsecncl`]: changeReservation,
};
