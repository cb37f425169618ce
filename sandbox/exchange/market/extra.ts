import { between, type Random } from "../../shared/random.js";
import type { Instrument } from "./instrument.js";
import { round } from "./rounding.js";

/** Trades of a day that come on top of those of the seed. */
export interface Extra {
  day: number;
  /** Which trade of the seed the last of them came after. Its price holds until the seed has the next one. */
  tick: number;
  /** How far the price has gone from that one, in steps. */
  steps: number;
  count: number;
  price: number;
  high: number;
  low: number;
  volume: number;
  amount: number;
}

/** Beyond them prices would jump back visibly when the seed has its next trade. */
const FARTHEST = 3;

/** One more: at the price before, or a step beside it. */
export function grown(
  before: Extra | undefined,
  { day, tick, from, mayMove }: { day: number; tick: number; from: number; mayMove: boolean },
  {
    instrument,
    priceAt,
    next,
  }: { instrument: Instrument; priceAt: (from: number, steps: number) => number; next: Random },
): Extra & { sold: number } {
  const same = before?.day === day ? before : undefined;
  const steps = same?.tick === tick ? same.steps : 0;
  const moved = mayMove ? Math.max(-FARTHEST, Math.min(FARTHEST, steps + between(next, -1, 1))) : 0;
  const price = priceAt(from, moved);
  const { base, unit, decimals } = instrument;
  const sold = between(next, 1, Math.max(1, Math.round(10_000_000 / (base * unit))));
  return {
    day,
    tick,
    steps: moved,
    count: (same?.count ?? 0) + 1,
    price,
    high: Math.max(same?.high ?? price, price),
    low: Math.min(same?.low ?? price, price),
    volume: (same?.volume ?? 0) + sold,
    amount: round((same?.amount ?? 0) + price * sold * unit, decimals),
    sold,
  };
}
