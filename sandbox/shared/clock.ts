/** Milliseconds since 1970, as `Date.now` gives them. */
export type Clock = () => number;

const DAY = 86_400_000;
const SEOUL_OFFSET = 9 * 3_600_000;

/** A day of the Seoul calendar as it goes over the wire: `yyyymmdd`. */
export function ymd(time: number): string {
  return new Date(time + SEOUL_OFFSET).toISOString().slice(0, 10).replaceAll("-", "");
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
