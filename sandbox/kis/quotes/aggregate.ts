import type { Bar } from "../../exchange/market/market.js";
import { dateOf, weekday } from "../../exchange/market/venue.js";
import type { Period } from "./window.js";

/** Days to weeks, months or years; newest first, before and after. A bar bears the date of its first session, as at KIS. */
export function aggregate(days: readonly Bar[], period: Period): Bar[] {
  if (period === "day") return [...days];
  const bars: Bar[] = [];
  let name = "";
  for (const bar of days) {
    const belongs = nameOf(bar.day, period);
    const last = bars.at(-1);
    if (belongs === name && last) bars[bars.length - 1] = joined(bar, last);
    else bars.push(bar);
    name = belongs;
  }
  return bars;
}

/** Sessions that a bar takes, so that enough of them are looked up. */
export const SESSIONS: Readonly<Record<Period, number>> = { day: 1, week: 5, month: 23, year: 262 };

function nameOf(day: number, period: Period): string {
  if (period === "week") return String(day - weekday(day));
  return dateOf(day).slice(0, period === "month" ? 6 : 4);
}

function joined(earlier: Bar, later: Bar): Bar {
  return {
    ...earlier,
    high: Math.max(earlier.high, later.high),
    low: Math.min(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
    amount: earlier.amount + later.amount,
  };
}
