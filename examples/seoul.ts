/** KIS means the clocks of Seoul, wherever this program runs. Korea has no summer time. */
const AHEAD = 9 * 3_600_000;
const DAY = 24 * 3_600_000;

/** `20261120`: today, or so many days ago. */
export function dayInSeoul(daysAgo = 0): string {
  return new Date(Date.now() + AHEAD - daysAgo * DAY).toISOString().slice(0, 10).replaceAll("-", "");
}

/** `143005` */
export function timeInSeoul(): string {
  return new Date(Date.now() + AHEAD).toISOString().slice(11, 19).replaceAll(":", "");
}
