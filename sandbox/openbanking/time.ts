import { parseYmd } from "../shared/clock.js";

const SEOUL_OFFSET = 9 * 3_600_000;

/** 거래일시 of an answer: `yyyymmddhhmmssSSS` by the clocks of Seoul. */
export function milliseconds(time: number): string {
  return new Date(time + SEOUL_OFFSET).toISOString().replace(/\D/g, "");
}

/** `yyyymmddhhmmss` by the clocks of Seoul. */
export function seconds(time: number): string {
  return milliseconds(time).slice(0, 14);
}

/** `hhmmss` by the clocks of Seoul. */
export function timeOfDay(time: number): string {
  return milliseconds(time).slice(8, 14);
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
