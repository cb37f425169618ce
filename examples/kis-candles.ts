/**
 * Candles: every minute of today, every day of more than a year, and a stock overseas. KIS answers 30 to 120 candles at a time; the
 * `…Pages` functions ask for the ones before them until there are none left.
 */
import {
  type ChartBar,
  inquireDailyItemchartpricePages,
  inquireDailyPrice,
  inquireTimeItemchartpricePages,
  type MinuteBar,
} from "kofin/kis/domestic-stock-quotations";
import { type DailyPrice, dailypricePages } from "kofin/kis/overseas-stock-quotations";
import { kis } from "./kis-client.js";
import { amount, step } from "./print.js";
import { dayInSeoul, timeInSeoul } from "./seoul.js";

const samsung = { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" };

step("005930 삼성전자, by the minute");
const now = timeInSeoul();
const minutes: MinuteBar[] = [];
const today = inquireTimeItemchartpricePages(kis, {
  ...samsung,
  // Newest first, beginning here. KIS makes up candles for minutes that are still to come.
  FID_INPUT_HOUR_1: now > "090000" && now < "153000" ? now : "153000",
  FID_PW_DATA_INCU_YN: "N",
  FID_ETC_CLS_CODE: "",
});
for await (const { data } of today) minutes.push(...(data.output2 ?? []));
console.log(`${minutes.length} candles`);
console.table(
  minutes.slice(0, 5).map((bar) => ({
    시각: bar.stck_cntg_hour,
    시가: amount(bar.stck_oprc),
    고가: amount(bar.stck_hgpr),
    저가: amount(bar.stck_lwpr),
    종가: amount(bar.stck_prpr),
    거래량: amount(bar.cntg_vol),
  })),
);

step("005930 삼성전자, the last thirty days in one call");
const recent = await inquireDailyPrice(kis, { ...samsung, FID_PERIOD_DIV_CODE: "D", FID_ORG_ADJ_PRC: "1" });
const month = recent.data.output ?? [];
console.log(`${month.length} days, the last one ${amount(month[0]?.stck_clpr)} (${month[0]?.prdy_ctrt}%)`);

step("005930 삼성전자, by the day");
const days: ChartBar[] = [];
const lastYear = inquireDailyItemchartpricePages(kis, {
  ...samsung,
  FID_INPUT_DATE_1: dayInSeoul(400),
  FID_INPUT_DATE_2: dayInSeoul(),
  FID_PERIOD_DIV_CODE: "D", // W by the week, M by the month, Y by the year
  FID_ORG_ADJ_PRC: "0", // 수정주가, with splits taken out: 0 here, 1 above
});
for await (const { data } of lastYear) days.push(...(data.output2 ?? []));
console.log(`${days.length} candles, from ${days.at(-1)?.stck_bsop_date} to ${days[0]?.stck_bsop_date}`);
console.table(
  days.slice(0, 5).map((bar) => ({
    일자: bar.stck_bsop_date,
    시가: amount(bar.stck_oprc),
    고가: amount(bar.stck_hgpr),
    저가: amount(bar.stck_lwpr),
    종가: amount(bar.stck_clpr),
    거래량: amount(bar.acml_vol),
  })),
);

step("AAPL 애플, by the day");
const appleDays: DailyPrice[] = [];
const apple = { EXCD: "NAS", SYMB: "AAPL", GUBN: "0", MODP: "1" };
// It would go on for decades: two pages are enough here.
for await (const { data } of dailypricePages(kis, apple, { limit: 2 })) appleDays.push(...(data.output2 ?? []));
console.log(`${appleDays.length} candles, from ${appleDays.at(-1)?.xymd} to ${appleDays[0]?.xymd}`);
console.table(
  appleDays.slice(0, 5).map((bar) => ({
    일자: bar.xymd,
    시가: amount(bar.open),
    고가: amount(bar.high),
    저가: amount(bar.low),
    종가: amount(bar.clos),
    거래량: amount(bar.tvol),
  })),
);
