/**
 * What an account has done: orders and fills that are wanted, and fills in groups.
 * @module
 */
import { ymd } from "../../shared/clock.js";
import type { Instrument } from "../market/instrument.js";
import type { Book } from "./book.js";
import { type Fill, isOpen, type Order, type Side } from "./order.js";
import { sum } from "./sum.js";

/** Which orders or fills are wanted; what is left out, or blank, is all. */
export interface Wanted {
  kind: Instrument["kind"];
  /** Days of Seoul, `yyyymmdd`, both included. */
  from?: string;
  until?: string;
  side?: Side | undefined;
  /** `filled` in part at least, or `open`. */
  state?: "filled" | "open" | undefined;
  code?: string;
  number?: string;
  where?: (order: Order) => boolean;
  newestFirst?: boolean;
}

export function ordersOf(book: Book, wanted: Wanted): Order[] {
  const { number = "", state, where = () => true, newestFirst = false } = wanted;
  const found = book.orders.filter((order) => {
    if (!isWanted(order, order.at, wanted) || !where(order)) return false;
    if (state !== undefined && !(state === "open" ? isOpen(order) : order.filled > 0)) return false;
    return number === "" || Number(order.number) === Number(number);
  });
  return newestFirst ? found.reverse() : found;
}

/** Fills, oldest first. */
export function fillsOf(book: Book, wanted: Wanted): Fill[] {
  return book.fills.filter(({ order, at }) => isWanted(order, at, wanted));
}

function isWanted(
  { instrument, side }: Order,
  at: number,
  { kind, from = "", until = "", ...wanted }: Wanted,
): boolean {
  const date = ymd(at);
  if (instrument.kind !== kind || (from !== "" && date < from) || (until !== "" && date > until)) return false;
  const { code = "" } = wanted;
  return (wanted.side === undefined || side === wanted.side) && (code === "" || instrument.code === code);
}

/** Fills that stand in one row. */
export interface Group {
  date: string;
  fills: readonly Fill[];
  bought: number;
  boughtAmount: number;
  sold: number;
  soldAmount: number;
  /** What the sold part had cost. */
  cost: number;
  profit: number;
}

/** Fills by day, or by day and instrument; newest first. */
export function groupsOf(fills: readonly Fill[], by: "day" | "instrument"): Group[] {
  const groups = new Map<string, Fill[]>();
  for (const fill of fills) {
    const key = `${ymd(fill.at)}/${by === "instrument" ? fill.order.instrument.id : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), fill]);
  }
  return [...groups.entries()].map(([key, those]) => groupOf(key.slice(0, 8), those)).reverse();
}

function groupOf(date: string, fills: readonly Fill[]): Group {
  const sales = fills.filter(({ order }) => order.side === "sell");
  const purchases = fills.filter(({ order }) => order.side === "buy");
  return {
    date,
    fills,
    bought: sum(purchases, ({ quantity }) => quantity),
    boughtAmount: sum(purchases, ({ amount }) => amount),
    sold: sum(sales, ({ quantity }) => quantity),
    soldAmount: sum(sales, ({ amount }) => amount),
    cost: sum(fills, ({ cost }) => cost),
    profit: sum(fills, ({ profit }) => profit),
  };
}
