/** Milliseconds since 1970, as `Date.now` gives them. */
export type Clock = () => number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const SEOUL_OFFSET = 9 * HOUR;

/** `yyyymmddhhmmssSSS` by the clocks of Seoul, the year round. */
export function seoulStamp(time: number): string {
  return new Date(time + SEOUL_OFFSET).toISOString().replace(/\D/g, "");
}

/** A day of the Seoul calendar as it goes over the wire: `yyyymmdd`. */
export function ymd(time: number): string {
  return seoulStamp(time).slice(0, 8);
}

/** A time of the Seoul day as it goes over the wire: `hhmmss`. */
export function hms(time: number): string {
  return seoulStamp(time).slice(8, 14);
}

/** Noon in Seoul of a `yyyymmdd` day; undefined when the text is no such day. Noon keeps day arithmetic away from midnight. */
export function parseYmd(text: unknown): number | undefined {
  if (typeof text !== "string" || !/^\d{8}$/.test(text)) return undefined;
  const time = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8)), 3);
  return ymd(time) === text ? time : undefined;
}

export function addDays(time: number, days: number): number {
  return time + days * DAY;
}

/** Whole days from one time to a later one, never below zero. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / DAY));
}
