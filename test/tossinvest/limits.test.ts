import { createTossinvest } from "kofin/tossinvest";
import { getAccounts } from "kofin/tossinvest/account";
import { getPrices, getTrades } from "kofin/tossinvest/market-data";
import { getBuyingPower } from "kofin/tossinvest/order-info";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, open, thrown } from "./setup.js";

describe("how fast calls leave", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 2), toFake: ["Date", "performance", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => vi.useRealTimers());

  let number = 0;

  /** A client and when its calls left, in milliseconds. What `headers` says goes with every answer. */
  function timed(headers: () => Record<string, string> = () => ({}), status = () => 200) {
    number += 1;
    const left: number[] = [];
    const begun = Date.now();
    const tokens = { get: async () => ({ value: "t", expiresAt: Number.POSITIVE_INFINITY }), invalidate() {} };
    const client = createTossinvest({
      ...{
        clientId: `client ${number}`,
        clientSecret: "s",
        accountSeq: 1,
        tokens,
        timeoutMs: 600_000,
        retryDelayMs: 1,
      },
      fetch: async () => {
        left.push(Date.now() - begun);
        const body =
          status() === 200 ? { result: [] } : { error: { requestId: "r", code: "rate-limit-exceeded", message: "" } };
        return Response.json(body, { status: status(), headers: headers() });
      },
    });
    return { client, left };
  }

  async function all(calls: Promise<unknown>[]): Promise<void> {
    const done = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync(300_000);
    await done;
  }

  const within = (left: readonly number[], ms: number) => left.filter((at) => at < ms).length;

  test("by group: what one of them waits for another does not", async () => {
    const { client, left } = timed();
    await all([getAccounts(client), getAccounts(client), getAccounts(client)]);
    expect(left.map((at) => Math.round(at / 1_000))).toEqual([0, 1, 2]);
    const { client: other, left: others } = timed();
    await all(Array.from({ length: 30 }, () => getPrices(other, { symbols: "005930" })));
    expect(within(others, 5)).toBe(15);
    expect(within(others, 1_010)).toBe(30);
  });

  test("operations of a group share it", async () => {
    const { client, left } = timed();
    const calls = Array.from({ length: 8 }, () => [
      getPrices(client, { symbols: "005930" }),
      getTrades(client, { symbol: "005930" }),
    ]);
    await all(calls.flat());
    expect(within(left, 5)).toBe(15);
  });

  test("at half the rate from 09:00 to 09:10", async () => {
    const at = async (time: string) => {
      vi.setSystemTime(new Date(`2026-11-20T${time}+09:00`));
      const { client, left } = timed();
      await all(Array.from({ length: 12 }, () => getBuyingPower(client, { currency: "KRW" })));
      return [within(left, 5), within(left, 1_010)];
    };
    expect(await at("08:50:00")).toEqual([6, 12]);
    expect(await at("09:00:00")).toEqual([3, 6]);
    expect(await at("09:04:00")).toEqual([3, 6]);
    expect(await at("09:10:00")).toEqual([6, 12]);
  });

  test("at the rate that answers name", async () => {
    const { client, left } = timed(() => ({ "X-RateLimit-Limit": "2", "X-RateLimit-Remaining": "1" }));
    await all([getPrices(client, { symbols: "005930" })]);
    left.length = 0;
    await all(Array.from({ length: 5 }, () => getPrices(client, { symbols: "005930" })));
    const times = left.map((time) => Math.round((time - (left[0] ?? 0)) / 500));
    expect(times).toEqual([0, 0, 1, 2, 3]);
  });

  test("not while nothing remains, and after a 429 not before Retry-After", async () => {
    const { client, left } = timed(() => ({ "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "7" }));
    const first = getPrices(client, { symbols: "005930" });
    await vi.advanceTimersByTimeAsync(100);
    await all([first, getPrices(client, { symbols: "005930" })]);
    expect(left).toHaveLength(2);
    expect((left[1] ?? 0) - (left[0] ?? 0)).toBeGreaterThanOrEqual(7_000);

    let isRefused = true;
    const refused = timed(
      () => (isRefused ? { "Retry-After": "5" } : {}),
      () => (isRefused ? 429 : 200),
    );
    const call = getPrices(refused.client, { symbols: "005930" });
    await vi.advanceTimersByTimeAsync(100);
    isRefused = false;
    await all([call]);
    expect(refused.left).toHaveLength(2);
    expect((refused.left[1] ?? 0) - (refused.left[0] ?? 0)).toBeGreaterThanOrEqual(5_000);
  });
});

describe("the sandbox", () => {
  test("says in every answer how much is left, and refuses what is too much", async () => {
    const { sandbox, toss, clock } = open();
    const { client } = connect(sandbox, { retries: 0 });
    const { response } = await getAccounts(client);
    expect(response.headers.get("X-RateLimit-Limit")).toBe("1");
    toss.limit("documented");
    await getAccounts(client);
    const error = await thrown(() => getAccounts(client));
    expect(error).toMatchObject({ code: "rate-limit-exceeded", status: 429, advice: "retry" });
    expect((error as { response: Response }).response.headers.get("Retry-After")).toBe("1");
    clock.now += 1_000;
    await getAccounts(client);
  });

  test("halves ORDER_INFO at the opening", async () => {
    const { sandbox, clock } = open();
    const { client } = connect(sandbox);
    const limitAt = async (time: string) => {
      clock.now = Date.parse(`2026-11-20T${time}+09:00`);
      const { response } = await getBuyingPower(client, { currency: "KRW" });
      return response.headers.get("X-RateLimit-Limit");
    };
    expect([await limitAt("08:59:59"), await limitAt("09:00:00"), await limitAt("09:10:00")]).toEqual(["6", "3", "6"]);
  });
});
