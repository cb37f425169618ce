import type { Book } from "../exchange/book/book.js";
import { isOpen, type Order } from "../exchange/book/order.js";
import type { Instrument } from "../exchange/market/instrument.js";
import type { Market } from "../exchange/market/market.js";
import { Refused } from "../provider/behaviour.js";
import { isRecord, type Json } from "../shared/json.js";
import { instrumentOf, termsOf } from "./accounts.js";
import { dateIn } from "./format.js";

/** Where they are placed. */
export interface Exchange {
  readonly market: Market;
  book(account: string): Book | undefined;
}

export type LegStatus = "WATCHING" | "HOLDING" | "ORDERED" | "COMPLETED" | "PAUSED" | "EXPIRED" | "CANCELED";

export interface Leg {
  side: "buy" | "sell";
  trigger: number;
  /** Whether the price has to rise to the trigger, or fall. Undefined until it is watched for. */
  rises?: boolean;
  price: number | undefined;
  status: LegStatus;
  order?: Order;
}

export interface ConditionalOrder {
  id: string;
  account: string;
  type: "SINGLE" | "OCO" | "OTO";
  instrument: Instrument;
  quantity: number;
  orderType: "LIMIT" | "MARKET";
  expireDate: string;
  legs: Leg[];
  at: number;
}

/** Orders that are placed when a price is reached: one (SINGLE), one of two (OCO), or one after the other is filled (OTO). */
export class ConditionalOrders {
  readonly #brokerage: Exchange;
  #all: ConditionalOrder[] = [];
  #number = 0;

  constructor(brokerage: Exchange) {
    this.#brokerage = brokerage;
  }

  /** @throws Refused */
  create(account: string, input: Json): ConditionalOrder {
    const instrument = instrumentOf(String(input.symbol));
    if (!instrument) throw new Refused(404, "stock-not-found");
    const type = String(input.type) as ConditionalOrder["type"];
    const given = [input.first, input.second].filter(isRecord);
    if (given.length !== (type === "SINGLE" ? 1 : 2)) {
      throw new Refused(
        400,
        "invalid-request",
        `${type} takes ${type === "SINGLE" ? "first alone" : "first and second"}`,
      );
    }
    this.#number += 1;
    const made: ConditionalOrder = {
      ...{ id: `CO-${String(this.#number).padStart(8, "0")}`, account, type, instrument },
      ...{ quantity: Number(input.quantity), expireDate: String(input.expireDate), at: this.#brokerage.market.now },
      orderType: input.orderType === "MARKET" ? "MARKET" : "LIMIT",
      legs: given.map((leg, place) => legOf(leg, type === "OTO" && place === 1)),
    };
    for (const leg of made.legs) if (leg.status === "WATCHING") this.#watch(made, leg);
    this.#all.push(made);
    return made;
  }

  /** @throws Refused */
  find(account: string, id: unknown): ConditionalOrder {
    const found = this.#all.find((order) => order.account === account && order.id === id);
    if (!found) throw new Refused(404, "conditional-order-not-found");
    return found;
  }

  of(account: string): ConditionalOrder[] {
    return this.#all.filter((order) => order.account === account).reverse();
  }

  remove(order: ConditionalOrder): void {
    this.#all = this.#all.filter((other) => other !== order);
  }

  /** Looks at the prices there are now. */
  settle(): void {
    for (const order of this.#all) this.#settleOne(order);
  }

  clear(): void {
    this.#all = [];
    this.#number = 0;
  }

  #settleOne(conditional: ConditionalOrder): void {
    const { market } = this.#brokerage;
    if (dateIn(market.now) > conditional.expireDate) {
      for (const leg of conditional.legs) if (isAhead(leg)) leg.status = "EXPIRED";
    }
    const price = market.price(conditional.instrument);
    for (const leg of conditional.legs) {
      if (leg.status === "WATCHING" && (leg.rises ? price >= leg.trigger : price <= leg.trigger)) {
        this.#trigger(conditional, leg);
      }
      if (leg.status === "ORDERED" && leg.order && !isOpen(leg.order)) leg.status = "COMPLETED";
    }
    const [first, second] = conditional.legs;
    const isFilled = first?.order !== undefined && first.order.filled >= first.order.quantity;
    if (conditional.type === "OTO" && second?.status === "HOLDING" && isFilled) {
      second.status = "WATCHING";
      this.#watch(conditional, second);
    }
  }

  #watch({ instrument }: ConditionalOrder, leg: Leg): void {
    leg.rises = leg.trigger >= this.#brokerage.market.price(instrument);
  }

  #trigger(conditional: ConditionalOrder, leg: Leg): void {
    const { instrument, quantity, type, orderType, account, legs } = conditional;
    const book: Book | undefined = this.#brokerage.book(account);
    const price = orderType === "LIMIT" ? (leg.price ?? leg.trigger) : undefined;
    try {
      const terms = termsOf(instrument);
      const ticket = { side: leg.side, instrument, quantity, terms, said: {}, ...(price !== undefined && { price }) };
      const order = book?.place(ticket);
      if (order) leg.order = order;
      leg.status = "ORDERED";
    } catch {
      leg.status = "PAUSED";
      return;
    }
    if (type === "OCO") for (const other of legs) if (other !== leg && isAhead(other)) other.status = "CANCELED";
  }
}

function legOf({ orderSide, triggerPrice, orderPrice }: Json, holds: boolean): Leg {
  return {
    side: orderSide === "BUY" ? "buy" : "sell",
    trigger: Number(triggerPrice),
    price: orderPrice === undefined ? undefined : Number(orderPrice),
    status: holds ? "HOLDING" : "WATCHING",
  };
}

function isAhead({ status }: Leg): boolean {
  return status === "WATCHING" || status === "HOLDING" || status === "PAUSED";
}
