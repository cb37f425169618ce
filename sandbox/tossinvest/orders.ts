import type { Book } from "../exchange/book/book.js";
import { isOpen, type Order, type Ticket } from "../exchange/book/order.js";
import { OrderError } from "../exchange/book/order-error.js";
import { inWon } from "../exchange/market/exchanges.js";
import type { Instrument } from "../exchange/market/instrument.js";
import type { Handler } from "../provider/behaviour.js";
import { Refused } from "../provider/behaviour.js";
import type { Inbound } from "../provider/request.js";
import type { Json } from "../shared/json.js";
import { instrumentOf, termsOf } from "./accounts.js";
import type { Brokerage } from "./brokerage.js";
import { dateIn } from "./format.js";
import { orderView, statusOf } from "./order-view.js";
import { pageOf } from "./pages.js";

/** Won. */
const HIGH_VALUE = 100_000_000;

export function orderHandlers(brokerage: Brokerage): Readonly<Record<string, Handler>> {
  const bookOf = (inbound: Inbound): Book => brokerage.bookOf(inbound);

  const createOrder: Handler = async (input, inbound) => {
    const order = placed(brokerage, bookOf(inbound), input);
    await brokerage.processing();
    return { orderId: order.number, clientOrderId: input.clientOrderId ?? null };
  };

  const modifyOrder: Handler = (input, inbound) => {
    const book = bookOf(inbound);
    const order = openOrder(brokerage, book, input.orderId);
    const { quantity, price, orderType } = input;
    if (quantity !== undefined && order.instrument.currency === "USD") {
      throw new Refused(400, "us-modify-quantity-not-supported");
    }
    const amendment = {
      quantity: quantity === undefined ? undefined : Number(quantity),
      price: orderType === "MARKET" ? undefined : price === undefined ? order.price : Number(price),
      immediate: orderType === "MARKET",
      said: {},
    };
    checkValue(order.instrument, (amendment.quantity ?? order.quantity) * (amendment.price ?? 0), input);
    return { orderId: worded(() => book.modify(order, amendment)).number };
  };

  const cancelOrder: Handler = (input, inbound) => {
    const book = bookOf(inbound);
    const order = openOrder(brokerage, book, input.orderId);
    return { orderId: worded(() => book.cancel(order)).number };
  };

  const getOrder: Handler = (input, inbound) => {
    const book = bookOf(inbound);
    const order = book.find(String(input.orderId));
    if (!order) throw new Refused(404, "order-not-found");
    return orderView(order, book, brokerage.rejected);
  };

  const getOrders: Handler = (input, inbound) => {
    const book = bookOf(inbound);
    const { status, symbol, from = "", to = "9999" } = input;
    const isMeant = (order: Order) =>
      order.kind !== "cancel" &&
      isOpen(order) === (status === "OPEN") &&
      (symbol === undefined || order.instrument.code === symbol) &&
      (status === "OPEN" || (dateIn(order.at) >= String(from) && dateIn(order.at) <= String(to)));
    const found = book.orders.filter(isMeant).reverse();
    const view = (order: Order) => orderView(order, book, brokerage.rejected);
    if (status === "OPEN") return { orders: found.map(view), nextCursor: null, hasNext: false };
    const { items, ...next } = pageOf(found, input);
    return { orders: items.map(view), ...next };
  };

  const getSellableQuantity: Handler = (input, inbound) => {
    const book = bookOf(inbound);
    const held = book.positions.find(({ instrument }) => instrument.code === input.symbol);
    return { sellableQuantity: String(held ? book.free(held) : 0) };
  };

  const getBuyingPower: Handler = ({ currency }, inbound) => ({
    currency,
    cashBuyingPower: String(bookOf(inbound).available(currency === "USD" ? "USD" : "KRW")),
  });

  return {
    "order.createOrder": createOrder,
    "order.modifyOrder": modifyOrder,
    "order.cancelOrder": cancelOrder,
    "order-history.getOrder": getOrder,
    "order-history.getOrders": getOrders,
    "order-info.getSellableQuantity": getSellableQuantity,
    "order-info.getBuyingPower": getBuyingPower,
  };
}

/** @throws Refused */
function placed(brokerage: Brokerage, book: Book, input: Json): Order {
  const { symbol, side, orderType, quantity, orderAmount, price, timeInForce = "DAY" } = input;
  const instrument = instrumentOf(String(symbol));
  if (!instrument) throw new Refused(400, "invalid-request", "there is no such stock");
  const isLimit = orderType === "LIMIT";
  if (isLimit !== (price !== undefined)) throw new Refused(400, "invalid-request", "price goes with LIMIT alone");
  if (orderAmount !== undefined && (instrument.currency !== "USD" || isLimit || side !== "BUY")) {
    throw new Refused(422, "order-type-not-allowed");
  }
  if (timeInForce === "CLS" && (instrument.currency !== "USD" || !isLimit))
    throw new Refused(422, "order-type-not-allowed");
  const now = brokerage.market.price(instrument);
  const wanted = orderAmount === undefined ? Number(quantity) : Math.floor((Number(orderAmount) / now) * 1e6) / 1e6;
  if (instrument.currency === "KRW" && !Number.isInteger(wanted)) throw new Refused(400, "invalid-request", "quantity");
  const at = isLimit ? Number(price) : now;
  checkRange(brokerage, instrument, at);
  checkValue(instrument, wanted * at, input);
  const ticket: Ticket = {
    side: side === "BUY" ? "buy" : "sell",
    instrument,
    quantity: wanted,
    ...(isLimit && { price: Number(price) }),
    terms: termsOf(instrument),
    said: { timeInForce: String(timeInForce), ...(orderAmount !== undefined && { orderAmount: String(orderAmount) }) },
  };
  return worded(() => book.place(ticket));
}

/** How far a day may go from the close before. */
function checkRange({ market }: Brokerage, instrument: Instrument, price: number): void {
  const { limit } = instrument;
  if (limit === undefined) return;
  const before = market.yesterday(instrument).close;
  if (Math.abs(price - before) > before * limit && Math.abs(price - market.price(instrument)) > before * limit) {
    throw new Refused(422, "price-out-of-range");
  }
}

function checkValue({ currency }: Instrument, amount: number, { confirmHighValueOrder }: Json): void {
  if (inWon(amount, currency) >= HIGH_VALUE && confirmHighValueOrder !== true) {
    throw new Refused(400, "confirm-high-value-required");
  }
}

/** @throws Refused */
function openOrder({ rejected }: Brokerage, book: Book, id: unknown): Order {
  const order = book.find(String(id));
  if (!order) throw new Refused(404, "order-not-found");
  if (isOpen(order)) return order;
  const status = statusOf(order, rejected);
  const code = { FILLED: "already-filled", REPLACED: "already-modified", REJECTED: "already-rejected" }[status];
  throw new Refused(409, code ?? "already-canceled");
}

/** What the book does not do, in the provider's words. */
export function worded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    if (error.problem === "no-money") throw new Refused(422, "insufficient-buying-power");
    throw new Refused(400, "invalid-request", error.problem);
  }
}
