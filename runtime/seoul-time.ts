/**
 * The clocks of Seoul, wherever the server stands. Korea has had no summer time since 1988.
 * @module
 */
const SEOUL_MS = 9 * 3_600_000;

/** `yyyymmddhhmmss` on the clocks of Seoul. */
export function kstStamp(time: number): string {
  return new Date(time + SEOUL_MS).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** `yyyymmdd` on the calendar of Seoul. */
export function kstDate(time: number): string {
  return kstStamp(time).slice(0, 8);
}

/** The time of a `yyyymmddhhmmss` of Seoul; undefined when there is no such moment. */
export function kstTime(stamp: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp)?.map(Number) ?? [];
  if (second === undefined) return undefined;
  const time = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - SEOUL_MS;
  // The 31st of February would have become a day in March.
  return kstStamp(time) === stamp ? time : undefined;
}

/** Milliseconds since 1970 of `2026-11-21 09:00:00` in Seoul. NaN for anything else. */
export function fromKoreanTime(text: unknown): number {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(String(text).trim()) ?? [];
  return date && time ? Date.parse(`${date}T${time}+09:00`) : Number.NaN;
}
