import type { Instrument } from "../../exchange/market/instrument.js";
import { dayOf, opensAt, sessionAt } from "../../exchange/market/venue.js";
import { MINUTE, SECOND } from "../../shared/clock.js";
import type { Input } from "./subject.js";

/** Which stretch of a chart is asked for. */
export interface Window {
  /** Days of the venue, both included. */
  from: number;
  until: number;
  /** The last moment, for charts of minutes. */
  moment: number;
  /** Minutes of a bar. */
  step: number;
  period: Period;
}

export type Period = "day" | "week" | "month" | "year";

const PERIODS: Readonly<Record<string, Period>> = {
  D: "day",
  W: "week",
  M: "month",
  Y: "year",
  "0": "day",
  "1": "week",
  "2": "month",
};

/** Where the names of operations leave no doubt, and no parameter says it. */
const BY_PATH: readonly (readonly [RegExp, Period])[] = [
  [/weekly-ccnl$/, "week"],
  [/monthly-ccnl$/, "month"],
];

/** Reads dates, hours and steps from the parameters; what is not said is up to now, one day, one minute. */
export function windowOf(path: string, input: Input, { venue }: Instrument, now: number): Window {
  const today = sessionAt(venue, now);
  const [from, until] = daysIn(input);
  const continued = continuedAt(venue, input);
  const last = Math.min(continued?.day ?? until ?? today, today);
  const hour = hourIn(input);
  const moment = continued?.moment ?? (hour === undefined ? endOf(venue, last) : momentAt(venue, last, hour));
  const named = BY_PATH.find(([name]) => name.test(path))?.[1];
  return {
    from: from ?? 0,
    until: last,
    moment: Math.min(moment, now),
    step: stepIn(input),
    period: named ?? PERIODS[input.FID_PERIOD_DIV_CODE ?? input.GUBN ?? ""] ?? "day",
  };
}

/** Where the page before ended: by `INDEX_KEY` as the sandbox gave it, or by the `KEYB` that callers make of the oldest bar. */
function continuedAt(venue: Instrument["venue"], input: Input): { day: number; moment: number } | undefined {
  const key = input.QRY_TP === "P" ? input.INDEX_KEY : input.NEXT === "1" ? input.KEYB : undefined;
  const day = key !== undefined && /^\d{14}/.test(key) ? dayOf(key.slice(0, 8)) : undefined;
  return key === undefined || day === undefined ? undefined : { day, moment: momentAt(venue, day, key.slice(8, 14)) };
}

/** The earliest and the latest day that is named; one alone is the latest. */
function daysIn(input: Input): [from: number | undefined, until: number | undefined] {
  const named = DATE_FIELDS.flatMap((field) => dayOf((input[field] ?? "").slice(0, 8)) ?? []);
  const latest = named.length > 0 ? Math.max(...named) : undefined;
  return [named.length > 1 ? Math.min(...named) : undefined, latest];
}

const DATE_FIELDS = [
  "FID_INPUT_DATE_1",
  "FID_INPUT_DATE_2",
  "START_DATE_TIME",
  "CLOSE_DATE_TIME",
  "START_DATE",
  "END_DATE",
  "INQR_STRT_DT",
  "INQR_END_DT",
  "BYMD",
  "BSOP_DATE",
  "F_DT",
  "T_DT",
];

/** `FID_INPUT_HOUR_1` is a time of day in some operations and a number of seconds in others: a time has six digits. */
function hourIn({ FID_INPUT_HOUR_1: hour = "", CLOSE_DATE_TIME: close = "" }: Input): string | undefined {
  if (/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(hour)) return hour;
  return /^\d{12}$/.test(close) ? `${close.slice(8)}00` : undefined;
}

/** Minutes by `NMIN`, `QRY_GAP`, or seconds by `FID_HOUR_CLS_CODE` and by a short `FID_INPUT_HOUR_1`. */
function stepIn({ NMIN, QRY_GAP, FID_HOUR_CLS_CODE, FID_INPUT_HOUR_1: hour = "" }: Input): number {
  const minutes = Number(NMIN || QRY_GAP || 0);
  if (minutes >= 1) return Math.min(Math.floor(minutes), 240);
  const seconds = Number(FID_HOUR_CLS_CODE || (hour.length < 6 ? hour : 0));
  return seconds >= 60 ? Math.min(Math.floor(seconds / 60), 240) : 1;
}

function momentAt(venue: Instrument["venue"], day: number, hhmmss: string): number {
  const clock = Number(hhmmss.slice(0, 2)) * 60 + Number(hhmmss.slice(2, 4));
  return opensAt({ ...venue, open: 0 }, day) + clock * MINUTE + Number(hhmmss.slice(4)) * SECOND;
}

function endOf(venue: Instrument["venue"], day: number): number {
  return opensAt({ ...venue, open: 0 }, day + 1) - 1;
}
