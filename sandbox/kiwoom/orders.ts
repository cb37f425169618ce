import type { Amendment } from "../exchange/book/book.js";
import { isOpen, type Order, type Side, type Ticket } from "../exchange/book/order.js";
import { OrderError } from "../exchange/book/order-error.js";
import type { Instrument } from "../exchange/market/instrument.js";
import { type Handler, Refused } from "../provider/behaviour.js";
import type { Json } from "../shared/json.js";
import { domestic, foreign, termsOf } from "./account.js";
import { type Brokerage, known } from "./brokerage.js";
import { orderNumber, padded } from "./format.js";

/** Orders without a price: 시장가, 최유리, 최우선, 중간가, 장후. Of the US 시장가 and VWAP, TWAP at any price. */
const AT_ANY_PRICE: readonly string[] = ["3", "6", "7", "13", "16", "23", "26", "29", "30", "31", "61", "81"];
const AT_ANY_US_PRICE: readonly string[] = ["03", "36", "37"];
/** IOC and FOK: what is not done at once is given up. */
const AT_ONCE: readonly string[] = ["10", "13", "16", "20", "23", "26", "30", "31"];

export function orderHandlers(brokerage: Brokerage): Readonly<Record<string, Handler>> {
  const placing =
    (side: Side): Handler =>
    (input) => {
      const instrument = known(domestic(input.stk_cd), input.stk_cd);
      const order = placed(brokerage, side, instrument, input, AT_ANY_PRICE);
      return { ord_no: orderNumber(order.number), dmst_stex_tp: input.dmst_stex_tp };
    };
  const modifying: Handler = (input) => {
    const order = openOrder(brokerage, input, domestic(input.stk_cd));
    const { mdfy_qty: quantity, mdfy_uv: price } = input;
    const changed = modified(brokerage, order, input, { quantity: amount(quantity), price: Number(price) });
    const numbers = { ord_no: orderNumber(changed.number), base_orig_ord_no: orderNumber(firstOf(brokerage, order)) };
    return { ...numbers, mdfy_qty: padded(changed.quantity, 12), dmst_stex_tp: input.dmst_stex_tp };
  };
  const cancelling: Handler = (input) => {
    const order = openOrder(brokerage, input, domestic(input.stk_cd));
    const cancelled = worded(() => brokerage.book.cancel(order, amount(input.cncl_qty)));
    const numbers = { ord_no: orderNumber(cancelled.number), base_orig_ord_no: orderNumber(firstOf(brokerage, order)) };
    return { ...numbers, cncl_qty: padded(cancelled.quantity, 12) };
  };

  const placingAbroad =
    (side: Side): Handler =>
    (input) => {
      const instrument = known(foreign(input.stk_cd, input.stex_tp), input.stk_cd);
      const order = placed(brokerage, side, instrument, input, AT_ANY_US_PRICE);
      return { stk_nm: instrument.name, ord_no: orderNumber(order.number), ...cash(brokerage) };
    };
  const modifyingAbroad: Handler = (input) => {
    const order = openOrder(brokerage, input, foreign(input.stk_cd, input.stex_tp));
    const price = input.mdfy_uv === undefined || input.mdfy_uv === "" ? order.price : Number(input.mdfy_uv);
    const changed = modified(brokerage, order, input, { quantity: undefined, price });
    const { instrument, number, quantity } = changed;
    return {
      stk_nm: instrument.name,
      ord_no: orderNumber(number),
      ...cash(brokerage),
      mdfy_ord_qty: padded(quantity, 12),
    };
  };
  const cancellingAbroad: Handler = (input) => {
    const order = openOrder(brokerage, input, foreign(input.stk_cd, input.stex_tp));
    const { instrument, number, quantity } = worded(() => brokerage.book.cancel(order));
    return { stk_nm: instrument.name, ord_no: orderNumber(number), cncl_ord_qty: padded(quantity, 12) };
  };

  return {
    "domestic-order.buy": placing("buy"),
    "domestic-order.sell": placing("sell"),
    "domestic-order.modify": modifying,
    "domestic-order.cancel": cancelling,
    "domestic-credit-order.buyOnCredit": placing("buy"),
    "domestic-credit-order.sellOnCredit": placing("sell"),
    "domestic-credit-order.modifyCredit": modifying,
    "domestic-credit-order.cancelCredit": cancelling,
    "us-order.buy": placingAbroad("buy"),
    "us-order.sell": placingAbroad("sell"),
    "us-order.modify": modifyingAbroad,
    "us-order.cancel": cancellingAbroad,
  };
}

function cash({ book }: Brokerage): Json {
  return { fc_entra: book.available("USD").toFixed(2) };
}

/** @throws Refused */
function placed(
  { book }: Brokerage,
  side: Side,
  instrument: Instrument,
  input: Json,
  atAnyPrice: readonly string[],
): Order {
  const { ord_qty, ord_uv, trde_tp, cond_uv, stop_pric, dmst_stex_tp = "" } = input;
  const quantity = Number(ord_qty);
  if (!Number.isInteger(quantity) || quantity < 1) throw wrongForm("ord_qty", ord_qty);
  const isFree = atAnyPrice.includes(String(trde_tp));
  const price = Number(ord_uv ?? "");
  if (!isFree && !(price > 0)) throw wrongForm("ord_uv", ord_uv);
  const trigger = Number(cond_uv ?? stop_pric ?? "");
  const ticket: Ticket = {
    ...{ side, instrument, quantity, terms: termsOf(instrument), immediate: AT_ONCE.includes(String(trde_tp)) },
    ...(!isFree && { price }),
    ...(trigger > 0 && { trigger }),
    said: { trde_tp: String(trde_tp), dmst_stex_tp: String(dmst_stex_tp) },
  };
  return worded(() => book.place(ticket));
}

function modified(
  { book }: Brokerage,
  order: Order,
  { dmst_stex_tp }: Json,
  { quantity, price }: Pick<Amendment, "quantity" | "price">,
): Order {
  if (price !== undefined && !(price > 0)) throw wrongForm("mdfy_uv", price);
  if (order.said.dmst_stex_tp === "SOR" && dmst_stex_tp !== "SOR") {
    throw new Refused(200, "571412", "SOR 주문은 SOR 주문만 정정/취소 가능합니다");
  }
  return worded(() => book.modify(order, { quantity, price, immediate: false, said: {} }));
}

/** `0` stands for all that is left. */
function amount(text: unknown): number | undefined {
  const quantity = Number(text);
  if (!Number.isInteger(quantity) || quantity < 0) throw wrongForm("qty", text);
  return quantity === 0 ? undefined : quantity;
}

function wrongForm(field: string, value: unknown): Refused {
  return new Refused(200, "1517", `입력 값 형식이 올바르지 않습니다. ${field}=${String(value)}`);
}

/** @throws Refused when there is no such order of that stock, or nothing left of it */
function openOrder({ book }: Brokerage, { orig_ord_no }: Json, instrument: Instrument | undefined): Order {
  const order = book.find(String(orig_ord_no));
  if (!order || order.instrument.id !== instrument?.id)
    throw new Refused(200, "SANDBOX01", "원주문이 존재하지 않습니다");
  if (!isOpen(order)) throw new Refused(200, "SANDBOX02", "정정/취소할 수량이 없습니다");
  return order;
}

/** The number that a chain of changes began with. */
function firstOf({ book }: Brokerage, order: Order): string {
  const before = order.original === undefined ? undefined : book.find(order.original);
  return before ? firstOf({ book } as Brokerage, before) : order.number;
}

/** What the book does not do, in the words of a ledger. */
function worded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    const [code, message] = PROBLEMS[error.problem];
    throw new Refused(200, code, message);
  }
}

const PROBLEMS: Readonly<Record<OrderError["problem"], readonly [code: string, message: string]>> = {
  "no-order": ["SANDBOX01", "원주문이 존재하지 않습니다"],
  "nothing-left": ["SANDBOX02", "정정/취소할 수량이 없습니다"],
  "too-much": ["SANDBOX03", "정정/취소 수량이 남은 수량보다 많습니다"],
  "no-money": ["SANDBOX04", "주문가능금액이 부족합니다"],
  "no-holdings": ["SANDBOX05", "매도가능수량이 부족합니다"],
};
