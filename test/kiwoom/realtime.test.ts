/** The protocol of Kiwoom's web sockets, from the facts: LOGIN, PING, REG, REMOVE, REAL, SYSTEM. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  internationalGoldPrice,
  marketHours,
  orderNotice,
  sectorIndex,
  stockBestQuotes,
  stockTrade,
  usOrderNotice,
  usTrade,
} from "kofin/kiwoom/realtime";
import { afterEach, describe, expect, test, vi } from "vitest";
import { serveWebSockets } from "../../sandbox/web-sockets/serve.js";
import { connect, open, thrown, until } from "./realtime-setup.js";

type Message = Record<string, unknown>;

const said = ({ messages }: { messages: readonly string[] }, trnm: string): Message[] =>
  messages.map((text) => JSON.parse(text) as Message).filter((message) => message.trnm === trnm);

const what = (events: readonly { type: string }[], wanted: string) =>
  events.filter((event) => event.type === "realtime" && (event as unknown as Message).what === wanted);

describe("LOGIN", () => {
  test("is the first message, has the token without Bearer, and is answered before anything is registered", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = stockTrade(client, "005930");
    await feed.ready;
    const [first, second] = place.server.messages.map((text) => JSON.parse(text) as Message);
    expect(first).toEqual({ trnm: "LOGIN", token: expect.stringMatching(/^(?!Bearer)\S+$/) });
    expect(second).toEqual({
      ...{ trnm: "REG", grp_no: "1", refresh: "1" },
      data: [{ item: ["005930"], type: ["0B"] }],
    });
    expect(place.mock.tokensIssued).toBe(1);
    feed.close();
    await until(() => place.server.sessions.length === 0);
  });

  test("domestic and US feeds have a socket each, whose clients share it", async () => {
    const place = open();
    const { client } = connect(place);
    const { client: other } = connect(place);
    const feeds = [stockTrade(client, "005930"), stockTrade(other, "000660"), usTrade(other, usOf("AAPL"))];
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(place.server.sessions.map(({ market }) => market).sort()).toEqual(["domestic", "us"]);
    expect(said(place.server, "LOGIN")).toHaveLength(2);
    for (const feed of feeds) feed.close();
    await until(() => place.server.sessions.length === 0);
  });

  test("of a token that has died gets a new one, once", async () => {
    const place = open();
    const { client } = connect(place);
    const first = stockTrade(client, "005930");
    await first.ready;
    first.close();
    place.mock.expireToken();
    const feed = stockTrade(client, "005930");
    await feed.ready;
    expect(place.mock.tokensIssued).toBe(2);
    expect(new Set(said(place.server, "LOGIN").map(({ token }) => token)).size).toBe(2);
    feed.close();
  });

  test.each(["8005", "8999"])("%s again with the new one ends the subscriptions", async (code) => {
    const place = open();
    const { client } = connect(place);
    place.server.refuseNext("LOGIN", code, 10);
    const feed = stockTrade(client, "005930");
    expect(await thrown(() => feed.ready)).toMatchObject({ name: "RealtimeError", code });
    expect(said(place.server, "LOGIN")).toHaveLength(2);
    expect(place.server.sessions).toEqual([]);
  });

  test("that no other token would help is not tried again", async () => {
    const place = open();
    const { client } = connect(place);
    place.server.refuseNext("LOGIN", "8010");
    const feed = stockTrade(client, "005930");
    const error = await thrown(() => feed.ready);
    expect(error).toMatchObject({ name: "RealtimeError", code: "8010", advice: "apply" });
    expect(await thrown(() => feed.next())).toBe(error);
    expect(said(place.server, "LOGIN")).toHaveLength(1);
    expect(place.mock.tokensIssued).toBe(1);
  });

  test("that is too much for now is tried again", async () => {
    const place = open();
    const { client, events } = connect(place);
    place.server.refuseNext("LOGIN", "1701");
    const feed = stockTrade(client, "005930");
    await feed.ready;
    expect(what(events, "lost")).toHaveLength(1);
    feed.close();
  });

  test("says no token in events and errors", async () => {
    const place = open();
    const { client, events } = connect(place);
    place.server.refuseNext("LOGIN", "8005", 2);
    const error = await thrown(() => stockTrade(client, "005930").ready);
    const told = JSON.stringify(events) + String((error as Error).stack) + JSON.stringify(error);
    for (const { token } of said(place.server, "LOGIN")) expect(told).not.toContain(token);
  });
});

const usOf = (jmcode: string) => ({ jmcode, stex_tp: "ND" }) as const;

describe("REG and REMOVE", () => {
  test("what is asked for at a time leaves in one message, by type, up to 100 items", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 5 } });
    const more = [
      ...["005930", "000660", "005930_NX", "005930_AL"].map((code) => stockTrade(client, code)),
      stockBestQuotes(client, "005930"),
      sectorIndex(client, "001"),
      orderNotice(client),
    ];
    await Promise.all(more.map(({ ready }) => ready));
    expect(said(place.server, "REG").map(({ data }) => data)).toEqual([
      [
        { item: ["005930", "000660", "005930_NX", "005930_AL"], type: ["0B"] },
        { item: ["005930"], type: ["0C"] },
        { item: ["001"], type: ["0J"] },
        { item: [""], type: ["00"] },
      ],
    ]);
    for (const feed of more) feed.close();
  });

  test("a US stock is an object", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = usTrade(client, { jmcode: "BRK.B", stex_tp: "NY" });
    await feed.ready;
    expect(feed.key).toBe("NY:BRK.B");
    expect(said(place.server, "REG")[0]?.data).toEqual([{ item: [{ jmcode: "BRK.B", stex_tp: "NY" }], type: ["FE"] }]);
    const other = usOrderNotice(client);
    await other.ready;
    feed.close();
    await until(() => said(place.server, "REMOVE").length === 1);
    expect(said(place.server, "REMOVE")).toEqual([
      { trnm: "REMOVE", grp_no: "1", data: [{ item: [{ jmcode: "BRK.B", stex_tp: "NY" }], type: ["FE"] }] },
    ]);
    await until(() => place.server.sessions[0]?.registered.length === 1);
    other.close();
  });

  test("codes may have the letter of account answers in front", async () => {
    const place = open();
    const { client } = connect(place);
    const feeds = [stockTrade(client, "A005930"), stockTrade(client, "J58J297"), stockTrade(client, "A005930_NX")];
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(feeds.map(({ key }) => key)).toEqual(["005930", "58J297", "005930_NX"]);
    for (const feed of feeds) feed.close();
  });

  test("of one that is wrong is refused for that one alone, whatever stands in the message", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 1 } });
    const good = Array.from({ length: 30 }, (_, at) => stockTrade(client, STOCKS[at % STOCKS.length] ?? ""));
    const wrong = ["999999", "888888", "777777"].map((code) => stockTrade(client, code));
    const others = [stockBestQuotes(client, "000660"), orderNotice(client)];
    for (const feed of wrong) {
      const error = await thrown(() => feed.ready);
      expect(error).toMatchObject({ name: "RealtimeError", code: "1902", advice: "fix-request" });
      expect(String(error)).toContain("stockTrade");
    }
    await Promise.all([...good, ...others].map(({ ready }) => ready));
    expect(place.server.sessions[0]?.registered.map(({ type, item }) => `${type} ${item.code}`).sort()).toEqual(
      ["00 ", "0B 000660", "0B 005930", "0B 005930_AL", "0B 005930_NX", "0C 000660"].sort(),
    );
    for (const feed of [...good, ...others]) feed.close();
  });

  const STOCKS = ["005930", "000660", "005930_NX", "005930_AL"];

  test("300 that are all refused are told one by one, and cost the others nothing", async () => {
    const place = open();
    // All of them together take longer than one answer may.
    const { client, events } = connect(place, { realtime: { ackMs: 1_000, paceMs: 4 } });
    const good = stockTrade(client, "005930");
    await good.ready;
    const wrong = Array.from({ length: 300 }, (_, at) => stockTrade(client, String(100_000 + at)));
    await until(() => said(place.server, "REG").length > 1);
    const items = said(place.server, "REG").map(({ data }) => (data as { item: string[] }[])[0]?.item.length);
    expect(Math.max(...items.map(Number))).toBe(100);
    const errors = await Promise.all(wrong.map(({ ready }) => thrown(() => ready)));
    expect(new Set(errors.map((error) => (error as { code: string }).code))).toEqual(new Set(["1902"]));
    expect(what(events, "lost")).toEqual([]);
    place.server.tick();
    expect((await good.next()).value).toMatchObject({ price: "1" });
    good.close();
  });

  test("what was refused is said to whom it was about, not to who came later", async () => {
    const place = open();
    const { client } = connect(place);
    const first = stockTrade(client, "000660");
    await first.ready;
    // It leaves at once, and is given up before its refusal is there.
    const wrong = stockTrade(client, "999999");
    const right = stockTrade(client, "005930");
    wrong.close();
    await right.ready;
    place.server.publish({ type: "0B", item: "005930", values: { "10": "7" } });
    expect((await right.next()).value).toMatchObject({ price: "7" });
    for (const feed of [first, right]) feed.close();
  });

  test("given up and asked for again in the same moment is on", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 2 } });
    const other = stockTrade(client, "000660");
    let feed = stockTrade(client, "005930");
    await Promise.all([other.ready, feed.ready]);
    for (let time = 0; time < 5; time++) {
      feed.close();
      feed = stockTrade(client, "005930");
      if (time % 2 === 0) await feed.ready;
    }
    await feed.ready;
    await until(() => said(place.server, "REMOVE").length >= 3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(place.server.publish({ type: "0B", item: "005930", values: { "10": "8" } })).toBe(1);
    expect((await feed.next()).value).toMatchObject({ price: "8" });
    for (const one of [other, feed]) one.close();
  });

  test("does not leave before what was given up for it", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 20 } });
    const first = stockTrade(client, "005930");
    const other = stockTrade(client, "000660");
    await Promise.all([first.ready, other.ready]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    // The first of these leaves at once, and the second waits for its turn: in front of what gives up 005930.
    const more = [stockTrade(client, "005930_NX"), stockTrade(client, "005930_AL")];
    first.close();
    const again = stockTrade(client, "005930");
    await Promise.all([...more, again].map(({ ready }) => ready));
    expect(said(place.server, "REMOVE")).toHaveLength(1);
    place.server.publish({ type: "0B", item: "005930", values: { "10": "9" } });
    expect((await again.next()).value).toMatchObject({ price: "9" });
    for (const feed of [other, ...more, again]) feed.close();
  });

  test("given up before its turn has come is never said", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 20 } });
    const first = stockTrade(client, "005930");
    await first.ready;
    await new Promise((resolve) => setTimeout(resolve, 40));
    const second = stockTrade(client, "000660");
    stockTrade(client, "005930_NX").close();
    await second.ready;
    await new Promise((resolve) => setTimeout(resolve, 60));
    const items = [...said(place.server, "REG"), ...said(place.server, "REMOVE")].map(({ data }) => data);
    expect(JSON.stringify(items)).not.toContain("005930_NX");
    for (const feed of [first, second]) feed.close();
  });

  test("too many for now is asked for again", async () => {
    const place = open();
    const { client, events } = connect(place);
    place.server.refuseNext("REG", "1700");
    const feed = stockTrade(client, "005930");
    await feed.ready;
    expect(said(place.server, "REG")).toHaveLength(2);
    expect(what(events, "lost")).toEqual([]);
    feed.close();
  });

  test("a token that dies meanwhile is renewed, and everything registered again", async () => {
    const place = open();
    const { client } = connect(place);
    const first = stockTrade(client, "005930");
    await first.ready;
    place.server.refuseNext("REG", "8005");
    const second = stockTrade(client, "000660");
    await second.ready;
    expect(said(place.server, "LOGIN")).toHaveLength(2);
    expect(place.server.sessions[0]?.registered).toHaveLength(2);
    for (const feed of [first, second]) feed.close();
  });

  test("an own limit is kept before anything is sent", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { registrations: 1 } });
    const feed = stockTrade(client, "005930");
    const error = await thrown(() => stockTrade(client, "000660"));
    expect(error).toMatchObject({ code: "REGISTRATIONS_FULL", name: "InvalidInputError" });
    feed.close();
  });
});

describe("nonsense is refused before anything is sent", () => {
  const place = open();
  const { client } = connect(place);
  const { client: mocked } = connect(place, { environment: "mock" });

  test.each([
    ["a blank code", () => stockTrade(client, ""), "INPUT_MISSING"],
    ["no code", () => stockTrade(client, undefined as unknown as string), "INPUT_MISSING"],
    ["two codes", () => stockTrade(client, "005930,000660"), "INPUT_INVALID"],
    ["another suffix", () => stockTrade(client, "005930_XX"), "INPUT_INVALID"],
    ["a blank sector", () => sectorIndex(client, ""), "INPUT_MISSING"],
    ["a sector with a blank", () => sectorIndex(client, "0 1"), "INPUT_INVALID"],
    ["a US stock as text", () => usTrade(client, "AAPL" as never), "INPUT_INVALID"],
    ["a US stock of nowhere", () => usTrade(client, { jmcode: "AAPL", stex_tp: "XX" as "ND" }), "INPUT_INVALID"],
    ["no US stock", () => usTrade(client, undefined as never), "INPUT_MISSING"],
    ["another exchange on the mock host", () => stockTrade(mocked, "005930_NX"), "MOCK_UNSUPPORTED"],
    ["SOR on the mock host", () => stockTrade(mocked, "005930_AL"), "MOCK_UNSUPPORTED"],
  ])("%s", async (_, work, code) => {
    expect(await thrown(work)).toMatchObject({ name: "InvalidInputError", code });
    expect(place.server.messages).toEqual([]);
  });

  test("where nobody documents the item it may be blank", async () => {
    const feeds = [marketHours(client, ""), internationalGoldPrice(client, "")];
    await Promise.all(feeds.map(({ ready }) => ready));
    for (const feed of feeds) feed.close();
  });
});

describe("REAL", () => {
  test("several records and types of a frame reach whom they are for", async () => {
    const place = open();
    const { client } = connect(place);
    const samsung = stockTrade(client, "005930");
    const nxt = stockTrade(client, "005930_NX");
    const hynix = stockTrade(client, "000660");
    const quotes = stockBestQuotes(client, "005930");
    const mine = orderNotice(client);
    const all = [samsung, nxt, hynix, quotes, mine];
    await Promise.all(all.map(({ ready }) => ready));
    place.server.publish([
      { type: "0B", item: "005930", values: { "10": "-61300", "20": "165208" } },
      { type: "0B", item: "005930_NX", values: { "10": "+61400" } },
      { type: "0C", item: "005930", values: { "27": "+61400", "28": "+61300" } },
      { type: "00", item: "000660", values: { "9203": "0000012", "9001": "A000660" } },
      { type: "0B", item: "005930", values: { "10": "-61200" } },
      { type: "0B", item: "000660", values: { "10": "+210000" } },
    ]);
    const rows = await Promise.all(
      [samsung, samsung, nxt, hynix, quotes, mine].map(async (feed) => (await feed.next()).value),
    );
    expect(rows).toMatchObject([
      { price: "-61300", time: "165208", volume: "" },
      { price: "-61200" },
      { price: "+61400" },
      { price: "+210000" },
      { bestAsk: "+61400", bestBid: "+61300" },
      { orderNumber: "0000012", code: "A000660" },
    ]);
    for (const feed of all) feed.close();
  });

  test("a US record is known by code and exchange, or by the code where no exchange is said", async () => {
    const place = open();
    const { client } = connect(place);
    const apple = usTrade(client, usOf("AAPL"));
    const other = usTrade(client, { jmcode: "AAPL", stex_tp: "NY" });
    const berkshire = usTrade(client, { jmcode: "BRK.B", stex_tp: "NY" });
    await Promise.all([apple, other, berkshire].map(({ ready }) => ready));
    place.server.publish({ type: "FE", item: "AAPL", exchange: "ND", values: { "10": "1" } });
    place.server.publish({ type: "FE", item: "AAPL", exchange: "NY", values: { "10": "2" } });
    place.server.send(JSON.stringify({ trnm: "REAL", data: [{ type: "FE", item: "BRK.B", values: { "10": "3" } }] }));
    expect((await apple.next()).value).toMatchObject({ price: "1" });
    expect((await other.next()).value).toMatchObject({ price: "2" });
    expect((await berkshire.next()).value).toMatchObject({ price: "3" });
    for (const feed of [apple, other, berkshire]) feed.close();
  });

  test("consumers of one item share a registration", async () => {
    const place = open();
    const { client } = connect(place);
    const feeds = [stockTrade(client, "005930"), stockTrade(client, "A005930")];
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(said(place.server, "REG")).toHaveLength(1);
    place.server.tick();
    for (const feed of feeds) expect((await feed.next()).value).toMatchObject({ price: "1" });
    feeds[0]?.close();
    place.server.tick();
    expect((await feeds[1]?.next())?.value).toMatchObject({ price: "2" });
    feeds[1]?.close();
  });

  test.each([
    ["no JSON", "{", "garbled"],
    ["no list", '{"trnm":"REAL","data":{}}', "garbled"],
    ["no values", '{"trnm":"REAL","data":[{"type":"0B","item":"005930"}]}', "garbled"],
    ["a type of nobody", '{"trnm":"REAL","data":[{"type":"0D","item":"005930","values":{}}]}', "unknown"],
    ["no trnm", "{}", "unknown"],
    ["an answer of nobody's", '{"trnm":"CNSRLST","return_code":0}', "unknown"],
  ])("a message with %s is told of, and the next one counts", async (_, text, kind) => {
    const place = open();
    const gaps: string[] = [];
    const { client, events } = connect(place);
    const feed = stockTrade(client, "005930", { onGap: ({ reason }) => gaps.push(reason) });
    await feed.ready;
    place.server.send(text);
    place.server.tick();
    expect((await feed.next()).value).toMatchObject({ price: "1" });
    expect(what(events, kind).length).toBe(1);
    expect(gaps).toEqual(kind === "garbled" ? ["garbled"] : []);
    feed.close();
  });
});

describe("the connection", () => {
  afterEach(() => vi.useRealTimers());

  test("sends a PING back as it came", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = stockTrade(client, "005930");
    await feed.ready;
    place.server.ping();
    expect(place.server.sessions[0]?.pings).toBe(1);
    await until(() => place.server.sessions[0]?.pings === 0);
    const odd = '{ "trnm" : "PING", "at": 1 }';
    place.server.send(odd);
    await until(() => place.server.messages.includes(odd));
    feed.close();
  });

  test("comes back after a loss, logs in, registers everything again and tells of the gap", async () => {
    const place = open();
    const { client } = connect(place);
    const gaps: object[] = [];
    const feeds = [stockTrade(client, "005930", { onGap: (gap) => gaps.push(gap) }), stockBestQuotes(client, "000660")];
    await Promise.all(feeds.map(({ ready }) => ready));
    place.server.publish({ type: "0B", item: "005930", values: { "10": "1" } });
    expect((await feeds[0]?.next())?.value).toMatchObject({ price: "1" });
    place.server.drop();
    await until(() => gaps.length === 1);
    expect(gaps).toMatchObject([{ reason: "disconnected", trId: "0B", key: "005930", before: { price: "1" } }]);
    expect(said(place.server, "LOGIN")).toHaveLength(2);
    expect(said(place.server, "REG").at(-1)?.data).toEqual([
      { item: ["005930"], type: ["0B"] },
      { item: ["000660"], type: ["0C"] },
    ]);
    for (const feed of feeds) feed.close();
  });

  test.each([
    ["R10005", 2],
    ["R10002", 2],
    ["R10001", 1],
    ["R10003", 1],
  ])("SYSTEM %s ends the session: %i tokens in all", async (code, tokens) => {
    const place = open();
    const { client, events } = connect(place);
    const feed = stockTrade(client, "005930");
    await feed.ready;
    const gaps: string[] = [];
    const again = stockTrade(client, "000660", { onGap: ({ reason }) => gaps.push(reason) });
    await again.ready;
    if (tokens === 2) place.mock.expireToken();
    place.server.system(code);
    await until(() => gaps.length === 1);
    expect(place.mock.tokensIssued).toBe(tokens);
    expect(what(events, "lost")).toMatchObject([{ reason: expect.stringContaining(code) }]);
    for (const one of [feed, again]) one.close();
  });

  test("is given up when nothing is heard", async () => {
    const place = open();
    const { client, events } = connect(place, { realtime: { silenceMs: 60_000 } });
    const before = stockTrade(client, "005930");
    await before.ready;
    before.close();
    await until(() => place.server.sessions.length === 0);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const feed = stockTrade(client, "005930");
    await vi.advanceTimersByTimeAsync(1_000);
    await feed.ready;
    for (let minute = 0; minute < 4; minute++) {
      await vi.advanceTimersByTimeAsync(40_000);
      place.server.ping();
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(what(events, "lost")).toEqual([]);
    place.server.silence(true);
    await vi.advanceTimersByTimeAsync(55_000);
    expect(what(events, "lost")).toHaveLength(1);
    feed.close();
  });

  test("says when nobody answers, after as many attempts as it was told", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { attempts: 3 } });
    place.server.offline(true);
    expect(await thrown(() => stockTrade(client, "005930").ready)).toMatchObject({ code: "REALTIME_LOST" });
    expect(place.mock.tokensIssued).toBe(1);
  });
});

/** Records carry a number: what arrived and what was told to be missing are together what was sent. */
async function storm(frames: number, drops: number, served = false): Promise<void> {
  const place = open();
  const { server } = place;
  const http = createServer();
  const stop = serveWebSockets(http, [{ paths: /^\/api\/(dostk|us)\/websocket$/, webSocket: () => place.webSocket }]);
  if (served) await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const overPort = served && {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    webSocket: (await import("ws")).WebSocket as never,
  };
  const { client } = connect(place, { realtime: { ...overPort } });
  const kinds = [
    { record: { type: "0B", item: "005930" }, listen: stockTrade },
    { record: { type: "0B", item: "000660" }, listen: stockTrade },
    {
      record: { type: "00", item: "005930" },
      listen: (_: typeof client, __: string, o: object) => orderNotice(client, o),
    },
  ];
  const feeds = kinds.map(({ record, listen }) => {
    const gaps: { before: object | undefined }[] = [];
    const got: number[] = [];
    const options = { bufferSize: 1_000_000, onGap: (gap: { before: object | undefined }) => gaps.push(gap) };
    const feed = listen(client, record.item, options);
    const read = async () => {
      for await (const { price } of feed) got.push(Number(price));
    };
    return { record, feed, gaps, got, sent: 0, ended: read() };
  });
  await Promise.all(feeds.map(({ feed }) => feed.ready));
  const publish = (one: (typeof feeds)[number]) => {
    one.sent += 1;
    server.publish({ ...one.record, values: { "10": String(one.sent) } });
  };
  let dropped = 0;
  // A slow machine may take longer to come back than the frames last.
  for (let frame = 1; frame <= frames || (dropped < drops && frame <= 10 * frames); frame++) {
    const one = feeds[frame % feeds.length];
    if (one) publish(one);
    const isDue = dropped < Math.min(drops, Math.floor((frame * (drops + 1)) / frames));
    if (isDue && feeds.every(({ gaps }) => gaps.length === dropped)) dropped += server.drop();
    if (frame % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(dropped).toBe(drops);
  await until(() => feeds.every(({ gaps }) => gaps.length === drops));
  for (const one of feeds) publish(one);
  await until(() => feeds.every(({ got, sent }) => got.at(-1) === sent));
  for (const { feed } of feeds) feed.close();
  await Promise.all(feeds.map(({ ended }) => ended));
  let missing = 0;
  for (const { got, gaps } of feeds) {
    expect(gaps).toHaveLength(drops);
    const told = new Set(gaps.map(({ before }) => Number((before as { price?: string } | undefined)?.price ?? 0)));
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
  expect(said(server, "LOGIN")).toHaveLength(drops + 1);
  expect(said(server, "REG").length).toBeGreaterThanOrEqual(drops + 1);
  stop();
  http.close();
}

describe("20 drops", () => {
  test("during 100,000 frames: no subscription is lost, every gap is told", () => storm(100_000, 20));
  test("over a real socket", () => storm(20_000, 20, true));
});
