/** Milliseconds since 1970 of a Korean time as KIS writes it, `2026-11-21 09:00:00`. NaN for anything else. */
export function fromKoreanTime(text: unknown): number {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(String(text).trim()) ?? [];
  // Korea has had no summer time since 1988.
  return date && time ? Date.parse(`${date}T${time}+09:00`) : Number.NaN;
}
