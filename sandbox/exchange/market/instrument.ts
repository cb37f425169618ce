/**
 * What can be traded. Every code of the right shape exists, so that a test may take the one it likes; a few have a name and a
 * price that a reader knows.
 * @module
 */
import { type Random, random } from "../../shared/random.js";
import type { Currency, Exchange } from "./exchanges.js";
import { OVERSEAS, STOCKS } from "./names.js";
import { round } from "./rounding.js";
import { VENUES, type Venue } from "./venue.js";

export type Kind = "stock" | "index" | "futures" | "bond" | "overseas" | "overseas-futures" | "overseas-index";

export interface Instrument {
  /** Tells one from every other. */
  id: string;
  kind: Kind;
  code: string;
  name: string;
  english: string;
  venue: Venue;
  currency: Currency;
  /** What it cost, give or take, at any time. */
  base: number;
  /** Digits after the point of a price. */
  decimals: number;
  /** The smallest step of a price near this one. */
  tick: (price: number) => number;
  /** Money for one unit at a price of one. */
  unit: number;
  /** How far a day may go from the close before; undefined where there is no limit. */
  limit?: number;
  /** Of an overseas stock. */
  exchange?: Exchange;
}

/** Codes that do not exist, for tests that need one. */
const UNKNOWN_CODES: ReadonlySet<string> = new Set(["999999", "ZZZZZ"]);

const KOREA = { venue: VENUES.korea, currency: "KRW" } as const;

export function stock(code: string): Instrument | undefined {
  if (!/^[A-Z]?[0-9A-Z]{6}$/.test(code) || UNKNOWN_CODES.has(code)) return undefined;
  const [name, english, base] = STOCKS[code] ?? [`가상종목${code}`, `SANDBOX ${code}`, invented(code, 3_000, 300_000)];
  const priced = { base, decimals: 0, tick: koreanTick, unit: 1, limit: 0.3 };
  return { id: `stock/${code}`, kind: "stock", code, name, english, ...KOREA, ...priced };
}

/** 업종지수: `0001` 코스피, `1001` 코스닥, `2001` 코스피200. */
export function index(code: string): Instrument | undefined {
  if (!/^[0-9A-Z]{3,6}$/.test(code)) return undefined;
  const [name, base] = INDICES[code] ?? [`가상업종${code}`, invented(code, 300, 3_000)];
  const priced = { base, decimals: 2, tick: () => 0.01, unit: 1, limit: 0.3 };
  return { id: `index/${code}`, kind: "index", code, name, english: `INDEX ${code}`, ...KOREA, ...priced };
}

const INDICES: Readonly<Record<string, readonly [string, number]>> = {
  "0001": ["종합", 2_700],
  "1001": ["KOSDAQ", 850],
  "2001": ["KOSPI200", 360],
};

/** 선물옵션. Options (a code that begins with 2 or 3, or B or C since 2024) cost points, futures what the index does. */
export function futures(code: string): Instrument | undefined {
  if (!/^[0-9A-Z]{6,12}$/.test(code) || UNKNOWN_CODES.has(code)) return undefined;
  const isOption = /^[23BC]/.test(code);
  const name = `KOSPI200 ${isOption ? "옵션" : "선물"} ${code}`;
  const priced = isOption
    ? { base: invented(code, 2, 20), tick: () => 0.01, limit: 0.5 }
    : { base: 360, tick: () => 0.05, limit: 0.2 };
  const english = `KOSPI200 ${code}`;
  return {
    id: `futures/${code}`,
    kind: "futures",
    code,
    name,
    english,
    ...KOREA,
    ...priced,
    decimals: 2,
    unit: 250_000,
  };
}

/** 장내채권, by its ISIN. Prices are for a face value of 10,000 won, quantities count 1,000 won. */
export function bond(code: string): Instrument | undefined {
  if (!/^KR[0-9A-Z]{10}$/.test(code)) return undefined;
  const name = `가상채권${code.slice(-5)}`;
  const priced = { base: invented(code, 9_500, 10_500), decimals: 1, tick: () => 0.1, unit: 0.1, limit: 0.1 };
  return { id: `bond/${code}`, kind: "bond", code, name, english: `BOND ${code}`, ...KOREA, ...priced };
}

export function overseas(exchange: Exchange, code: string): Instrument | undefined {
  if (!/^[0-9A-Z./-]{1,12}$/.test(code) || UNKNOWN_CODES.has(code)) return undefined;
  const { currency, venue: where } = exchange;
  const [name, english, base] = OVERSEAS[code] ?? [
    `가상종목 ${code}`,
    `SANDBOX ${code}`,
    invented(code, ...SPAN[currency]),
  ];
  const step = currency === "VND" ? 100 : currency === "JPY" ? 1 : 0.01;
  const priced = { base, decimals: step < 1 ? 2 : 0, tick: () => step, unit: 1 };
  const id = `overseas/${exchange.id}/${code}`;
  return { id, kind: "overseas", code, name, english, venue: where, currency, exchange, ...priced };
}

const SPAN: Readonly<Record<Currency, readonly [number, number]>> = {
  KRW: [3_000, 300_000],
  USD: [8, 400],
  HKD: [5, 400],
  CNY: [5, 300],
  JPY: [500, 9_000],
  VND: [9_000, 90_000],
};

/** 해외선물옵션, in dollars. */
export function overseasFutures(code: string): Instrument | undefined {
  if (!/^[0-9A-Z ._-]{2,32}$/.test(code) || UNKNOWN_CODES.has(code)) return undefined;
  const priced = { base: invented(code, 1_000, 6_000), decimals: 2, tick: () => 0.25, unit: 50 };
  const id = `overseas-futures/${code}`;
  const named = { code, name: `해외선물 ${code}`, english: code };
  return { id, kind: "overseas-futures", ...named, venue: VENUES.globex, currency: "USD", ...priced };
}

/** 해외지수, 환율, 국채, 금: what has a price and cannot be ordered. */
export function overseasIndex(code: string): Instrument | undefined {
  if (!/^[0-9A-Z.@#/_-]{1,16}$/i.test(code) || UNKNOWN_CODES.has(code)) return undefined;
  const priced = { base: invented(code, 500, 6_000), decimals: 2, tick: () => 0.01, unit: 1 };
  const named = { code, name: `해외지수 ${code}`, english: code };
  return {
    id: `overseas-index/${code}`,
    kind: "overseas-index",
    ...named,
    venue: VENUES.us,
    currency: "USD",
    ...priced,
  };
}

/** The steps of the Korea Exchange since January 2023. */
export function koreanTick(price: number): number {
  if (price < 2_000) return 1;
  if (price < 5_000) return 5;
  if (price < 20_000) return 10;
  if (price < 50_000) return 50;
  if (price < 200_000) return 100;
  return price < 500_000 ? 500 : 1_000;
}

/** To the nearest step, at least one. */
export function onTick({ tick, decimals }: Pick<Instrument, "tick" | "decimals">, price: number): number {
  const step = tick(price);
  return round(Math.max(1, Math.round(price / step)) * step, decimals);
}

/** A price that goes with a code, the same in every sandbox; low ones are likelier. */
function invented(code: string, low: number, high: number): number {
  const next: Random = random(`base/${code}`);
  return low * (high / low) ** next();
}
