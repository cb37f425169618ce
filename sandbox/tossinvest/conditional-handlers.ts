import type { Handler } from "../provider/behaviour.js";
import type { Json } from "../shared/json.js";
import type { Brokerage } from "./brokerage.js";
import type { ConditionalOrder, LegStatus } from "./conditional-orders.js";
import { dateTime } from "./format.js";
import { pageOf } from "./pages.js";

export function conditionalHandlers(brokerage: Brokerage): Readonly<Record<string, Handler>> {
  const { conditional } = brokerage;
  const at = "conditional-order";
  return {
    [`${at}.createConditionalOrder`](input, inbound) {
      const { id } = conditional.create(brokerage.bookOf(inbound).account, input);
      return { conditionalOrderId: id, clientOrderId: input.clientOrderId ?? null };
    },
    [`${at}.modifyConditionalOrder`](input, inbound) {
      const { account } = brokerage.bookOf(inbound);
      const before = conditional.find(account, input.conditionalOrderId);
      const made = conditional.create(account, { ...input, symbol: before.instrument.code });
      conditional.remove(before);
      return { conditionalOrderId: made.id };
    },
    [`${at}.cancelConditionalOrder`](input, inbound) {
      conditional.remove(conditional.find(brokerage.bookOf(inbound).account, input.conditionalOrderId));
    },
    [`${at}-history.getConditionalOrder`]: (input, inbound) =>
      viewOf(conditional.find(brokerage.bookOf(inbound).account, input.conditionalOrderId)),
    [`${at}-history.getConditionalOrders`](input, inbound) {
      const { status, symbol } = input;
      const isMeant = (order: ConditionalOrder) =>
        (status === "OPEN") !== ["COMPLETED", "EXPIRED"].includes(statusOf(order)) &&
        (symbol === undefined || order.instrument.code === symbol);
      const { items, ...next } = pageOf(conditional.of(brokerage.bookOf(inbound).account).filter(isMeant), input);
      return { conditionalOrders: items.map(viewOf), ...next };
    },
  };
}

function statusOf({ legs }: ConditionalOrder): string {
  const has = (status: LegStatus) => legs.some((leg) => leg.status === status);
  if (has("PAUSED")) return "PAUSED";
  if (has("WATCHING") || has("HOLDING")) return "WATCHING";
  if (has("ORDERED")) return "ORDERED";
  return has("COMPLETED") ? "COMPLETED" : "EXPIRED";
}

function viewOf(order: ConditionalOrder): Json {
  const [first, second] = order.legs.map((leg) => ({
    type: "STOP",
    status: leg.status,
    triggerPrice: String(leg.trigger),
    targetProfitRate: null,
    orderPrice: leg.price === undefined ? null : String(leg.price),
    triggeredOrderId: leg.order?.number ?? null,
  }));
  const { id, type, instrument, quantity, orderType, expireDate, at } = order;
  return {
    ...{ conditionalOrderId: id, type, status: statusOf(order), symbol: instrument.code },
    ...{
      market: instrument.currency === "KRW" ? "KR" : "US",
      quantity: String(quantity),
      orderType,
      expireDate,
      first,
    },
    ...(second && { second }),
    createdAt: dateTime(at),
  };
}
