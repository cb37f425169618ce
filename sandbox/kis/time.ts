export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const SEOUL = 9 * HOUR;

/** `yyyymmdd` in Seoul. */
export function seoulDate(time: number): string {
  return new Date(time + SEOUL).toISOString().slice(0, 10).replaceAll("-", "");
}

/** `hhmmss` in Seoul. */
export function seoulTime(time: number): string {
  return new Date(time + SEOUL).toISOString().slice(11, 19).replaceAll(":", "");
}

/** `yyyy-mm-dd hh:mm:ss` in Seoul, which is how the token endpoint says when a token ends. */
export function seoulMoment(time: number): string {
  return new Date(time + SEOUL).toISOString().slice(0, 19).replace("T", " ");
}
