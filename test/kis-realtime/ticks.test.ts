/** The market that ticks: realtime and REST tell the same story. */
import type { Subscription } from "kofin/kis";
import { inquirePrice as futurePrice } from "kofin/kis/domestic-futureoption-quotations";
import { inquireAskingPriceExpCcn, inquirePrice } from "kofin/kis/domestic-stock-quotations";
import { inquireIndexPrice } from "kofin/kis/domestic-stock-sector";
import { orderCash } from "kofin/kis/domestic-stock-trading";
import { price as overseasPrice } from "kofin/kis/overseas-stock-quotations";
import {
  domesticOrderBook,
  domesticTrade,
  indexFutureTrade,
  indexTrade,
  overseasOrderBook,
  overseasTrade,
} from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { connect, open, take } from "./setup.js";

async function next<Row extends object>(feed: Subscription<Row>, tick: () => void): Promise<Row> {
  await feed.ready;
  tick();
  const [row] = await take(feed, 1);
  feed.close();
  if (!row) throw new Error("Nothing came");
  return row;
}

describe("a tick", () => {
  test("of a stock is what the price look-up says right after it", async () => {
    const { sandbox, live } = open();
    const { client } = connect(sandbox);
    const row = await next(domesticTrade(client, "005930"), () => live.tick());
    const { data } = await inquirePrice(client, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" });
    const { STCK_PRPR, ACML_VOL, ACML_TR_PBMN, PRDY_VRSS, PRDY_CTRT, STCK_OPRC, STCK_HGPR, STCK_LWPR } = row;
    expect({ STCK_PRPR, ACML_VOL, ACML_TR_PBMN, PRDY_VRSS, PRDY_CTRT, STCK_OPRC, STCK_HGPR, STCK_LWPR }).toEqual({
      STCK_PRPR: data.output?.stck_prpr,
      ACML_VOL: data.output?.acml_vol,
      ACML_TR_PBMN: data.output?.acml_tr_pbmn,
      PRDY_VRSS: data.output?.prdy_vrss,
      PRDY_CTRT: data.output?.prdy_ctrt,
      STCK_OPRC: data.output?.stck_oprc,
      STCK_HGPR: data.output?.stck_hgpr,
      STCK_LWPR: data.output?.stck_lwpr,
    });
    expect(row.STCK_CNTG_HOUR).toBe("110000");
  });

  test("of an order book is the one that is looked up", async () => {
    const { sandbox, live } = open();
    const { client } = connect(sandbox);
    const row = await next(domesticOrderBook(client, "005930"), () => live.tick());
    const { data } = await inquireAskingPriceExpCcn(client, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" });
    const { ASKP1, ASKP10, BIDP1, BIDP10, ASKP_RSQN3, TOTAL_BIDP_RSQN } = row;
    expect({ ASKP1, ASKP10, BIDP1, BIDP10, ASKP_RSQN3, TOTAL_BIDP_RSQN }).toEqual({
      ASKP1: data.output1?.askp1,
      ASKP10: data.output1?.askp10,
      BIDP1: data.output1?.bidp1,
      BIDP10: data.output1?.bidp10,
      ASKP_RSQN3: data.output1?.askp_rsqn3,
      TOTAL_BIDP_RSQN: data.output1?.total_bidp_rsqn,
    });
  });

  test("of an index, a future and a stock overseas as well", async () => {
    const { sandbox, live } = open();
    const { client } = connect(sandbox);
    const tick = () => live.tick();
    const index = await next(indexTrade(client, "0001"), tick);
    const asked = await inquireIndexPrice(client, { FID_COND_MRKT_DIV_CODE: "U", FID_INPUT_ISCD: "0001" });
    expect([index.PRPR_NMIX, index.ACML_VOL]).toEqual([asked.data.output?.bstp_nmix_prpr, asked.data.output?.acml_vol]);
    const future = await next(indexFutureTrade(client, "101W12"), tick);
    const quote = await futurePrice(client, { FID_COND_MRKT_DIV_CODE: "F", FID_INPUT_ISCD: "101W12" });
    expect([future.FUTS_PRPR, future.ACML_VOL]).toEqual([quote.data.output1?.futs_prpr, quote.data.output1?.acml_vol]);
    const share = await next(overseasTrade(client, "DNASAAPL"), tick);
    const { data } = await overseasPrice(client, { AUTH: "", EXCD: "NAS", SYMB: "AAPL" });
    expect([share.LAST, share.TVOL]).toEqual([data.output?.last, data.output?.tvol]);
    const book = await next(overseasOrderBook(client, "DNASAAPL"), tick);
    expect(Number(book.PASK1)).toBeGreaterThan(Number(book.PBID1));
  });

  test("moves by a step at most, and adds to the volume of the day", async () => {
    const { sandbox, live, kis } = open();
    const { client } = connect(sandbox);
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    const start = kis.price("005930");
    live.tick(50);
    const rows = await take(trades, 50);
    const prices = [start, ...rows.map(({ STCK_PRPR }) => Number(STCK_PRPR))];
    expect(prices.slice(1).every((price, at) => Math.abs(price - (prices[at] ?? 0)) <= 100)).toBe(true);
    expect(new Set(prices).size).toBeGreaterThan(2);
    for (const [at, row] of rows.entries()) {
      const before = rows[at - 1];
      if (before) expect(Number(row.ACML_VOL)).toBe(Number(before.ACML_VOL) + Number(row.CNTG_VOL));
    }
    expect(kis.price("005930")).toBe(prices.at(-1));
    trades.close();
  });

  test("is the same in every sandbox of the same seed and clock", async () => {
    const stories = await Promise.all(
      [open(), open()].map(async ({ sandbox, live }) => {
        const trades = domesticTrade(connect(sandbox).client, "005930");
        await trades.ready;
        live.tick(5);
        const rows = await take(trades, 5);
        trades.close();
        return rows;
      }),
    );
    expect(stories[0]).toEqual(stories[1]);
  });

  test("leaves a price that a test has set where it is", async () => {
    const { sandbox, live, kis } = open();
    const { client } = connect(sandbox);
    live.tick(10);
    kis.setPrice("005930", 65_000);
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    live.tick(10);
    expect((await take(trades, 10)).every(({ STCK_PRPR }) => STCK_PRPR === "65000")).toBe(true);
    trades.close();
  });

  test("follows the seed again with its next trade", async () => {
    const moved = open();
    const still = open();
    const trades = domesticTrade(connect(moved.sandbox).client, "005930");
    await trades.ready;
    moved.live.tick(20);
    for (const { clock } of [moved, still]) clock.now += 10_000;
    expect(moved.kis.price("005930")).toBe(still.kis.price("005930"));
    trades.close();
  });

  test("does an order that its price suits", async () => {
    const { sandbox, live, kis } = open();
    const { client } = connect(sandbox);
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    const price = kis.price("005930") - 100;
    const order = { PDNO: "005930", ORD_DVSN: "00", ORD_QTY: "1", ORD_UNPR: String(price) };
    await orderCash(client, { action: "buy", ...order });
    expect(kis.orders()[0]?.filled).toBe(0);
    for (let tick = 0; tick < 40 && kis.orders()[0]?.filled === 0; tick++) live.tick();
    expect(kis.orders()[0]?.filled).toBe(1);
    trades.close();
  });
});
