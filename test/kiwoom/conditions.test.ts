/** Condition search over Kiwoom's web sockets, from the facts: CNSRLST, CNSRREQ, CNSRCLR and their US names. */
import {
  conditions,
  searchByCondition,
  searchByUsCondition,
  stockTrade,
  usConditions,
  watchCondition,
  watchUsCondition,
} from "kofin/kiwoom/realtime";
import { describe, expect, test } from "vitest";
import { connect, open, thrown, until } from "./realtime-setup.js";

type Message = Record<string, unknown>;

const sent = ({ server }: ReturnType<typeof open>) =>
  server.messages.map((text) => JSON.parse(text) as Message).filter(({ trnm }) => trnm !== "LOGIN");

/** Reads as long as there is something. */
async function take<T>(feed: AsyncIterator<T, void>, count: number): Promise<T[]> {
  const rows: T[] = [];
  while (rows.length < count) {
    const { value } = await feed.next();
    if (value === undefined) throw new Error("it ended");
    rows.push(value);
  }
  return rows;
}

describe("conditions", () => {
  test("are listed, over a connection that is there for that alone", async () => {
    const place = open();
    const { client } = connect(place);
    const list = await conditions(client);
    expect(list.slice(0, 2)).toEqual([
      { seq: "0", name: "신고가" },
      { seq: "1", name: "전 종목" },
    ]);
    expect(await usConditions(client)).toEqual([{ seq: "3", name: "Movers" }]);
    expect(sent(place)).toEqual([{ trnm: "CNSRLST" }, { trnm: "GCNSRLST" }]);
    await until(() => place.server.sessions.length === 0);
  });

  test("may be objects, as the document's table has them, and the US answer misprinted", async () => {
    const place = open();
    const { client } = connect(place);
    place.server.silence(true);
    const listed = usConditions(client);
    await until(() => place.server.sessions.length === 1 && place.server.messages.length === 1);
    place.server.silence(false);
    place.server.send(JSON.stringify({ trnm: "LOGIN", return_code: 0, return_msg: "" }));
    place.server.silence(true);
    await until(() => sent(place).length === 1);
    place.server.silence(false);
    place.server.send(
      JSON.stringify({ trnm: "GCNSRLT", return_code: 0, return_msg: "", data: [{ seq: "7 ", name: "Gaps" }] }),
    );
    expect(await listed).toEqual([{ seq: "7", name: "Gaps" }]);
  });

  test("share the connection of feeds", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = stockTrade(client, "005930");
    const [list] = await Promise.all([conditions(client), feed.ready]);
    expect(list.length).toBeGreaterThan(1);
    expect(place.server.sessions).toHaveLength(1);
    expect(place.server.messages.filter((text) => text.includes("LOGIN"))).toHaveLength(1);
    feed.close();
  });

  test("a refusal is said in Kiwoom's words", async () => {
    const place = open();
    const { client } = connect(place);
    place.server.refuseNext("CNSRLST", "8200");
    const error = await thrown(() => conditions(client));
    expect(error).toMatchObject({
      name: "RealtimeError",
      code: "8200",
      advice: "apply",
      operation: "realtime.conditions",
    });
    place.server.refuseNext("LOGIN", "8010");
    expect(await thrown(() => conditions(client))).toMatchObject({ name: "RealtimeError", code: "8010" });
    place.server.offline(true);
    expect(await thrown(() => conditions(client))).toMatchObject({ code: "REALTIME_LOST" });
    place.server.offline(false);
    expect((await conditions(client)).length).toBeGreaterThan(1);
  });

  test("too many for now are asked for again, and a token that died is renewed", async () => {
    const place = open();
    const { client } = connect(place);
    place.server.refuseNext("CNSRLST", "1700");
    expect((await conditions(client)).length).toBeGreaterThan(1);
    place.server.refuseNext("CNSRLST", "8005");
    place.mock.expireToken();
    expect((await conditions(client)).length).toBeGreaterThan(1);
    expect(place.mock.tokensIssued).toBe(2);
  });

  test("the caller's signal ends it", async () => {
    const place = open();
    const { client } = connect(place);
    expect(await thrown(() => conditions(client, { signal: AbortSignal.abort() }))).toMatchObject({ code: "ABORTED" });
    place.server.silence(true);
    const controller = new AbortController();
    const listed = conditions(client, { signal: controller.signal });
    await until(() => place.server.sessions.length === 1);
    controller.abort(new Error("enough"));
    expect(await thrown(() => listed)).toMatchObject({ name: "NetworkError", code: "ABORTED" });
    await until(() => place.server.sessions.length === 0);
  });
});

describe("searching by a condition", () => {
  test("asks for the list first, once a session, and then for page after page", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = stockTrade(client, "005930");
    await feed.ready;
    const stocks = await searchByCondition(client, { seq: "1" });
    expect(stocks).toHaveLength(250);
    expect(new Set(stocks.map(({ code }) => code)).size).toBe(250);
    expect(stocks[0]).toEqual({
      ...{ code: "A100000", name: "종목0", price: "+000061300", changeSign: "", change: "", changeRate: "000001500" },
      ...{ accumulatedVolume: "", openPrice: "", highPrice: "", lowPrice: "" },
    });
    await searchByCondition(client, { seq: "0", stex_tp: "K" });
    const request = { trnm: "CNSRREQ", seq: "1", search_type: "0", stex_tp: "K" };
    expect(sent(place).slice(1)).toEqual([
      { trnm: "CNSRLST" },
      request,
      { ...request, cont_yn: "Y", next_key: "100" },
      { ...request, cont_yn: "Y", next_key: "200" },
      { ...request, seq: "0" },
    ]);
    feed.close();
  });

  test("finds US stocks with their exchange", async () => {
    const place = open();
    const { client } = connect(place);
    const [apple] = await searchByUsCondition(client, { seq: "3" });
    expect(apple).toMatchObject({ code: "AAPL", stex_tp: "ND", subsector: "기술" });
    expect(sent(place)).toEqual([{ trnm: "GCNSRLST" }, { trnm: "GCNSRREQ", seq: "3", search_type: "0" }]);
  });

  test("begins anew when the session breaks between two pages", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 3 } });
    const searching = searchByCondition(client, { seq: "1" });
    await until(() => sent(place).length === 3);
    place.server.drop();
    const stocks = await searching;
    expect(new Set(stocks.map(({ code }) => code)).size).toBe(250);
    expect(stocks).toHaveLength(250);
  });

  test("does not go round for ever when a key comes back again", async () => {
    const place = open();
    const { client } = connect(place);
    await conditions(client);
    const feed = stockTrade(client, "005930");
    await feed.ready;
    place.server.silence(true);
    const searching = searchByCondition(client, { seq: "5" });
    const say = (message: Message) => {
      place.server.silence(false);
      place.server.send(JSON.stringify({ return_code: 0, return_msg: "", ...message }));
      place.server.silence(true);
    };
    const before = sent(place).length;
    await until(() => sent(place).length === before + 1 || sent(place).at(-1)?.trnm === "CNSRLST");
    say({ trnm: "CNSRLST", data: [] });
    for (let page = 1; page <= 2; page++) {
      await until(() => sent(place).filter(({ trnm }) => trnm === "CNSRREQ").length === page);
      say({ trnm: "CNSRREQ", seq: "5", cont_yn: "Y", next_key: "same", data: [{ "9001": "A005930" }] });
    }
    expect(await searching).toHaveLength(2);
    feed.close();
  });

  test.each([
    [{ seq: "" }, "INPUT_MISSING"],
    [{}, "INPUT_MISSING"],
    [{ seq: "신고가" }, "INPUT_INVALID"],
    [{ seq: "1234" }, "INPUT_INVALID"],
  ])("%j is refused before anything is sent", async (input, code) => {
    const place = open();
    const { client } = connect(place);
    expect(await thrown(() => searchByCondition(client, input as { seq: string }))).toMatchObject({ code });
    expect(await thrown(() => watchCondition(client, input as { seq: string }))).toMatchObject({ code });
    expect(place.server.messages).toEqual([]);
  });

  test("of one that there is not is refused by Kiwoom", async () => {
    const place = open();
    const { client } = connect(place);
    expect(await thrown(() => searchByCondition(client, { seq: "99" }))).toMatchObject({ code: "1517" });
  });
});

describe("watching a condition", () => {
  test("tells what it finds, then what comes and goes, and ends it with CNSRCLR", async () => {
    const place = open();
    const { client } = connect(place);
    const other = stockTrade(client, "005930");
    const feed = watchCondition(client, { seq: "0" });
    await Promise.all([other.ready, feed.ready]);
    expect(await take(feed, 2)).toEqual([
      { seq: "0", code: "A005930", kind: "I", time: "", side: "" },
      { seq: "0", code: "J58J297", kind: "I", time: "", side: "" },
    ]);
    place.server.signal("domestic", "0", "A000660", "I");
    place.server.signal("domestic", "0", "A005930", "D");
    expect(await take(feed, 2)).toEqual([
      { seq: "0", code: "A000660", kind: "I", time: "100000", side: "2" },
      { seq: "0", code: "A005930", kind: "D", time: "100000", side: "1" },
    ]);
    expect(sent(place).filter(({ trnm }) => String(trnm).startsWith("CNSR"))).toEqual([
      { trnm: "CNSRLST" },
      { trnm: "CNSRREQ", seq: "0", search_type: "1", stex_tp: "K" },
    ]);
    feed.close();
    await until(() => place.server.sessions[0]?.watched.length === 0);
    expect(sent(place).at(-1)).toEqual({ trnm: "CNSRCLR", seq: "0" });
    other.close();
  });

  test("several at a time, each gets its own", async () => {
    const place = open();
    const { client } = connect(place);
    const feeds = [watchCondition(client, { seq: "2" }), watchCondition(client, { seq: "3" })] as const;
    await Promise.all(feeds.map(({ ready }) => ready));
    place.server.signal("domestic", "3", "A000660", "I");
    place.server.signal("domestic", "2", "A005930", "I");
    expect(await take(feeds[0], 1)).toMatchObject([{ seq: "2", code: "A005930" }]);
    expect(await take(feeds[1], 1)).toMatchObject([{ seq: "3", code: "A000660" }]);
    for (const feed of feeds) feed.close();
  });

  test("who joins later is told first what it finds", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = watchCondition(client, { seq: "0" });
    await feed.ready;
    place.server.signal("domestic", "0", "A000660", "I");
    place.server.signal("domestic", "0", "A005930", "D");
    await take(feed, 4);
    const later = watchCondition(client, { seq: "0" });
    await later.ready;
    expect((await take(later, 2)).map(({ code, kind, time }) => [code, kind, time])).toEqual([
      ["J58J297", "I", ""],
      ["A000660", "I", ""],
    ]);
    expect(sent(place).filter(({ trnm }) => trnm === "CNSRREQ")).toHaveLength(1);
    for (const one of [feed, later]) one.close();
  });

  test("after a gap what has come and gone meanwhile is told", async () => {
    const place = open();
    const { client } = connect(place);
    const gaps: string[] = [];
    const feed = watchCondition(client, { seq: "0" }, { onGap: ({ reason }) => gaps.push(reason) });
    await take(feed, 2);
    place.server.offline(true);
    place.server.drop();
    const [condition] = place.conditions.domestic;
    if (condition) condition.stocks = [{ code: "J58J297" }, { code: "A035420" }];
    place.server.offline(false);
    expect((await take(feed, 2)).map(({ code, kind, time }) => [code, kind, time])).toEqual([
      ["A005930", "D", ""],
      ["A035420", "I", ""],
    ]);
    await until(() => gaps.length === 1);
    expect(gaps).toEqual(["disconnected"]);
    feed.close();
  });

  test("of US stocks says the exchange", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = watchUsCondition(client, { seq: "3" });
    await feed.ready;
    place.server.signal("us", "3", "BRK.B", "I", "NY");
    place.server.signal("us", "3", "AAPL", "D");
    expect(await take(feed, 3)).toEqual([
      { seq: "3", code: "AAPL", kind: "I", time: "", side: "", stex_tp: "ND" },
      { seq: "3", code: "BRK.B", kind: "I", time: "100000", side: "2", stex_tp: "NY" },
      { seq: "3", code: "AAPL", kind: "D", time: "100000", side: "1", stex_tp: "" },
    ]);
    expect(sent(place)).toEqual([{ trnm: "GCNSRLST" }, { trnm: "GCNSRREQ", seq: "3", search_type: "1" }]);
    feed.close();
  });

  test("ended and begun again in the same moment is on", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 2 } });
    const other = stockTrade(client, "005930");
    await other.ready;
    for (let time = 0; time < 5; time++) {
      const feed = watchCondition(client, { seq: "0" });
      if (time % 2 === 0) await feed.ready;
      feed.close();
    }
    const feed = watchCondition(client, { seq: "0" });
    await feed.ready;
    expect(place.server.sessions[0]?.watched).toEqual(["0"]);
    await take(feed, 2);
    feed.close();
    await until(() => place.server.sessions[0]?.watched.length === 0);
    other.close();
  });

  test("is asked for and ended in turn, however fast it goes", async () => {
    const place = open();
    const { client } = connect(place, { realtime: { paceMs: 20 } });
    const other = stockTrade(client, "005930");
    await other.ready;
    place.server.silence(true);
    const first = watchCondition(client, { seq: "0" });
    await until(() => sent(place).at(-1)?.trnm === "CNSRLST");
    first.close();
    watchCondition(client, { seq: "0" }).close();
    const second = watchCondition(client, { seq: "0" });
    place.server.silence(false);
    place.server.send(JSON.stringify({ trnm: "CNSRLST", return_code: 0, return_msg: "", data: [] }));
    await second.ready;
    const names = sent(place).map(({ trnm }) => trnm);
    expect(names.slice(1)).toEqual(["CNSRLST", "CNSRREQ", "CNSRCLR", "CNSRREQ"]);
    expect(place.server.sessions[0]?.watched).toEqual(["0"]);
    for (const feed of [other, second]) feed.close();
  });

  test("of one that there is not ends with Kiwoom's refusal, and other feeds stay", async () => {
    const place = open();
    const { client } = connect(place);
    const other = stockTrade(client, "005930");
    const feed = watchCondition(client, { seq: "99" });
    const error = await thrown(() => feed.ready);
    expect(error).toMatchObject({ name: "RealtimeError", code: "1517", operation: "realtime.watchCondition" });
    await other.ready;
    place.server.tick();
    expect((await other.next()).value).toBeDefined();
    other.close();
  });

  test("ten at a time, of each market; an eleventh is refused before anything is sent", async () => {
    const place = open();
    const { client } = connect(place);
    const feeds = Array.from({ length: 10 }, (_, at) => watchCondition(client, { seq: String(at + 2) }));
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(await thrown(() => watchCondition(client, { seq: "0" }))).toMatchObject({ code: "REGISTRATIONS_FULL" });
    const us = watchUsCondition(client, { seq: "3" });
    await us.ready;
    for (const feed of [...feeds, us]) feed.close();
    const { client: bold } = connect(place, { realtime: { conditions: 11 } });
    expect((await conditions(bold)).length).toBeGreaterThan(1);
  });

  test("all ten come back after a loss", async () => {
    const place = open();
    const { client } = connect(place);
    const gaps: string[] = [];
    const feeds = Array.from({ length: 10 }, (_, at) =>
      watchCondition(client, { seq: String(at + 2) }, { onGap: ({ key }) => gaps.push(key) }),
    );
    await Promise.all(feeds.map(({ ready }) => ready));
    place.server.refuseNext("CNSRREQ", "1700", 2);
    place.server.drop();
    await until(() => gaps.length === 10);
    expect(place.server.sessions[0]?.watched).toHaveLength(10);
    for (const feed of feeds) feed.close();
  });
});
