/**
 * Orders, changes and reservations, read out of requests: what all products have in common.
 * @module
 */
import type { Order, Side, Terms, Ticket } from "../../exchange/book/order.js";
import { OrderError } from "../../exchange/book/order-error.js";
import type { Reservation } from "../../exchange/book/reservations.js";
import { type Instrument, onTick } from "../../exchange/market/instrument.js";
import type { Market } from "../../exchange/market/market.js";
import { nextOpening } from "../../exchange/market/venue.js";
import type { Account } from "../account.js";
import { accountOf, type Call, inputOf, type Outcome } from "../call.js";
import { known } from "../facts.js";
import { Refusal } from "../refusal.js";
import { receiptFacts } from "./receipt.js";

/** How a kind of order (주문구분) finds its price. */
export interface Style {
  name: string;
  /** The one that is said, the last one, or any. */
  price: "said" | "last" | "any";
  immediate?: boolean;
}

export const PAID: Terms = { settlement: "paid", rate: 1, effect: "either", days: 2, lot: "" };

export function orderable(instrument: Instrument | undefined): Instrument {
  if (!instrument) throw new Refusal("APBK0656");
  return instrument;
}

/** A whole number of at least one. */
export function quantityIn(call: Call, name: string): number {
  const text = inputOf(call, name);
  const quantity = Number(text);
  if (!/^\d+$/.test(text) || quantity < 1 || !Number.isSafeInteger(quantity)) {
    throw new Refusal("APBK0918", "주문수량을 확인하여 주십시오.");
  }
  return quantity;
}

/**
 * The price of an order, undefined for any.
 * @throws Refusal when it is none, lies between two steps, or beyond the limits of the day
 */
export function priceIn(call: Call, name: string, instrument: Instrument, style: Style): number | undefined {
  if (style.price === "any") return undefined;
  if (style.price === "last") return call.market.price(instrument);
  return checkedPrice(inputOf(call, name), instrument, call.market);
}

export function checkedPrice(text: string, instrument: Instrument, market: Market): number {
  const price = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || price <= 0) {
    throw instrument.currency === "USD"
      ? new Refusal("APBK1507")
      : new Refusal("APBK0918", "주문단가를 확인하여 주십시오.");
  }
  if (onTick(instrument, price) !== price) throw new Refusal("APBK0918", "호가단위를 확인하여 주십시오.");
  const { limit } = instrument;
  const before = market.yesterday(instrument).close;
  // A price that a test has pinned may itself lie beyond the limits, and is then as good as they are.
  const bounds = [before * (1 - (limit ?? 1)), before * (1 + (limit ?? 1)), market.price(instrument)];
  if (limit !== undefined && (price < Math.min(...bounds) || price > Math.max(...bounds))) {
    throw new Refusal("APBK0918", "주문단가가 상하한가를 벗어났습니다.");
  }
  return price;
}

/** The style of a code. @throws Refusal for one that the product does not have */
export function styleOf(styles: Readonly<Record<string, Style>>, code: string): Style {
  const style = Object.hasOwn(styles, code) ? styles[code] : undefined;
  if (!style) throw new Refusal("APBK0918", "주문구분을 확인하여 주십시오.");
  return style;
}

/** Where a request says what its order is. */
export interface OrderForm {
  side: Side;
  instrument: Instrument | undefined;
  style: Style;
  terms: Terms;
  /** Names of fields. `trigger` only for orders that wait for a price. */
  quantity: string;
  price: string;
  trigger?: string | undefined;
  /** Fields to be told again in lists. */
  said: readonly string[];
}

/** The order that a request gives. @throws Refusal for what is not in order about it */
export function ticketIn(call: Call, form: OrderForm): Ticket {
  const { side, style, terms, trigger } = form;
  const instrument = orderable(form.instrument);
  const price = priceIn(call, form.price, instrument, style);
  return {
    side,
    instrument,
    quantity: quantityIn(call, form.quantity),
    ...(price !== undefined && { price }),
    ...(trigger !== undefined && { trigger: checkedPrice(inputOf(call, trigger), instrument, call.market) }),
    ...(style.immediate && { immediate: true }),
    terms,
    said: saidIn(call, style, form.said),
  };
}

export function placeOrder(call: Call, form: OrderForm): Outcome {
  return received(accountOf(call).book.place(ticketIn(call, form)));
}

/** Where a request says how an order is to be changed. */
export interface ChangeForm {
  original: Order;
  /** Not asked of a cancellation. */
  style: () => Style;
  /** Names of fields; that of `all` says `Y` for everything that is left. */
  quantity: string;
  all?: string;
  price: string;
  said: readonly string[];
}

/** 정정 and 취소: `RVSE_CNCL_DVSN_CD` says which. @throws Refusal, OrderError */
export function changeOrder(
  call: Call,
  { original, style: styleFor, quantity: name, all, ...form }: ChangeForm,
): Outcome {
  const { book } = accountOf(call);
  const isWhole = all !== undefined && inputOf(call, all) === "Y";
  const quantity = isWhole ? undefined : quantityIn(call, name);
  if (inputOf(call, "RVSE_CNCL_DVSN_CD") === "02") return received(book.cancel(original, quantity));
  const style = styleFor();
  const price = priceIn(call, form.price, original.instrument, style);
  const said = saidIn(call, style, form.said);
  return received(book.modify(original, { quantity, price, immediate: style.immediate ?? false, said }));
}

/** 예약주문: the order is given when its next session begins. */
export function reserveOrder(call: Call, ticket: Ticket): Reservation {
  const { now } = call.market;
  return accountOf(call).reservations.add(ticket, now, nextOpening(ticket.instrument.venue, now));
}

/** What a request said, to be told again in lists. */
export function saidIn({ input }: Call, style: Style, names: readonly string[]): Record<string, string> {
  return { ...Object.fromEntries(names.map((name) => [name, input[name] ?? ""])), ORD_DVSN_NAME: style.name };
}

/** The order that is to be changed. @throws OrderError when the account has none such */
export function originalOf(account: Account, number: string, kind: Instrument["kind"]): Order {
  const order = account.book.find(number);
  if (order?.instrument.kind !== kind) throw new OrderError("no-order");
  return order;
}

export function received(order: Order): Outcome {
  const facts = receiptFacts(order);
  return { code: "APBK0013", sections: { output: facts }, top: facts };
}

/** An answer that only says that it worked. */
export function done(values: Readonly<Record<string, string>>): Outcome {
  return {
    code: "APBK0013",
    sections: { output: known(values) },
    top: known({ msg: "정상처리 되었습니다.", ...values }),
  };
}
