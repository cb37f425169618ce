import fc from "fast-check";
import { NetworkError, ProviderError } from "kofin";
import { call, type Kis, type KisOptions, LIMITS } from "kofin/kis";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Bucket } from "../../runtime/limits/bucket.js";
import { failure } from "../support/failure.js";
import { balance, order, ordered, price } from "./operations.js";
import { clientOf, refusal, type Script, scripted, success } from "./scripted.js";

const stock = { FID_INPUT_ISCD: "005930" };
const tokens = { get: async () => ({ value: "token", expiresAt: Number.POSITIVE_INFINITY }), invalidate: () => {} };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a bucket", () => {
  const rates = fc.record({
    perSecond: fc.double({ min: 0.5, max: 50, noNaN: true }),
    burst: fc.integer({ min: 1, max: 10 }),
  });
  /** Milliseconds after which each caller comes, is patient, or gives up. */
  const callers = fc.array(fc.record({ after: fc.nat(400), patience: fc.option(fc.nat(2_000)) }), { maxLength: 40 });

  it("gives turns in the order of asking, never more than its rate, and none to who has gone", async () => {
    await fc.assert(
      fc.asyncProperty(rates, callers, async (rate, arrivals) => {
        vi.useFakeTimers();
        const bucket = new Bucket(rate);
        const served: { index: number; at: number }[] = [];
        const gone: number[] = [];
        const all: Promise<unknown>[] = [];
        for (const [index, { after, patience }] of arrivals.entries()) {
          await vi.advanceTimersByTimeAsync(after);
          const controller = new AbortController();
          if (patience !== null) setTimeout(() => controller.abort(index), patience);
          const turn = async () => {
            await bucket.turn(controller.signal);
            served.push({ index, at: performance.now() });
          };
          all.push(turn().catch((reason) => gone.push(reason)));
        }
        await vi.runAllTimersAsync();
        await Promise.all(all);

        expect(served.map(({ index }) => index)).toEqual(served.map(({ index }) => index).sort((a, b) => a - b));
        expect([...served.map(({ index }) => index), ...gone].sort((a, b) => a - b)).toEqual([...arrivals.keys()]);
        for (const [index, { at }] of served.entries()) {
          const before = served[index - rate.burst];
          // `burst` at once, and then one every 1 / perSecond: so many turns ago it was at least that long ago.
          if (before) expect(at - before.at).toBeGreaterThanOrEqual(1000 / rate.perSecond - 0.001);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lets nobody wait longer than it must", async () => {
    const bucket = new Bucket({ perSecond: 10, burst: 2 });
    const at: number[] = [];
    const started = performance.now();
    const turns = Array.from({ length: 5 }, async () => {
      await bucket.turn();
      at.push(Math.round(performance.now() - started));
    });
    await vi.runAllTimersAsync();
    await Promise.all(turns);
    expect(at).toEqual([0, 0, 100, 200, 300]);
  });

  it("gives none during a pause, and one at a time after it", async () => {
    const bucket = new Bucket({ perSecond: 10, burst: 3 });
    bucket.pause(1_000);
    const at: number[] = [];
    const started = performance.now();
    const turns = Array.from({ length: 3 }, async () => {
      await bucket.turn();
      at.push(Math.round(performance.now() - started));
    });
    await vi.runAllTimersAsync();
    await Promise.all(turns);
    expect(at).toEqual([1_000, 1_100, 1_200]);
  });

  it("refuses who has given up before asking, and keeps no timer for who gave up", async () => {
    const bucket = new Bucket({ perSecond: 0.1, burst: 1 });
    await bucket.turn();
    await expect(bucket.turn(AbortSignal.abort("gone"))).rejects.toBe("gone");
    const controller = new AbortController();
    const turn = bucket.turn(controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort("later");
    await expect(turn).rejects.toBe("later");
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** When each request left, in milliseconds since the first. */
function timed(script: Script = () => success()) {
  const at: number[] = [];
  const scripting = scripted((sent, count) => {
    at.push(Math.round(performance.now()));
    return script(sent, count);
  });
  const since = () => at.map((time) => time - (at[0] ?? 0));
  return { ...scripting, since };
}

function limited(script: { fetch: KisOptions["fetch"] }, options: Partial<KisOptions> = {}): Kis {
  return clientOf(script as never, { limits: {}, tokens, ...options });
}

const read = (kis: Kis) => call(kis, price, stock);

describe("calls", () => {
  // It loads in real time, of which the clock of this test knows nothing.
  beforeAll(() => import("../../runtime/kis/session.js"));

  it("leave 15 a second on the real host after a burst of 3, so never more than 18 in any second", async () => {
    const script = timed();
    const kis = limited(script);
    const calls = Promise.all(Array.from({ length: 40 }, () => read(kis)));
    await vi.runAllTimersAsync();
    await calls;
    const at = script.since();
    expect(at.slice(0, 4)).toEqual([0, 0, 0, 67]);
    for (const start of at)
      expect(at.filter((time) => time >= start && time < start + 1_000).length).toBeLessThanOrEqual(18);
    expect(at.at(-1)).toBeLessThan(2_600);
  });

  it("leave less than one a second on the mock host", async () => {
    const script = timed();
    const kis = limited(script, { environment: "mock" });
    const calls = Promise.all([read(kis), read(kis), read(kis)]);
    await vi.runAllTimersAsync();
    await calls;
    expect(script.since()).toEqual([0, 1_053, 2_106]);
  });

  it("leave three a second for new customers, and as the numbers say that are given", async () => {
    const times = async (limits: NonNullable<KisOptions["limits"]>) => {
      const script = timed();
      const kis = limited(script, { limits });
      const calls = Promise.all(Array.from({ length: 4 }, () => read(kis)));
      await vi.runAllTimersAsync();
      await calls;
      return script.since();
    };
    expect(await times({ newCustomer: true })).toEqual([0, 334, 668, 1_002]);
    expect(await times({ newCustomer: true, perSecond: 2 })).toEqual([0, 500, 1_000, 1_500]);
    expect(await times({ perSecond: 2, burst: 2 })).toEqual([0, 0, 500, 1_000]);
    expect(await times(false)).toEqual([0, 0, 0, 0]);
  });

  it("on the ledger are counted by themselves as well, and hold up no others", async () => {
    const script = timed();
    const kis = limited(script, { limits: { perSecond: 100, burst: 100, ledgerPerSecond: 2 } });
    const calls = Promise.all([
      call(kis, balance),
      call(kis, order, { ...ordered, action: "buy" }),
      call(kis, balance),
      read(kis),
      read(kis),
    ]);
    await vi.runAllTimersAsync();
    await calls;
    const left = script.sent.map(({ path }, index) => `${script.since()[index]} ${path.split("/").at(-1)}`);
    expect(left.slice(0, 3).sort()).toEqual(["0 inquire-balance", "0 inquire-price", "0 inquire-price"]);
    expect(left.slice(3)).toEqual(["500 order-cash", "1000 inquire-balance"]);
  });

  it("of all clients with one app key count together, by the numbers given last", async () => {
    const script = timed();
    const keys = { appKey: "limited-together", appSecret: "s" };
    const one = limited(script, { ...keys, limits: { perSecond: 1, burst: 1 } });
    const other = limited(script, { ...keys, limits: { perSecond: 2, burst: 1 } });
    const third = clientOf(script, { ...keys, tokens, limits: undefined as never });
    const calls = Promise.all([read(one), read(other), read(third), read(one)]);
    await vi.runAllTimersAsync();
    await calls;
    expect(script.since()).toEqual([0, 500, 1_000, 1_500]);
    const elsewhere = limited(script, { ...keys, baseUrl: "http://127.0.0.1:9" });
    await read(elsewhere);
    expect(LIMITS.real.burst).toBe(3);
  });

  it.each(["EGW00201", "EGW00215"])("pause after %s, all of them", async (code) => {
    const script = timed((_, count) => (count === 1 ? refusal(code) : success()));
    const kis = limited(script, { limits: { perSecond: 1_000, burst: 1_000, ledgerPerSecond: 1_000, pauseMs: 700 } });
    const first = call(kis, balance);
    await vi.advanceTimersByTimeAsync(50);
    const calls = Promise.all([first, read(kis), call(kis, balance)]);
    await vi.runAllTimersAsync();
    await calls;
    expect(
      script
        .since()
        .slice(1)
        .every((at) => at >= 700),
    ).toBe(true);
    expect(script.sent).toHaveLength(4);
  });

  it("end while they wait, when the caller or the time says so; nothing is sent for them, and an order is not done", async () => {
    const script = timed();
    const kis = limited(script, { limits: { perSecond: 0.1, burst: 1 } });
    await read(kis);
    const controller = new AbortController();
    const waiting = [
      failure(call(kis, order, { ...ordered, action: "buy" }, { signal: controller.signal }), NetworkError),
      failure(call(kis, order, { ...ordered, action: "buy" }, { timeoutMs: 2_000 }), NetworkError),
    ];
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();
    await vi.advanceTimersByTimeAsync(1_500);
    const errors = await Promise.all(waiting);
    expect(errors.map(({ code, mayHaveArrived }) => [code, mayHaveArrived])).toEqual([
      ["ABORTED", false],
      ["TIMEOUT", false],
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(script.sent).toHaveLength(1);
  });

  it("that KIS refused as too many are tried again if they are look-ups, and told if they are orders", async () => {
    const script = timed(() => refusal("EGW00201"));
    const kis = limited(script, { retryDelayMs: 100 });
    const looked = failure(read(kis), ProviderError);
    await vi.runAllTimersAsync();
    expect((await looked).code).toBe("EGW00201");
    expect(script.sent).toHaveLength(3);
    const bought = failure(call(kis, order, { ...ordered, action: "buy" }), ProviderError);
    await vi.runAllTimersAsync();
    expect(await bought).toMatchObject({ code: "EGW00201", advice: "retry" });
    expect(script.sent).toHaveLength(4);
  });
});
