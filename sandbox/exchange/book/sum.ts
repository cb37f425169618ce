import { round } from "../market/rounding.js";

export function sum<Item>(items: readonly Item[], pick: (item: Item) => number): number {
  return round(
    items.reduce((total, item) => total + pick(item), 0),
    4,
  );
}
