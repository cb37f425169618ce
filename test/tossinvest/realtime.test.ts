import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";
import { createOrder } from "kofin/tossinvest/order";
import { orderbook, type PersonalOrder, personalOrder, trade } from "kofin/tossinvest/realtime";
import { afterEach, describe, expect, test, vi } from "vitest";
import { connect, open, thrown, until, WAITING } from "./setup.js";

interface Declared {
  id?: string;
  type?: string;
  codes?: string[];
}

describe("the declaration", () => {
  test("names all topics in one list, and replaces the one before", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const samsung = trade(client, "005930");
    const apple = trade(client, "AAPL");
    const book = orderbook(client, "kr:005930");
    const mine = personalOrder(client);
    await Promise.all([samsung.ready, apple.ready, book.ready, mine.ready]);
    expect(toss.realtime.messages).toHaveLength(1);
    expect(JSON.parse(toss.realtime.messages[0] ?? "")).toEqual([
      { id: "r1" },
      { type: "trade:kr", codes: ["005930"] },
      { type: "trade:us", codes: ["AAPL"] },
      { type: "orderbook:kr", codes: ["005930"] },
      { type: "personal:order", codes: ["1"] },
    ]);
    apple.close();
    await until(() => toss.realtime.messages.length === 2);
    const types = (JSON.parse(toss.realtime.messages[1] ?? "") as Declared[]).flatMap(({ type }) => type ?? []);
    expect(types).toEqual(["trade:kr", "orderbook:kr", "personal:order"]);
    for (const feed of [samsung, book, mine]) feed.close();
    await until(() => toss.realtime.sessions.length === 0);
  });

  test("brings records as they come", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const feed = trade(client, "005930");
    await feed.ready;
    expect(toss.realtime.tick()).toBe(1);
    const { value } = await feed.next();
    expect(value).toMatchObject({ price: "60000", currency: "KRW" });
    expect(value?.timestamp).toBe("2026-11-20T11:00:00.000+09:00");
    feed.close();
  });

  test("of many topics within a moment leaves once more, not once each", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const feeds = Array.from({ length: 100 }, (_, count) => trade(client, String(100_000 + count)));
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(toss.realtime.messages).toHaveLength(1);
    expect(toss.realtime.sessions[0]?.topics).toHaveLength(100);
    const error = await thrown(() => trade(client, "AAPL"));
    expect(error).toMatchObject({ code: "REGISTRATIONS_FULL" });
    for (const feed of feeds) feed.close();
  });

  test("is rejected item by item, and the others stand", async () => {
    const { sandbox } = open();
    const { client } = connect(sandbox);
    const good = trade(client, "005930");
    const rejected = [
      [trade(client, "999999"), "stock-not-found"],
      [trade(client, "us:005930"), "symbol-market-mismatch"],
      [personalOrder(client, { accountSeq: 7 }), "account-not-found"],
    ] as const;
    await good.ready;
    for (const [feed, code] of rejected) {
      const error = await thrown(() => feed.ready);
      expect(error).toMatchObject({ name: "RealtimeError", code, advice: "fix-request" });
      expect(await thrown(() => feed.next())).toBe(error);
    }
    sandbox.tossinvest.realtime.tick();
    expect((await good.next()).value).toBeDefined();
    good.close();
  });

  test("that came too fast is made again", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const first = trade(client, "005930");
    await first.ready;
    const feeds = [];
    for (const symbol of ["000660", "035420", "035720", "005380", "000270"]) {
      feeds.push(trade(client, symbol));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(toss.realtime.sessions[0]?.topics).toHaveLength(6);
    for (const feed of [first, ...feeds]) feed.close();
  });

  test("of nonsense is refused before anything is sent", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    expect(await thrown(() => trade(client, ""))).toMatchObject({ code: "INPUT_MISSING" });
    expect(await thrown(() => trade(client, "jp:7203"))).toMatchObject({ code: "INPUT_INVALID" });
    expect(await thrown(() => personalOrder(client, { accountSeq: "x" }))).toMatchObject({ code: "INPUT_INVALID" });
    expect(toss.realtime.sessions).toEqual([]);
  });
});

describe("the connection", () => {
  afterEach(() => vi.useRealTimers());

  test("says PING every minute, and is given up when nothing comes back", async () => {
    const { sandbox, toss, clock } = open();
    const { client, events } = connect(sandbox);
    const feed = trade(client, "005930");
    await feed.ready;
    feed.close();
    await until(() => toss.realtime.sessions.length === 0);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const again = trade(client, "005930");
    await vi.advanceTimersByTimeAsync(1_000);
    await again.ready;
    for (let minute = 0; minute < 5; minute++) {
      clock.now += 60_000;
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(toss.realtime.messages.filter((text) => text === "PING")).toHaveLength(5);
    expect(toss.realtime.tick()).toBe(1);
    const lost = () => events.filter((event) => event.type === "realtime" && event.what === "lost").length;
    expect(lost()).toBe(0);
    toss.realtime.silence(true);
    await vi.advanceTimersByTimeAsync(95_000);
    expect(lost()).toBe(1);
    again.close();
  });

  test("comes back after server-shutdown", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const gaps: string[] = [];
    const feed = trade(client, "005930", { onGap: ({ reason }) => gaps.push(reason) });
    await feed.ready;
    toss.realtime.send(JSON.stringify({ type: "error", error: { code: "server-shutdown", message: "" } }));
    await until(() => gaps.length === 1);
    expect(gaps).toEqual(["disconnected"]);
    toss.realtime.tick();
    expect((await feed.next()).value).toBeDefined();
    feed.close();
  });

  test("renews a token that the handshake was refused for", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const first = trade(client, "005930");
    await first.ready;
    toss.expireToken();
    const gaps: string[] = [];
    const feed = trade(client, "000660", { onGap: ({ reason }) => gaps.push(reason) });
    await feed.ready;
    toss.realtime.drop();
    await until(() => gaps.length === 1);
    expect(toss.tokensIssued).toBe(2);
    for (const one of [first, feed]) one.close();
  });

  test("does not ask for a token because nobody answers", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox, { realtime: { attempts: 3, backoffMs: [0] } });
    toss.realtime.offline(true);
    const feed = trade(client, "005930");
    expect(await thrown(() => feed.ready)).toMatchObject({ code: "REALTIME_LOST" });
    expect(toss.tokensIssued).toBe(1);
  });
});

describe("personal:order", () => {
  test("tells of fills and rejections", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const feed = personalOrder(client);
    await feed.ready;
    const first = (await createOrder(client, WAITING)).data.orderId;
    const second = (await createOrder(client, WAITING)).data.orderId;
    toss.fillOrder(first, { quantity: 4 });
    toss.rejectOrder(second);
    const told = [(await feed.next()).value, (await feed.next()).value];
    expect(told).toMatchObject([
      { event: "FILL", accountSeq: "1", order: { orderId: first, status: "PARTIAL_FILLED" } },
      { event: "REJECTED", order: { orderId: second, status: "REJECTED" } },
    ]);
    feed.close();
  });

  test("reads the orders again after a gap, and tells of no older state behind a newer one", async () => {
    // Gaps lie on the clock of the machine, by which the orders are asked for.
    const { sandbox, toss } = open({ now: Date.now });
    const { client } = connect(sandbox);
    const gaps: string[] = [];
    const feed = personalOrder(client, { onGap: ({ reason }) => gaps.push(reason) });
    await feed.ready;
    const missed = (await createOrder(client, WAITING)).data.orderId;
    const open2 = (await createOrder(client, WAITING)).data.orderId;
    const later = (await createOrder(client, WAITING)).data.orderId;
    toss.realtime.offline(true);
    toss.realtime.drop();
    toss.fillOrder(missed);
    // What is read is late: meanwhile something newer is told.
    toss.delayNext(100, { path: "order-history.getOrders", times: 2 });
    toss.realtime.offline(false);
    await until(() => gaps.length === 1);
    toss.fillOrder(later);
    const records: PersonalOrder[] = [];
    while (records.length < 3) records.push((await feed.next()).value as PersonalOrder);
    const facts = records.map(({ event, order }) => [event, order?.orderId, order?.status]);
    expect(facts).toEqual([
      ["FILL", later, "FILLED"],
      [undefined, open2, "PENDING"],
      [undefined, missed, "FILLED"],
    ]);
    feed.close();
  });

  test("says when the orders cannot be read", async () => {
    const { sandbox, toss } = open();
    const { client, events } = connect(sandbox, { retries: 0 });
    const feed = personalOrder(client);
    await feed.ready;
    toss.failNext({ status: 500, code: "internal-error", path: "order-history.getOrders" });
    toss.realtime.drop();
    const unfilled = () => events.filter((event) => event.type === "realtime" && event.what === "unfilled");
    await until(() => unfilled().length === 1);
    expect(unfilled()[0]).toMatchObject({ trId: "personal:order", reason: expect.stringContaining("internal-error") });
    feed.close();
  });
});

/** Records carry a number as their volume: what arrived and what was told to be missing are together what was sent. */
async function storm(frames: number, drops: number, served = false): Promise<void> {
  const sandbox = createSandbox();
  const { tossinvest: toss } = sandbox;
  const port = served ? await serveSandbox(sandbox, { port: 0 }) : undefined;
  const overPort = port && {
    ...{ url: `${port.url.replace("http", "ws")}/ws/v1`, webSocket: (await import("ws")).WebSocket as never },
  };
  const { client } = connect(sandbox, { realtime: { backoffMs: [0], paceMs: 0, ...overPort } });
  const topics = ["005930", "000660", "AAPL"].map((symbol) => {
    const gaps: { before: object | undefined }[] = [];
    const got: number[] = [];
    const feed = trade(client, symbol, { bufferSize: 1_000_000, onGap: (gap) => gaps.push(gap) });
    const read = async () => {
      for await (const { volume } of feed) got.push(Number(volume));
    };
    return { topic: `${feed.trId}:${feed.key}`, feed, gaps, got, sent: 0, ended: read() };
  });
  await Promise.all(topics.map(({ feed }) => feed.ready));
  let dropped = 0;
  // A slow machine may take longer to come back than the frames last.
  for (let frame = 1; frame <= frames || (dropped < drops && frame <= 10 * frames); frame++) {
    const one = topics[frame % topics.length];
    if (!one) continue;
    one.sent += 1;
    toss.realtime.publish(one.topic, { price: "1", volume: String(one.sent), timestamp: "x", currency: "KRW" });
    const isDue = dropped < Math.min(drops, Math.floor((frame * (drops + 1)) / frames));
    if (isDue && topics.every(({ gaps }) => gaps.length === dropped)) dropped += toss.realtime.drop();
    if (frame % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(dropped).toBe(drops);
  await until(() => topics.every(({ gaps }) => gaps.length === drops));
  for (const one of topics) {
    one.sent += 1;
    toss.realtime.publish(one.topic, { price: "1", volume: String(one.sent), timestamp: "x", currency: "KRW" });
  }
  await until(() => topics.every(({ got, sent }) => got.at(-1) === sent));
  for (const { feed } of topics) feed.close();
  await Promise.all(topics.map(({ ended }) => ended));
  let missing = 0;
  for (const { got, gaps } of topics) {
    expect(gaps).toHaveLength(drops);
    const told = new Set(gaps.map(({ before }) => Number((before as { volume?: string } | undefined)?.volume ?? 0)));
    let last = 0;
    for (const number of got) {
      expect(number).toBeGreaterThan(last);
      if (number > last + 1) {
        missing += number - last - 1;
        expect(told.has(last), `a gap after ${last}`).toBe(true);
      }
      last = number;
    }
  }
  expect(missing).toBeGreaterThan(0);
  await port?.close();
}

describe("20 drops", () => {
  test("during 100,000 frames: no subscription is lost, every gap is told", () => storm(100_000, 20));
  test("over a real socket", () => storm(20_000, 20, true));
});
