const KST_MS = 9 * 3_600_000;

/** `yyyymmddhhmmss` on the clocks of Seoul, wherever the server stands. */
export function kstStamp(time: number): string {
  return new Date(time + KST_MS).toISOString().replace(/\D/g, "").slice(0, 14);
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
  const time = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - KST_MS;
  // The 31st of February would have become a day in March.
  return kstStamp(time) === stamp ? time : undefined;
}
