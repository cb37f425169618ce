import type { Book } from "../exchange/book/book.js";
import { isOpen, type Order } from "../exchange/book/order.js";
import type { Json } from "../shared/json.js";
import { dateTime, decimal, settlementDate } from "./format.js";

/** What has become of an order, in the provider's words. */
export function statusOf(order: Order, rejected: ReadonlySet<Order>): string {
  if (order.kind === "cancel") return "CANCELED";
  if (isOpen(order)) return order.filled > 0 ? "PARTIAL_FILLED" : "PENDING";
  if (order.filled >= order.quantity) return "FILLED";
  if (rejected.has(order)) return "REJECTED";
  if (order.modified > 0) return "REPLACED";
  return order.filled > 0 ? "PARTIAL_FILLED" : "CANCELED";
}

/** An order as the provider tells of it. */
export function orderView(order: Order, { fills }: Book, rejected: ReadonlySet<Order>): Json {
  const { number, side, instrument, quantity, price, at, filled, amount, cancelled, kind, terms, said } = order;
  const last = fills.findLast((fill) => fill.order === order);
  const isDone = filled > 0;
  return {
    orderId: number,
    symbol: instrument.code,
    side: side.toUpperCase(),
    orderType: price === undefined ? "MARKET" : "LIMIT",
    timeInForce: said.timeInForce ?? "DAY",
    status: statusOf(order, rejected),
    price: price === undefined ? null : decimal(price),
    quantity: decimal(quantity),
    orderAmount: said.orderAmount ?? null,
    currency: instrument.currency,
    orderedAt: dateTime(at),
    canceledAt: cancelled > 0 || kind === "cancel" ? dateTime(at) : null,
    execution: {
      filledQuantity: decimal(filled),
      averageFilledPrice: isDone ? decimal(amount / filled / instrument.unit) : null,
      filledAmount: isDone ? decimal(amount) : null,
      commission: isDone ? "0" : null,
      tax: isDone ? "0" : null,
      filledAt: last ? dateTime(last.at) : null,
      settlementDate: last ? settlementDate(last.at, terms.days) : null,
    },
  };
}
