import { parseYmd, seoulStamp } from "../shared/clock.js";

/** `yyyymmddhhmmss` by the clocks of Seoul. */
export function seconds(time: number): string {
  return seoulStamp(time).slice(0, 14);
}

/** Whether digits are a moment that exists, such as `20260131235959`. */
export function isMoment(text: string): boolean {
  return text.length === 14 && isDay(text.slice(0, 8)) && isTimeOfDay(text.slice(8));
}

/** Whether digits are a time of day, `hhmmss`. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text);
}

/** Whether digits are a day that exists. */
export function isDay(text: string): boolean {
  return parseYmd(text) !== undefined;
}
