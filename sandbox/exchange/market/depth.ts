import { between, random } from "../../shared/random.js";
import type { Instrument } from "./instrument.js";
import { stepsFrom } from "./market.js";

/** One price of an order book, on both sides. */
export interface Level {
  ask: number;
  askVolume: number;
  bid: number;
  bidVolume: number;
}

/** The order book around a price: the best bid is where it was traded last, and the asks begin a step above. */
export function depth(instrument: Instrument, price: number, at: number, levels = 10): Level[] {
  const next = random(`depth/${instrument.id}/${price}/${at}`);
  const most = Math.max(10, Math.round(80_000_000 / (price * instrument.unit)));
  return Array.from({ length: levels }, (_, level) => ({
    ask: stepsFrom(instrument, price, level + 1),
    askVolume: between(next, 1, most),
    bid: stepsFrom(instrument, price, -level),
    bidVolume: between(next, 1, most),
  }));
}
