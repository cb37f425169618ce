/**
 * Where things are traded, and when. Days are counted from 1970 by the clocks of the venue.
 * @module
 */
import { DAY, HOUR, MINUTE } from "../../shared/clock.js";

export interface Venue {
  /**
   * Milliseconds that its clocks are ahead of UTC. The year round: summer time would only make the sandbox harder to predict.
   */
  offset: number;
  /** Milliseconds after midnight. */
  open: number;
  close: number;
  /** Days without a session every year, 1225 for Christmas. Holidays of the lunar calendar are trading days here. */
  holidays: ReadonlySet<number>;
}

const venue = (hours: number, open: number, close: number, ...holidays: number[]): Venue => ({
  offset: hours * HOUR,
  open,
  close,
  holidays: new Set(holidays),
});

const KOREAN_HOLIDAYS = [101, 301, 501, 505, 606, 815, 1003, 1009, 1225, 1231];

export const VENUES = {
  korea: venue(9, 9 * HOUR, 15 * HOUR + 30 * MINUTE, ...KOREAN_HOLIDAYS),
  us: venue(-5, 9 * HOUR + 30 * MINUTE, 16 * HOUR, 101, 704, 1225),
  hongkong: venue(8, 9 * HOUR + 30 * MINUTE, 16 * HOUR, 101, 1225),
  china: venue(8, 9 * HOUR + 30 * MINUTE, 15 * HOUR, 101, 1001),
  japan: venue(9, 9 * HOUR, 15 * HOUR, 101, 1231),
  vietnam: venue(7, 9 * HOUR, 15 * HOUR, 101, 902),
  // Futures of the US trade from eight in the morning of Seoul to seven the next morning: a day that begins an hour after UTC's.
  globex: venue(1, 0, 23 * HOUR, 101, 1225),
} as const satisfies Record<string, Venue>;

/** The day of the venue's calendar at a time. */
export function dayAt({ offset }: Venue, time: number): number {
  return Math.floor((time + offset) / DAY);
}

/** `yyyymmdd` of a day. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10).replaceAll("-", "");
}

/** The day of a `yyyymmdd`; undefined when the text is no such day. */
export function dayOf(date: string): number | undefined {
  if (!/^\d{8}$/.test(date)) return undefined;
  const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / DAY;
  return dateOf(day) === date ? day : undefined;
}

/** 0 is Sunday. */
export function weekday(day: number): number {
  return (day + 4) % 7;
}

export function isTradingDay({ holidays }: Venue, day: number): boolean {
  const name = weekday(day);
  if (name === 0 || name === 6) return false;
  const date = new Date(day * DAY);
  return !holidays.has((date.getUTCMonth() + 1) * 100 + date.getUTCDate());
}

/** The trading day before or after a day, which need not be one. */
export function tradingDay(where: Venue, day: number, step: 1 | -1): number {
  let found = day + step;
  while (!isTradingDay(where, found)) found += step;
  return found;
}

/** The last day, up to and with this one, that has a session. */
export function latestTradingDay(where: Venue, day: number): number {
  return isTradingDay(where, day) ? day : tradingDay(where, day, -1);
}

export function opensAt({ offset, open }: Venue, day: number): number {
  return day * DAY + open - offset;
}

export function closesAt({ offset, close }: Venue, day: number): number {
  return day * DAY + close - offset;
}

/** The day of the session that is on, or was the last to be. */
export function sessionAt(where: Venue, time: number): number {
  const day = latestTradingDay(where, dayAt(where, time));
  return time < opensAt(where, day) ? tradingDay(where, day, -1) : day;
}

/** When the session ends that is on, or will be the next to be. */
export function nextClose(where: Venue, time: number): number {
  const today = dayAt(where, time);
  const isAhead = isTradingDay(where, today) && time < closesAt(where, today);
  return closesAt(where, isAhead ? today : tradingDay(where, today, 1));
}

/** When the next session begins. */
export function nextOpening(where: Venue, time: number): number {
  const today = dayAt(where, time);
  const isAhead = isTradingDay(where, today) && time < opensAt(where, today);
  return opensAt(where, isAhead ? today : tradingDay(where, today, 1));
}

/** `hhmmss` by the clocks of the venue. */
export function timeOf({ offset }: Venue, time: number): string {
  return new Date(time + offset).toISOString().slice(11, 19).replaceAll(":", "");
}
