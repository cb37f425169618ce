/** A consumer that is slower than its feed: what waits is bounded, and what went is told. */
import type { FeedOptions, Gap } from "kofin/kis";
import { domesticTrade } from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { connect, open, take, turn } from "./setup.js";

async function slow(options: FeedOptions) {
  const opened = open();
  const connected = connect(opened.sandbox);
  const gaps: Gap[] = [];
  const trades = domesticTrade(connected.client, "005930", { ...options, onGap: (gap) => gaps.push(gap) });
  await trades.ready;
  const send = async (from: number, to: number) => {
    for (let number = from; number <= to; number++) {
      opened.live.publish("H0STCNT0", "005930", `005930^110000^${number}`);
    }
    await turn();
  };
  return { ...opened, ...connected, trades, gaps, send };
}

const prices = (rows: readonly { STCK_PRPR: string }[]) => rows.map(({ STCK_PRPR }) => Number(STCK_PRPR));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("a slow consumer", () => {
  test("by default gets the latest thousand, and is told how many went before them", async () => {
    const { trades, gaps, send, happened } = await slow({});
    await send(1, 1);
    const [before] = await take(trades, 1);
    const from = Date.now();
    await send(2, 6_001);
    expect(gaps).toEqual([]);
    expect(prices(await take(trades, 1_000))).toEqual(range(5_002, 6_001));
    expect(gaps).toMatchObject([{ reason: "overflow", dropped: 5_000, before, trId: "H0STCNT0", key: "005930" }]);
    expect(gaps[0]?.from).toBeLessThanOrEqual(from);
    expect(gaps[0]?.to).toBeGreaterThanOrEqual(gaps[0]?.from ?? 0);
    expect(happened("gap")).toMatchObject([{ trId: "H0STCNT0", reason: "overflow" }]);
    // Having caught up, nothing is lost any more.
    await send(6_002, 6_100);
    expect(prices(await take(trades, 99))).toEqual(range(6_002, 6_100));
    expect(gaps).toHaveLength(1);
    trades.close();
  });

  test("a board takes the latest record only", async () => {
    const { trades, gaps, send } = await slow({ overflow: "latest" });
    await send(1, 500);
    expect(prices(await take(trades, 1))).toEqual([500]);
    await send(501, 501);
    expect(prices(await take(trades, 1))).toEqual([501]);
    expect(gaps).toMatchObject([{ reason: "overflow", dropped: 499 }]);
    trades.close();
  });

  test("a recorder that must not miss any ends with an error, after what waits, and gives its registration back", async () => {
    const { trades, gaps, send, live } = await slow({ overflow: "end", bufferSize: 10 });
    await send(1, 11);
    expect(live.sessions).toEqual([]);
    const got: number[] = [];
    const loop = async () => {
      for await (const { STCK_PRPR } of trades) got.push(Number(STCK_PRPR));
    };
    await expect(loop()).rejects.toMatchObject({ name: "RealtimeError", code: "CONSUMER_SLOW" });
    expect(got).toEqual(range(1, 10));
    expect(gaps).toEqual([]);
    expect(await trades.next()).toEqual({ done: true, value: undefined });
  });

  test("does not hold up another one of the same feed", async () => {
    const { client, trades, gaps, send, live } = await slow({ overflow: "end", bufferSize: 10 });
    const other = domesticTrade(client, "005930", { bufferSize: 100 });
    await other.ready;
    await send(1, 60);
    expect(prices(await take(other, 60))).toEqual(range(1, 60));
    expect(live.sessions[0]?.subscriptions).toHaveLength(1);
    other.close();
    trades.close();
    expect(gaps).toEqual([]);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("a buffer of %d is refused", async (bufferSize) => {
    await expect(slow({ bufferSize })).rejects.toMatchObject({ code: "INPUT_INVALID", field: "bufferSize" });
  });
});
