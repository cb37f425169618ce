import { type Currency, inCoins } from "../market/exchanges.js";
import type { Instrument } from "../market/instrument.js";
import type { Market } from "../market/market.js";
import { round } from "../market/rounding.js";
import { nextClose } from "../market/venue.js";
import { Money } from "./money.js";
import { accepts, type BookEvent, type Fill, isOpen, type Order, remaining, type Ticket, wakes } from "./order.js";
import { OrderError } from "./order-error.js";
import { change, closable, type Position, type Positions, positionKey } from "./position.js";

/** What a change of an order says. */
export interface Amendment {
  /** Undefined: all that is left. */
  quantity: number | undefined;
  /** Undefined: at any price. */
  price: number | undefined;
  immediate: boolean;
  said: Readonly<Record<string, string>>;
}

export type Listener = (event: BookEvent) => void;

/**
 * The orders, positions and money of one account. Whatever can be traded is traded here: an order is done at the last price of the
 * market as soon as that is as good as its own, in full, and waits until then. There are no fees and no taxes.
 */
export class Book {
  readonly account: string;
  readonly money = new Money();
  readonly orders: Order[] = [];
  readonly fills: Fill[] = [];
  readonly #market: Market;
  readonly #number: () => number;
  readonly #tell: Listener;
  readonly #positions: Positions = new Map();
  readonly #byNumber = new Map<number, Order>();
  /** Orders that were open when last looked at: most of those in the book are not. */
  readonly #waiting = new Set<Order>();
  /** Trades up to this time have been looked at. */
  #settledAt: number;

  /** @param number gives the next order number */
  constructor(account: string, market: Market, number: () => number, tell: Listener) {
    this.account = account;
    this.#market = market;
    this.#number = number;
    this.#tell = tell;
    this.#settledAt = market.now;
  }

  get positions(): Position[] {
    return [...this.#positions.values()];
  }

  /** Puts something into the account that was never ordered. */
  give(ticket: Ticket, price: number): void {
    const order = this.#order(ticket, "new");
    change(this.#positions, order, ticket.quantity, price, this.#market.now);
  }

  /** @throws OrderError for lack of money or of holdings */
  place(ticket: Ticket): Order {
    this.#check(ticket);
    const order = this.#enter(ticket, "new");
    this.#tell({ type: "accepted", account: this.account, order });
    this.#tryAt(order, this.#market.price(order.instrument), order.at);
    return order;
  }

  /** @throws OrderError when there is no such order, nothing left of it, or no money for the new price */
  modify(original: Order, { quantity, price, immediate, said }: Amendment): Order {
    const moved = this.#part(original, quantity);
    const { price: _, ...rest } = original;
    const ticket: Ticket = {
      ...rest,
      quantity: moved,
      immediate,
      said: { ...original.said, ...said },
      ...(price !== undefined && { price }),
    };
    original.modified += moved;
    try {
      this.#check(ticket);
    } catch (error) {
      original.modified -= moved;
      throw error;
    }
    const order = this.#enter(ticket, "modify", original.number);
    this.#tell({ type: "modified", account: this.account, order });
    this.#tryAt(order, this.#market.price(order.instrument), order.at);
    return order;
  }

  /** @throws OrderError when there is nothing left of the order, or less than that */
  cancel(original: Order, quantity?: number): Order {
    const taken = this.#part(original, quantity);
    original.cancelled += taken;
    const order = this.#enter({ ...original, quantity: taken }, "cancel", original.number);
    this.#tell({ type: "cancelled", account: this.account, order });
    return order;
  }

  /** An order by its number, with or without leading zeros. */
  find(number: string): Order | undefined {
    return this.#byNumber.get(Number(number));
  }

  /** Catches up with the market: what has been traded since is held against the orders that wait. */
  settle(): void {
    const { now } = this.#market;
    const open = this.#open();
    const instruments = new Map(open.map(({ instrument }) => [instrument.id, instrument]));
    for (const [id, instrument] of instruments) {
      const orders = open.filter((order) => order.instrument.id === id);
      for (const { at, price } of this.#market.trades(instrument, this.#settledAt, now)) {
        for (const order of orders)
          if (at > order.at && at <= order.until && isOpen(order)) this.#tryAt(order, price, at);
      }
    }
    for (const order of open) if (now >= order.until) this.#lapse(order);
    this.#settledAt = now;
  }

  /** A price is traded now, by the hand of a test. */
  traded(instrument: Instrument, price: number): void {
    for (const order of this.#open()) {
      if (order.instrument.id === instrument.id) this.#tryAt(order, price, this.#market.now);
    }
  }

  /**
   * Somebody takes the other side of an order that waits.
   * @throws Error when not so much of it is left
   */
  fill(order: Order, quantity = remaining(order), price = order.price ?? this.#market.price(order.instrument)): void {
    if (quantity < 1 || quantity > remaining(order)) {
      throw new Error(`Of order ${order.number} there is ${remaining(order)} left to fill`);
    }
    this.#fill(order, quantity, price, this.#market.now);
  }

  /** The exchange does not want what is left of an order. @throws Error when nothing is */
  reject(order: Order): void {
    if (!isOpen(order)) throw new Error(`Of order ${order.number} there is nothing left to reject`);
    order.lapsed += remaining(order);
    this.#tell({ type: "rejected", account: this.account, order });
  }

  /** What new orders can be paid with. */
  available(currency: Currency): number {
    const bound = this.#open()
      .filter((order) => order.instrument.currency === currency)
      .reduce((sum, order) => sum + this.#needs(order, remaining(order)), 0);
    return round(this.money.total(currency) - bound - this.margin(currency), 4);
  }

  /** What positions keep bound. */
  margin(currency: Currency): number {
    const margined = this.positions.filter(
      ({ terms, instrument }) => terms.settlement === "margined" && instrument.currency === currency,
    );
    return round(
      margined.reduce((sum, { cost, terms }) => sum + cost * terms.rate, 0),
      4,
    );
  }

  /** What of a position no order is about yet. */
  free(position: Position): number {
    const side = position.quantity > 0 ? "sell" : "buy";
    const key = positionKey(position);
    const ordered = this.#open()
      .filter((order) => order.side === side && positionKey(order) === key)
      .reduce((sum, order) => sum + remaining(order), 0);
    return Math.max(0, Math.abs(position.quantity) - ordered);
  }

  #open(): Order[] {
    for (const order of this.#waiting) if (!isOpen(order)) this.#waiting.delete(order);
    return [...this.#waiting];
  }

  /** What of an order would close a position that no other order is about. */
  #closes(ticket: Pick<Ticket, "side" | "instrument" | "terms">): number {
    const held = this.#positions.get(positionKey(ticket));
    return held && closable(held, ticket.side) > 0 ? this.free(held) : 0;
  }

  #check(ticket: Ticket): void {
    const { side, instrument, terms, quantity } = ticket;
    const closes = this.#closes(ticket);
    const onlyCloses = terms.settlement === "paid" ? side === "sell" : terms.effect === "close";
    if (onlyCloses && quantity > closes) throw new OrderError("no-holdings");
    if (!onlyCloses && this.#cost(ticket, quantity, closes) > this.available(instrument.currency)) {
      throw new OrderError("no-money");
    }
  }

  /** Money that an order would bind. */
  #cost(ticket: Ticket, quantity: number, closes: number): number {
    const { instrument, terms } = ticket;
    const price = ticket.price ?? ticket.trigger ?? this.#market.price(instrument);
    if (terms.settlement === "paid") return quantity * price * instrument.unit;
    const opens = terms.effect === "open" ? quantity : Math.max(0, quantity - closes);
    return opens * price * instrument.unit * terms.rate;
  }

  /** Money that an order in the book keeps bound. */
  #needs(order: Order, quantity: number): number {
    const isSale = order.terms.settlement === "paid" && order.side === "sell";
    if (isSale || order.terms.effect === "close") return 0;
    const held = this.#positions.get(positionKey(order));
    return this.#cost(order, quantity, held ? closable(held, order.side) : 0);
  }

  #part(order: Order, quantity = remaining(order)): number {
    if (!isOpen(order)) throw new OrderError("nothing-left");
    if (quantity < 1 || quantity > remaining(order)) throw new OrderError("too-much");
    return quantity;
  }

  #enter(ticket: Ticket, kind: Order["kind"], original?: string): Order {
    const order = this.#order(ticket, kind, original);
    this.orders.push(order);
    this.#byNumber.set(Number(order.number), order);
    this.#waiting.add(order);
    return order;
  }

  #order(ticket: Ticket, kind: Order["kind"], original?: string): Order {
    const { now } = this.#market;
    return {
      ...ticket,
      number: String(this.#number()).padStart(10, "0"),
      kind,
      ...(original !== undefined && { original }),
      at: now,
      until: nextClose(ticket.instrument.venue, now),
      filled: 0,
      amount: 0,
      cancelled: 0,
      modified: 0,
      lapsed: 0,
    };
  }

  #tryAt(order: Order, price: number, at: number): void {
    if (!wakes(order, price)) return;
    delete order.trigger;
    if (accepts(order, price)) this.#fill(order, remaining(order), price, at);
    else if (order.immediate) this.#lapse(order);
  }

  #fill(order: Order, quantity: number, price: number, at: number): void {
    const { instrument, terms, side } = order;
    const amount = inCoins(quantity * price * instrument.unit, instrument.currency);
    const { cost, profit, closed } = change(this.#positions, order, quantity, price, at);
    const paid = side === "buy" ? -amount : amount;
    this.money.add(instrument.currency, terms.settlement === "paid" ? paid : profit, at, terms.days);
    order.filled += quantity;
    order.amount = round(order.amount + amount, 4);
    const number = String(this.fills.length + 1).padStart(8, "0");
    const fill: Fill = { number, order, at, quantity, price, amount, cost, profit: closed > 0 ? profit : 0 };
    this.fills.push(fill);
    this.#tell({ type: "filled", account: this.account, order, fill });
  }

  #lapse(order: Order): void {
    if (!isOpen(order)) return;
    order.lapsed += remaining(order);
    this.#tell({ type: "lapsed", account: this.account, order });
  }
}
