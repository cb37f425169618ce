/**
 * How prices move: by the seed and the instrument alone, so that any moment of any day can be asked for, in any order.
 * @module
 */
import { random } from "../../shared/random.js";
import { type Instrument, onTick } from "./instrument.js";
import { closesAt, opensAt, tradingDay } from "./venue.js";

/** Between two trades. */
export const TICK = 10_000;

/** A session, trade by trade. */
export interface Session {
  day: number;
  opensAt: number;
  /** Price of each trade. */
  prices: Float64Array;
  /** Sold in each trade. */
  volumes: Float64Array;
}

/** Waves of different length that make up the price of a day: days from crest to crest, and how far they carry it. */
const WAVES: readonly (readonly [days: number, height: number])[] = [
  [400, 0.22],
  [90, 0.12],
  [21, 0.06],
  [5, 0.025],
  [1, 0.01],
];

/** What a session ends with. */
export function closing(seed: string | number, instrument: Instrument, day: number): number {
  let level = 0;
  WAVES.forEach(([days, height], wave) => {
    const at = day / days;
    const from = Math.floor(at);
    const [left, right] = [from, from + 1].map((crest) => random(`${seed}/${instrument.id}/${wave}/${crest}`)());
    level += height * (mix(left ?? 0, right ?? 0, at - from) * 2 - 1);
  });
  return onTick(instrument, instrument.base * Math.exp(level));
}

/** From one to the other without a corner. */
function mix(left: number, right: number, share: number): number {
  return left + (right - left) * share * share * (3 - 2 * share);
}

/** A session from its first trade to its last: a random walk, bent so that it ends where it has to. */
export function session(seed: string | number, instrument: Instrument, day: number): Session {
  const { venue } = instrument;
  const before = closing(seed, instrument, tradingDay(venue, day, -1));
  const close = closing(seed, instrument, day);
  const next = random(`${seed}/${instrument.id}/day/${day}`);
  const open = before * (1 + (next() - 0.5) * 0.008);
  const count = Math.floor((closesAt(venue, day) - opensAt(venue, day)) / TICK);
  const steps = new Float64Array(count);
  let walked = 0;
  for (let tick = 0; tick < count; tick++) {
    walked += next() - 0.5;
    steps[tick] = walked;
  }
  const prices = new Float64Array(count);
  const volumes = new Float64Array(count);
  const swing = (0.03 * before) / Math.sqrt(count);
  const lot = Math.max(1, 40_000_000 / (instrument.base * instrument.unit));
  for (let tick = 0; tick < count; tick++) {
    const share = count > 1 ? tick / (count - 1) : 1;
    const wander = (steps[tick] ?? 0) - walked * share;
    prices[tick] = onTick(instrument, within(instrument, before, open + (close - open) * share + wander * swing));
    const size = next();
    volumes[tick] = 1 + Math.floor(size * size * size * lot);
  }
  return { day, opensAt: opensAt(venue, day), prices, volumes };
}

function within({ limit }: Instrument, before: number, price: number): number {
  return limit === undefined ? price : Math.min(before * (1 + limit), Math.max(before * (1 - limit), price));
}
