/**
 * 장내채권: orders, what is held, and what can be bought. Quantities count 1,000 won of face value.
 * @module
 */
import { ordersOf } from "../../exchange/book/history.js";
import type { Side, Terms } from "../../exchange/book/order.js";
import { totalsOf } from "../../exchange/book/totals.js";
import type { Worth } from "../../exchange/book/worth.js";
import { bond } from "../../exchange/market/instrument.js";
import { accountOf, type Call, type Handler, inputOf } from "../call.js";
import { known } from "../facts.js";
import { Refusal } from "../refusal.js";
import { orderRows, orderTotals, sideIn } from "./lists.js";
import { changeOrder, originalOf, PAID, received, type Style, ticketIn } from "./orders.js";
import { positionFacts } from "./position-facts.js";

const LIMIT: Style = { name: "지정가", price: "said" };
const TERMS: Terms = { ...PAID, days: 1 };

const buy: Handler = (call) => place(call, "buy");
const sell: Handler = (call) => place(call, "sell");

function place(call: Call, side: Side) {
  const ticket = ticketIn(call, {
    side,
    instrument: bond(inputOf(call, "PDNO")),
    style: LIMIT,
    terms: TERMS,
    quantity: "ORD_QTY2",
    price: "BOND_ORD_UNPR",
    said: ["SAMT_MKET_PTCI_YN", "ORD_DVSN"],
  });
  // The general market trades in tens; the market for small amounts does not.
  if (inputOf(call, "SAMT_MKET_PTCI_YN") !== "Y" && ticket.quantity % 10 !== 0) {
    throw new Refusal("APBK0918", "주문수량 단위를 확인하여 주십시오.");
  }
  return received(accountOf(call).book.place(ticket));
}

const change: Handler = (call) =>
  changeOrder(call, {
    original: originalOf(accountOf(call), inputOf(call, "ORGN_ODNO"), "bond"),
    style: () => LIMIT,
    quantity: "ORD_QTY2",
    all: "QTY_ALL_ORD_YN",
    price: "BOND_ORD_UNPR",
    said: [],
  });

const openOrders: Handler = (call) => {
  const account = accountOf(call);
  const date = inputOf(call, "ORD_DT");
  const wanted = { kind: "bond", from: date, until: date, number: inputOf(call, "ODNO"), state: "open" } as const;
  return { sections: { output: orderRows(account, ordersOf(account.book, { ...wanted, newestFirst: true })) } };
};

const orders: Handler = (call) => {
  const account = accountOf(call);
  const state = { C: "filled", Y: "open" }[inputOf(call, "NCCS_YN")] as "filled" | "open" | undefined;
  const found = ordersOf(account.book, {
    kind: "bond",
    from: inputOf(call, "INQR_STRT_DT"),
    until: inputOf(call, "INQR_END_DT"),
    side: sideIn(inputOf(call, "SLL_BUY_DVSN_CD")),
    code: inputOf(call, "PDNO"),
    state,
    newestFirst: inputOf(call, "SORT_SQN_DVSN") === "02",
  });
  return { sections: { output1: [orderTotals(found)], output2: orderRows(account, found) } };
};

const balance: Handler = (call) => {
  const code = inputOf(call, "PDNO");
  const wants = ({ position: { instrument } }: Worth) =>
    instrument.kind === "bond" && (code === "" || instrument.code === code);
  const { positions } = totalsOf(accountOf(call).book, call.market, { currency: "KRW", wants });
  return { sections: { output: positions.map(positionFacts) } };
};

const orderableQuantity: Handler = (call) => {
  const cash = Math.max(0, accountOf(call).book.available("KRW"));
  const instrument = bond(inputOf(call, "PDNO"));
  const price = Number(inputOf(call, "BOND_ORD_UNPR")) || (instrument ? call.market.price(instrument) : 0);
  const quantity = instrument && price > 0 ? Math.floor(cash / (price * instrument.unit)) : 0;
  const row = known({
    ord_psbl_cash: cash,
    bond_ord_unpr2: price,
    buy_psbl_amt: cash,
    buy_psbl_qty: quantity,
  });
  return { sections: { output: [row] } };
};

const AT = "/uapi/domestic-bond/v1/trading";

export const BONDS: Readonly<Record<string, Handler>> = {
  [`${AT}/buy`]: buy,
  [`${AT}/sell`]: sell,
  [`${AT}/order-rvsecncl`]: change,
  [`${AT}/inquire-psbl-rvsecncl`]: openOrders,
  [`${AT}/inquire-daily-ccld`]: orders,
  [`${AT}/inquire-balance`]: balance,
  [`${AT}/inquire-psbl-order`]: orderableQuantity,
};
