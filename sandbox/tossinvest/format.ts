/**
 * How things go over the wire: decimals as texts, times with their offset.
 * @module
 */
import { plainDigits } from "../../runtime/decimal.js";
import { dateOf, dayAt, tradingDay, VENUES } from "../exchange/market/venue.js";
import { HOUR } from "../shared/clock.js";

export function decimal(value: number): string {
  return plainDigits(Math.round(value * 1_000_000) / 1_000_000);
}

/** `2026-11-20T11:00:00.000+09:00` */
export function dateTime(time: number): string {
  return `${new Date(time + 9 * HOUR).toISOString().slice(0, -1)}+09:00`;
}

/** `2026-11-20`, so many trading days later. */
export function settlementDate(time: number, days: number): string {
  let day = dayAt(VENUES.korea, time);
  for (let left = days; left > 0; left--) day = tradingDay(VENUES.korea, day, 1);
  return dateOf(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
}

/** `2026-11-20` in Seoul. */
export function dateIn(time: number): string {
  return dateTime(time).slice(0, 10);
}
