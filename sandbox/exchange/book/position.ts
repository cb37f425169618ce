import { inCoins } from "../market/exchanges.js";
import type { Instrument } from "../market/instrument.js";

import type { Order, Side, Terms } from "./order.js";

/** What is held, or owed. */
export interface Position {
  instrument: Instrument;
  terms: Terms;
  /** Negative when it was sold without being held. */
  quantity: number;
  /** What it cost, or brought, without a sign. */
  cost: number;
  since: number;
}

/** Positions by instrument and lot. */
export type Positions = Map<string, Position>;

export function positionKey({ instrument, terms }: Pick<Order, "instrument" | "terms">): string {
  return `${terms.settlement}/${instrument.id}/${terms.lot}`;
}

/** The price for one that it was bought, or sold, at. */
export function averageOf({ instrument, quantity, cost }: Position): number {
  return quantity === 0 ? 0 : cost / Math.abs(quantity) / instrument.unit;
}

/** What a change of a position takes off it: a part of the cost, and the profit of that part. */
export interface Change {
  closed: number;
  cost: number;
  profit: number;
}

/** Buys or sells at a price. */
export function change(positions: Positions, order: Order, quantity: number, price: number, at: number): Change {
  const { side, instrument, terms } = order;
  const key = positionKey(order);
  const held = positions.get(key) ?? { instrument, terms, quantity: 0, cost: 0, since: at };
  const sign = signOf(side);
  const closed = Math.min(quantity, closable(held, side));
  const coins = (amount: number) => inCoins(amount, instrument.currency);
  const cost = closed === 0 ? 0 : coins((held.cost * closed) / Math.abs(held.quantity));
  const value = coins(closed * price * instrument.unit);
  const opened = quantity - closed;
  held.cost = coins(held.cost - cost + opened * price * instrument.unit);
  held.quantity += sign * quantity;
  if (held.quantity === 0) positions.delete(key);
  else positions.set(key, held);
  return { closed, cost, profit: coins(sign < 0 ? value - cost : cost - value) };
}

/** How much of a position an order of that side would take away. */
export function closable({ quantity }: Pick<Position, "quantity">, side: Side): number {
  return Math.max(0, -signOf(side) * quantity);
}

function signOf(side: Side): 1 | -1 {
  return side === "buy" ? 1 : -1;
}
