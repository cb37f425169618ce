import fc from "fast-check";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { depth } from "../../sandbox/exchange/market/depth.js";
import { bond, futures, koreanTick, onTick, stock } from "../../sandbox/exchange/market/instrument.js";
import { Market, stepsFrom } from "../../sandbox/exchange/market/market.js";
import { closing, session } from "../../sandbox/exchange/market/path.js";
import { round } from "../../sandbox/exchange/market/rounding.js";
import {
  dateOf,
  dayOf,
  isTradingDay,
  nextClose,
  nextOpening,
  sessionAt,
  tradingDay,
  VENUES,
} from "../../sandbox/exchange/market/venue.js";
import { overseas } from "../../sandbox/kis/exchange-codes.js";
import { type Answer, connect, DAY, HOUR, MINUTE, NOW, OVERSEAS, open, STOCK, signIn, specs } from "./kis-client.js";

const PRICES = "/uapi/overseas-price/v1/quotations";

async function quotations(changes: Parameters<typeof connect>[0] = {}) {
  const connected = await connect(changes);
  const { get } = connected;
  const at = (name: string, trId: string, query: Record<string, string> = {}) =>
    get(`${STOCK}/quotations/${name}`, trId, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930", ...query });
  const daily = async (from: string, until: string, period = "D") =>
    (
      await at("inquire-daily-itemchartprice", "FHKST03010100", {
        FID_INPUT_DATE_1: from,
        FID_INPUT_DATE_2: until,
        FID_PERIOD_DIV_CODE: period,
        FID_ORG_ADJ_PRC: "0",
      })
    ).body;
  const minutes = async (hour: string, past = "N") =>
    (
      await at("inquire-time-itemchartprice", "FHKST03010200", {
        FID_INPUT_HOUR_1: hour,
        FID_PW_DATA_INCU_YN: past,
        FID_ETC_CLS_CODE: "",
      })
    ).body;
  const price = async () => (await at("inquire-price", "FHKST01010100")).body.output;
  const overseasAt = async (name: string, trId: string, query: Record<string, string> = {}) =>
    (await get(`${PRICES}/${name}`, trId, { AUTH: "", EXCD: "NAS", SYMB: "AAPL", ...query })).body;
  return { ...connected, at, daily, minutes, price, overseasAt };
}

describe("one market", () => {
  test("price, chart, order book and lists agree", async () => {
    const { at, daily, minutes, price } = await quotations();
    const now = await price();
    const chart = await daily("20261101", "20261120");
    expect(chart.output1.stck_prpr).toBe(now.stck_prpr);
    expect(chart.output2[0]).toMatchObject({
      stck_bsop_date: "20261120",
      stck_clpr: now.stck_prpr,
      stck_oprc: now.stck_oprc,
      stck_hgpr: now.stck_hgpr,
      stck_lwpr: now.stck_lwpr,
      acml_vol: now.acml_vol,
    });
    expect(chart.output2[1].stck_clpr).toBe(now.stck_sdpr);
    const { output2 } = await minutes("110000");
    expect(output2[0]).toMatchObject({
      stck_cntg_hour: "110000",
      stck_prpr: now.stck_prpr,
      acml_tr_pbmn: now.acml_tr_pbmn,
    });
    const book = (await at("inquire-asking-price-exp-ccn", "FHKST01010200")).body;
    expect([book.output1.bidp1, book.output2.stck_prpr]).toEqual([now.stck_prpr, now.stck_prpr]);
    const recent = (
      await at("inquire-daily-price", "FHKST01010400", { FID_PERIOD_DIV_CODE: "D", FID_ORG_ADJ_PRC: "0" })
    ).body.output;
    expect(recent).toHaveLength(30);
    expect(recent[0]).toMatchObject({ stck_bsop_date: "20261120", stck_clpr: now.stck_prpr, prdy_vrss: now.prdy_vrss });
    const trades = (await at("inquire-ccnl", "FHKST01010300")).body.output;
    expect(trades[0].stck_prpr).toBe(now.stck_prpr);
  });

  test("arithmetic: change, rate, sign, limits, and the year", async () => {
    const { price } = await quotations();
    const now = await price();
    const [last, before] = [Number(now.stck_prpr), Number(now.stck_sdpr)];
    expect(Number(now.prdy_vrss)).toBe(last - before);
    expect(now.prdy_ctrt).toBe((((last - before) / before) * 100).toFixed(2));
    expect(now.prdy_vrss_sign).toBe(last > before ? "2" : last < before ? "5" : "3");
    expect(Number(now.stck_mxpr) / before).toBeCloseTo(1.3, 2);
    expect(Number(now.stck_llam) / before).toBeCloseTo(0.7, 2);
    expect(Number(now.w52_hgpr)).toBeGreaterThanOrEqual(Number(now.stck_hgpr));
    expect(Number(now.w52_lwpr)).toBeLessThanOrEqual(Number(now.stck_lwpr));
  });

  test("a stock is one thing at home, an index another, and what nobody lists is nothing", async () => {
    const { get, at } = await quotations();
    const index = await get(`${STOCK}/quotations/inquire-index-price`, "FHPUP02100000", {
      FID_COND_MRKT_DIV_CODE: "U",
      FID_INPUT_ISCD: "0001",
    });
    expect(index.body.output.bstp_nmix_prpr).toMatch(/^\d{4}\.\d\d$/);
    const unknown = await at("inquire-price", "FHKST01010100", { FID_INPUT_ISCD: "999999" });
    expect(unknown.body).toEqual({ output: {}, rt_cd: "0", msg_cd: "MCA00000", msg1: expect.any(String) });
    const none = await at("inquire-daily-price", "FHKST01010400", {
      FID_INPUT_ISCD: "999999",
      FID_PERIOD_DIV_CODE: "D",
      FID_ORG_ADJ_PRC: "0",
    });
    expect(none.body.output).toEqual([]);
  });

  test("moves with the clock, and depends on the seed", async () => {
    const { price, clock } = await quotations();
    const first = await price();
    clock.now += HOUR;
    const later = await price();
    expect(Number(later.acml_vol)).toBeGreaterThan(Number(first.acml_vol));
    const other = await signIn(createSandbox({ specs, seed: 2, now: () => NOW }));
    const query = { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" };
    expect(
      (await other.get(`${STOCK}/quotations/inquire-price`, "FHKST01010100", query)).body.output.stck_prpr,
    ).not.toBe(first.stck_prpr);
  });

  test("stands still at night, on weekends and on holidays", async () => {
    const { price, clock, renew } = await quotations();
    clock.now = Date.UTC(2026, 10, 20, 6, 30);
    const closed = await price();
    for (const later of [2 * HOUR, DAY, 2 * DAY, 2 * DAY + 17 * HOUR]) {
      clock.now = Date.UTC(2026, 10, 20, 6, 30) + later;
      await renew();
      expect((await price()).stck_prpr).toBe(closed.stck_prpr);
    }
  });

  test("setPrice: everything says so from then on, and nothing before it changes", async () => {
    const { price, daily, minutes, clock, kis, renew } = await quotations();
    const before = await daily("20261101", "20261120");
    kis.setPrice("005930", 70_000);
    clock.now += 2 * MINUTE;
    expect(await price()).toMatchObject({
      stck_prpr: "70000",
      stck_lwpr: "70000",
      stck_oprc: before.output2[0].stck_oprc,
    });
    expect((await minutes("110200")).output2[0]).toMatchObject({ stck_prpr: "70000", stck_hgpr: "70000" });
    const after = await daily("20261101", "20261120");
    expect(after.output2[0].stck_clpr).toBe("70000");
    expect(after.output2.slice(1)).toEqual(before.output2.slice(1));
    clock.now += 4 * DAY;
    await renew();
    expect(await price()).toMatchObject({ stck_prpr: "70000", prdy_vrss: "0", prdy_vrss_sign: "3" });
    expect(kis.price("005930")).toBe(70_000);
  });

  test("a sandbox that is reset has its own prices again", () => {
    const { sandbox, kis } = open();
    const before = kis.price("005930");
    kis.setPrice("005930", 1_000);
    sandbox.reset();
    expect(kis.price("005930")).toBe(before);
  });
});

describe("charts", () => {
  test("of days: at most a hundred, newest first, walked back by the date", async () => {
    const { daily } = await quotations();
    const dates: string[] = [];
    let until = "20261120";
    for (let page = 0; page < 3; page++) {
      const { output2 } = await daily("20250101", until);
      expect(output2.length).toBeLessThanOrEqual(100);
      dates.push(...output2.map(({ stck_bsop_date }: Answer) => stck_bsop_date));
      until = dateOf((dayOf(dates.at(-1) ?? "") ?? 0) - 1);
    }
    expect(new Set(dates).size).toBe(300);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test("of days: what is asked for, and not the weekend", async () => {
    const { daily } = await quotations();
    const { output2 } = await daily("20261112", "20261117");
    expect(output2.map(({ stck_bsop_date }: Answer) => stck_bsop_date)).toEqual([
      "20261117",
      "20261116",
      "20261113",
      "20261112",
    ]);
    expect((await daily("20261114", "20261115")).output2).toEqual([]);
  });

  test("of weeks, months and years are made of days", async () => {
    const { daily } = await quotations();
    const days: Answer[] = (await daily("20261101", "20261120")).output2;
    const [week] = (await daily("20261101", "20261120", "W")).output2;
    const inWeek = days.filter(({ stck_bsop_date }) => stck_bsop_date >= "20261116");
    expect(week).toMatchObject({
      stck_bsop_date: "20261116",
      stck_clpr: days[0].stck_clpr,
      stck_oprc: inWeek.at(-1).stck_oprc,
    });
    expect(Number(week.stck_hgpr)).toBe(Math.max(...inWeek.map(({ stck_hgpr }) => Number(stck_hgpr))));
    const [month] = (await daily("20261101", "20261120", "M")).output2;
    expect(Number(month.acml_vol)).toBe(days.reduce((sum, { acml_vol }) => sum + Number(acml_vol), 0));
    const years: Answer[] = (await daily("20200101", "20261120", "Y")).output2;
    expect(years.map(({ stck_bsop_date }) => stck_bsop_date.slice(0, 4))).toEqual([
      "2026",
      "2025",
      "2024",
      "2023",
      "2022",
      "2021",
      "2020",
    ]);
  });

  test("of minutes: thirty a call, walked back to the opening by the hour", async () => {
    const { minutes } = await quotations();
    const hours: string[] = [];
    let until = "110000";
    for (let page = 0; page < 10; page++) {
      const { output2 } = await minutes(until);
      if (output2.length === 0) break;
      expect(output2.length).toBeLessThanOrEqual(30);
      hours.push(...output2.map(({ stck_cntg_hour }: Answer) => stck_cntg_hour));
      const [, hour, minute] = /^(\d\d)(\d\d)/.exec(hours.at(-1) ?? "") ?? [];
      const back = Number(hour) * 60 + Number(minute) - 1;
      until = `${String(Math.floor(back / 60)).padStart(2, "0")}${String(back % 60).padStart(2, "0")}00`;
    }
    expect(hours).toHaveLength(121);
    expect([hours[0], hours.at(-1)]).toEqual(["110000", "090000"]);
    expect(new Set(hours).size).toBe(121);
  });

  test("of minutes on a weekend are of the last session, and move back all the same", async () => {
    const { minutes, clock, renew } = await quotations();
    clock.now = Date.UTC(2026, 10, 21, 2);
    await renew();
    const { output2 } = await minutes("100000");
    expect(output2[0]).toMatchObject({ stck_bsop_date: "20261120", stck_cntg_hour: "100000" });
    expect((await minutes("085900")).output2).toEqual([]);
    expect((await minutes("085900", "Y")).output2[0].stck_bsop_date).toBe("20261119");
  });

  test("of minutes of another day: 120 a call", async () => {
    const { at } = await quotations();
    const query = {
      FID_INPUT_DATE_1: "20261117",
      FID_INPUT_HOUR_1: "153000",
      FID_PW_DATA_INCU_YN: "Y",
      FID_FAKE_TICK_INCU_YN: "",
    };
    const { body } = await at("inquire-time-dailychartprice", "FHKST03010230", query);
    expect(body.output2).toHaveLength(120);
    expect(body.output2[0]).toMatchObject({ stck_bsop_date: "20261117", stck_cntg_hour: "152900" });
  });

  test("minutes add up to their day", async () => {
    const { minutes, price } = await quotations();
    const now = await price();
    const bars: Answer[] = [];
    for (const hour of ["110000", "103000", "100000", "093000", "090000"]) bars.push(...(await minutes(hour)).output2);
    const unique = [...new Map(bars.map((bar) => [bar.stck_cntg_hour, bar])).values()];
    expect(unique.reduce((sum, { cntg_vol }) => sum + Number(cntg_vol), 0)).toBe(Number(now.acml_vol));
    expect(Math.max(...unique.map(({ stck_hgpr }) => Number(stck_hgpr)))).toBe(Number(now.stck_hgpr));
    expect(Math.min(...unique.map(({ stck_lwpr }) => Number(stck_lwpr)))).toBe(Number(now.stck_lwpr));
  });
});

describe("overseas", () => {
  test("price, detail, days, minutes and order book agree, by the clocks of the exchange", async () => {
    const { overseasAt } = await quotations();
    const { output } = await overseasAt("price", "HHDFS00000300");
    expect(output).toMatchObject({ rsym: "DNASAAPL", zdiv: "4", last: expect.stringMatching(/^\d+\.\d{4}$/) });
    expect((await overseasAt("price-detail", "HHDFS76200200")).output).toMatchObject({
      last: output.last,
      base: output.base,
      curr: "USD",
    });
    const days = await overseasAt("dailyprice", "HHDFS76240000", { GUBN: "0", BYMD: "", MODP: "1" });
    expect(days.output2).toHaveLength(100);
    // Eleven in Seoul is nine in the evening of New York: the session of the 19th is over.
    expect(days.output2[0]).toMatchObject({ xymd: "20261119", clos: output.last });
    const book = await overseasAt("inquire-asking-price", "HHDFS76200100");
    expect(book.output2[0].pbid1).toBe(output.last);
    const query = { NMIN: "5", PINC: "1", NEXT: "", NREC: "10", FILL: "", KEYB: "" };
    const bars = await overseasAt("inquire-time-itemchartprice", "HHDFS76950200", query);
    expect(bars.output2[0]).toMatchObject({
      xymd: "20261119",
      xhms: "155500",
      kymd: "20261120",
      khms: "055500",
      last: output.last,
    });
  });

  test("days walk back by BYMD, and weeks are weeks", async () => {
    const { overseasAt } = await quotations();
    const back = await overseasAt("dailyprice", "HHDFS76240000", { GUBN: "0", BYMD: "20261031", MODP: "1" });
    expect(back.output2[0].xymd).toBe("20261030");
    const weeks = await overseasAt("dailyprice", "HHDFS76240000", { GUBN: "1", BYMD: "", MODP: "1" });
    expect(Number(weeks.output2[0].xymd) - Number(weeks.output2[1].xymd)).toBe(7);
  });

  test("minutes go on before the oldest bar, by NEXT and KEYB", async () => {
    const { overseasAt } = await quotations();
    const query = { NMIN: "1", PINC: "1", NREC: "120", FILL: "" };
    const first = await overseasAt("inquire-time-itemchartprice", "HHDFS76950200", { ...query, NEXT: "", KEYB: "" });
    expect(first.output1).toMatchObject({ next: "1", more: "1" });
    const oldest = first.output2.at(-1);
    expect(`${oldest.xymd}${oldest.xhms}`).toBe("20261119140000");
    const second = await overseasAt("inquire-time-itemchartprice", "HHDFS76950200", {
      ...query,
      NEXT: "1",
      KEYB: "20261119135900",
    });
    expect(second.output2[0]).toMatchObject({ xymd: "20261119", xhms: "135900" });
  });

  test("futures go on by INDEX_KEY until there is nothing more", async () => {
    const { get } = await quotations();
    const ask = async (name: string, trId: string, query: Record<string, string>) =>
      (
        await get(`/uapi/overseas-futureoption/v1/quotations/${name}`, trId, {
          SRS_CD: "ESZ26",
          EXCH_CD: "CME",
          START_DATE_TIME: "",
          CLOSE_DATE_TIME: "20261120",
          QRY_GAP: "1",
          ...query,
        })
      ).body;
    const first = await ask("daily-ccnl", "HHDFC55020100", { QRY_TP: "Q", QRY_CNT: "30", INDEX_KEY: "" });
    expect(first.output2).toHaveLength(30);
    const second = await ask("daily-ccnl", "HHDFC55020100", {
      QRY_TP: "P",
      QRY_CNT: "30",
      INDEX_KEY: first.output1.index_key,
    });
    const dates = [...first.output2, ...second.output2].map(({ data_date }: Answer) => data_date);
    expect(new Set(dates).size).toBe(60);
    expect(dates).toEqual([...dates].sort().reverse());
    const minutes = await ask("inquire-time-futurechartprice", "HHDFC55020400", {
      QRY_TP: "Q",
      QRY_CNT: "50",
      INDEX_KEY: "",
    });
    const more = await ask("inquire-time-futurechartprice", "HHDFC55020400", {
      QRY_TP: "P",
      QRY_CNT: "50",
      INDEX_KEY: minutes.output2.index_key,
    });
    const moments = [...minutes.output1, ...more.output1].map(
      ({ data_date, data_time }: Answer) => data_date + data_time,
    );
    expect(new Set(moments).size).toBe(100);
    expect(moments).toEqual([...moments].sort().reverse());
  });

  test("several at once, and rankings of their own exchange", async () => {
    const { get, overseasAt } = await quotations();
    const query = { AUTH: "", NREC: "2", EXCD_01: "NAS", SYMB_01: "AAPL", EXCD_02: "HKS", SYMB_02: "00700" };
    const { body } = await get(`${PRICES}/multprice`, "HHDFS76220000", query);
    expect(body.output2.map(({ symb, curr }: Answer) => [symb, curr])).toEqual([
      ["AAPL", "USD"],
      ["00700", "HKD"],
    ]);
    expect(body.output2[0].last).toBe((await overseasAt("price", "HHDFS00000300")).output.last);
    const ranking = { KEYB: "", AUTH: "", EXCD: "NYS", VOL_RANG: "0" };
    const ranked = await get(`${OVERSEAS}/ranking/market-cap`, "HHDFS76350100", ranking);
    expect(ranked.body.output2[0]).toMatchObject({ excd: "NYS", rank: "1", rsym: expect.stringMatching(/^DNYS/) });
  });

  test("what is not listed there is nothing", async () => {
    const { overseasAt } = await quotations();
    expect((await overseasAt("price", "HHDFS00000300", { SYMB: "ZZZZZ" })).output).toEqual({});
    expect((await overseasAt("price", "HHDFS00000300", { EXCD: "XXX" })).output).toEqual({});
  });
});

describe("the model behind it", () => {
  const samsung = stock("005930");
  if (!samsung) throw new Error("005930 is missing");

  test("trades between two moments are those of one long walk", () => {
    const clock = { now: NOW };
    const market = new Market(1, () => clock.now);
    const whole = [...market.trades(samsung, NOW - 2 * DAY, NOW)];
    const halves = [...market.trades(samsung, NOW - 2 * DAY, NOW - DAY), ...market.trades(samsung, NOW - DAY, NOW)];
    expect(halves).toEqual(whole);
    expect(whole.at(-1)?.price).toBe(market.price(samsung));
    expect(whole.every(({ at }, index) => index === 0 || at > (whole[index - 1]?.at ?? 0))).toBe(true);
  });

  test("sessions open near the close before, end where they must, and keep within the limits", () => {
    for (let day = dayOf("20260901") ?? 0; day < (dayOf("20261101") ?? 0); day++) {
      if (!isTradingDay(VENUES.korea, day)) continue;
      const { prices } = session("seed", samsung, day);
      const before = closing("seed", samsung, tradingDay(VENUES.korea, day, -1));
      expect(prices.at(-1)).toBe(closing("seed", samsung, day));
      expect(Math.abs((prices[0] ?? 0) / before - 1)).toBeLessThan(0.02);
      for (const price of prices) {
        if (Math.abs(price / before - 1) > 0.3 || onTick(samsung, price) !== price) throw new Error(`${day}: ${price}`);
      }
    }
  });

  test("an order book has steps that can be ordered at, and no two prices twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 900_000 }), (near) => {
        const price = onTick(samsung, near);
        const levels = depth(samsung, price, 1);
        const prices = [...levels.map(({ bid }) => bid).reverse(), ...levels.map(({ ask }) => ask)];
        expect(prices).toEqual([...new Set(prices)].sort((left, right) => left - right));
        for (const one of prices) expect(one % koreanTick(one)).toBe(0);
        expect(levels[0]?.bid).toBe(price);
      }),
    );
  });

  test("up and down again is where it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 800_000 }), fc.integer({ min: 1, max: 10 }), (near, steps) => {
        const price = onTick(samsung, near);
        expect(stepsFrom(samsung, stepsFrom(samsung, price, steps), -steps)).toBe(price);
      }),
    );
  });

  test("rounding is not fooled by binary", () => {
    expect(round(1.005, 2)).toBe(1.01);
    expect(round(2.675, 2)).toBe(2.68);
    expect(round(8.345, 2)).toBe(8.35);
  });

  test("codes of every product", () => {
    expect(futures("101W12")).toMatchObject({ kind: "futures", unit: 250_000, limit: 0.2 });
    expect(futures("201W12360")).toMatchObject({ limit: 0.5 });
    expect(bond("KR6000001D91")).toMatchObject({ kind: "bond", unit: 0.1 });
    expect(overseas("TKSE", "7203")).toMatchObject({ currency: "JPY", decimals: 0 });
    expect([stock("12345"), stock("999999"), bond("KR1"), overseas("NASD", "ZZZZZ"), overseas("MOON", "AAPL")]).toEqual(
      Array(5).fill(undefined),
    );
    expect(stock("Q500001")?.kind).toBe("stock");
  });

  test("sessions of a venue", () => {
    const friday = dayOf("20261120") ?? 0;
    const at = (hour: number, day = friday) => day * DAY + (hour - 9) * HOUR;
    expect(sessionAt(VENUES.korea, at(8))).toBe(friday - 1);
    expect(sessionAt(VENUES.korea, at(9))).toBe(friday);
    expect(sessionAt(VENUES.korea, at(12, friday + 2))).toBe(friday);
    expect(nextClose(VENUES.korea, at(12))).toBe(at(15.5));
    expect(nextClose(VENUES.korea, at(16))).toBe(at(15.5, friday + 3));
    expect(nextOpening(VENUES.korea, at(12))).toBe(at(9, friday + 3));
    expect(nextOpening(VENUES.korea, at(7))).toBe(at(9));
  });
});
