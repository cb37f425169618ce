import type { Instrument } from "../market/instrument.js";

export type Side = "buy" | "sell";

/** How an order is paid for, and what it may do to a position. */
export interface Terms {
  /** `paid`: in full, out of cash, and only what is held is sold. `margined`: a part is put down, and profit is paid when closing. */
  settlement: "paid" | "margined";
  /** The part that is put down, of `margined`. */
  rate: number;
  /** Whether a `margined` order opens a position, closes one, or whichever it comes to. */
  effect: "open" | "close" | "either";
  /** Trading days until the money moves. */
  days: number;
  /** Tells positions in the same instrument apart, such as those on credit of different days. Empty for the ordinary one. */
  lot: string;
}

/** An order as it is given. */
export interface Ticket {
  side: Side;
  instrument: Instrument;
  quantity: number;
  /** Undefined: at any price. */
  price?: number;
  /** Sleeps until this price is traded. */
  trigger?: number;
  /** What is not done at once is given up. */
  immediate?: boolean;
  terms: Terms;
  /** What the caller said besides, by wire name, to be told again. */
  said: Readonly<Record<string, string>>;
}

/** An order in the book. A change of an order, or its cancellation, is an order too, with a number of its own. */
export interface Order extends Ticket {
  number: string;
  kind: "new" | "modify" | "cancel";
  /** What it changes or cancels. */
  original?: string;
  at: number;
  /** When what is left of it lapses. */
  until: number;
  filled: number;
  /** Money of what was filled, in the currency of the instrument. */
  amount: number;
  cancelled: number;
  /** Passed on to the order that changed it. */
  modified: number;
  lapsed: number;
}

export interface Fill {
  number: string;
  order: Order;
  at: number;
  quantity: number;
  price: number;
  amount: number;
  /** What the sold part had cost, and what selling it brought above that; zero where a position grew. */
  cost: number;
  profit: number;
}

/** What is still to be done. */
export function remaining({ kind, quantity, filled, cancelled, modified, lapsed }: Order): number {
  return kind === "cancel" ? 0 : quantity - filled - cancelled - modified - lapsed;
}

export function isOpen(order: Order): boolean {
  return remaining(order) > 0;
}

/** Whether an order would be done at a price. */
export function accepts({ side, price }: Ticket, offered: number): boolean {
  if (price === undefined) return true;
  return side === "buy" ? offered <= price : offered >= price;
}

/** Whether a price wakes an order that waits for its trigger. */
export function wakes({ side, trigger }: Ticket, traded: number): boolean {
  if (trigger === undefined) return true;
  return side === "buy" ? traded >= trigger : traded <= trigger;
}

export type BookEvent =
  | { type: "accepted" | "modified" | "cancelled" | "rejected" | "lapsed"; account: string; order: Order }
  | { type: "filled"; account: string; order: Order; fill: Fill };
