/** One connection, whatever happens to it. */
import type { Gap } from "kofin/kis";
import { domesticNotice, domesticOrderBook, domesticTrade } from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { REALTIME_DEFAULTS } from "../../runtime/kis/realtime/settings.js";
import { ReconnectPolicy } from "../../runtime/realtime/reconnect.js";
import { approvalKey, asking, dial, type Message } from "./raw.js";
import { connect, drain, open, take, turn, until } from "./setup.js";

const codeOf = (number: number) => String(number).padStart(6, "0");

function started(options: Parameters<typeof connect>[1] = {}, more: Parameters<typeof connect>[2] = {}) {
  const opened = open();
  return { ...opened, ...connect(opened.sandbox, options, more) };
}

/** What a client has asked for, heartbeats left out. */
function asked(messages: readonly { text: string }[]): [type: string, trId: string, trKey: string][] {
  return messages.flatMap(({ text }) => {
    const { header, body } = JSON.parse(text) as Message;
    return body ? [[header.tr_type, body.input.tr_id, body.input.tr_key]] : [];
  });
}

/** How often an approval key was asked for. */
function approvals({ requests }: { requests: readonly { path: string }[] }): number {
  return requests.filter(({ path }) => path === "/oauth2/Approval").length;
}

describe("registrations", () => {
  test("the 42nd is refused before anything is sent, and there is room again when one ends", async () => {
    const { client, live } = started();
    const trades = Array.from({ length: 41 }, (_, at) => domesticTrade(client, codeOf(at + 1)));
    await Promise.all(trades.map(({ ready }) => ready));
    expect(() => domesticTrade(client, codeOf(42))).toThrow(
      expect.objectContaining({ name: "InvalidInputError", code: "REGISTRATIONS_FULL" }),
    );
    await turn();
    expect(asked(live.messages)).toHaveLength(41);
    // One that is there already takes no further room.
    const shared = domesticTrade(client, codeOf(1));
    await shared.ready;
    shared.close();
    trades[0]?.close();
    const next = domesticTrade(client, codeOf(42));
    await next.ready;
    expect(live.sessions).toHaveLength(1);
    for (const feed of [...trades, next]) feed.close();
  });

  test("several consumers share one, and the last to leave ends it", async () => {
    const { client, live } = started();
    const other = domesticOrderBook(client, "005930");
    const [first, second] = [domesticTrade(client, "005930"), domesticTrade(client, "005930")];
    await Promise.all([other.ready, first.ready, second.ready]);
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "1" });
    expect((await take(first, 1))[0]).toBe((await take(second, 1))[0]);
    first.close();
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "2" });
    expect((await take(second, 1))[0]?.STCK_PRPR).toBe("2");
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "3" });
    for await (const { STCK_PRPR } of second) {
      expect(STCK_PRPR).toBe("3");
      break;
    }
    await until(() => live.sessions[0]?.subscriptions.length === 1);
    expect(asked(live.messages)).toEqual([
      ["1", "H0STASP0", "005930"],
      ["1", "H0STCNT0", "005930"],
      ["2", "H0STCNT0", "005930"],
    ]);
    other.close();
    await until(() => live.sessions.length === 0);
  });

  test("who joins later does not hear of what was missed before", async () => {
    const { client, live, happened } = started({ backoffMs: [20] });
    const gaps: [string, Gap][] = [];
    const listen = (name: string) => domesticTrade(client, "005930", { onGap: (gap) => gaps.push([name, gap]) });
    const early = listen("early");
    await early.ready;
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "1" });
    const [before] = await take(early, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const late = listen("late");
    await late.ready;
    const joined = Date.now();
    live.drop();
    await until(() => happened("lost").length === 1);
    const latest = listen("latest");
    await latest.ready;
    expect(gaps.map(([name]) => name)).toEqual(["early", "late"]);
    expect(gaps[0]?.[1].before).toBe(before);
    expect(gaps[1]?.[1].before).toBeUndefined();
    expect(gaps[1]?.[1].from).toBeGreaterThan((gaps[0]?.[1].from ?? 0) + 1);
    expect(gaps[1]?.[1].from).toBeLessThanOrEqual(joined);
    for (const feed of [early, late, latest]) feed.close();
  });

  test("clients of the same app key share the session", async () => {
    const { sandbox, client, live } = started();
    const other = connect(sandbox).client;
    const feeds = [domesticTrade(client, "005930"), domesticTrade(other, "000660"), domesticTrade(other, "005930")];
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(live.sessions).toHaveLength(1);
    expect(live.sessions[0]?.subscriptions).toHaveLength(2);
    for (const feed of feeds) feed.close();
  });

  test("real and mock have a session each", async () => {
    const { sandbox, client, live } = started();
    const mock = connect(sandbox, {}, { environment: "mock" }).client;
    const feeds = [domesticTrade(client, "005930"), domesticTrade(mock, "005930")];
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(live.sessions.map(({ environment }) => environment).sort()).toEqual(["mock", "real"]);
    for (const feed of feeds) feed.close();
  });

  test("given up and wanted again at once: the answer to the one is not taken for the other's", async () => {
    const { client, live, happened } = started();
    const other = domesticOrderBook(client, "005930");
    const first = domesticTrade(client, "005930");
    await Promise.all([other.ready, first.ready]);
    first.close();
    const again = domesticTrade(client, "005930");
    await again.ready;
    expect(live.sessions[0]?.subscriptions).toContainEqual({ trId: "H0STCNT0", trKey: "005930" });
    expect(happened("subscribed")).toHaveLength(3);
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "1" });
    expect(await take(again, 1)).toHaveLength(1);
    other.close();
    again.close();
  });
});

describe("an AbortSignal", () => {
  test("ends the loop without an error, and the connection with it", async () => {
    const { client, live } = started();
    const controller = new AbortController();
    const trades = domesticTrade(client, "005930", { signal: controller.signal });
    const { rows, ended } = drain(trades);
    await trades.ready;
    live.publish("H0STCNT0", "005930", {});
    await until(() => rows.length === 1);
    controller.abort();
    expect(await ended).toBeUndefined();
    await until(() => live.sessions.length === 0);
    expect(await trades.next()).toEqual({ done: true, value: undefined });
  });

  test("that is aborted before connects nobody", async () => {
    const { client, live, kis } = started();
    const trades = domesticTrade(client, "005930", { signal: AbortSignal.abort() });
    expect(await drain(trades).ended).toBeUndefined();
    await trades.ready;
    await turn();
    expect([live.messages, approvals(kis)]).toEqual([[], 0]);
  });

  test("while it connects leaves nothing behind", async () => {
    const { client, live } = started();
    const controller = new AbortController();
    const trades = domesticTrade(client, "005930", { signal: controller.signal });
    await turn();
    controller.abort();
    expect(await drain(trades).ended).toBeUndefined();
    await turn();
    await turn();
    expect(live.sessions).toEqual([]);
  });
});

describe("the approval key", () => {
  test("is asked for once, whatever breaks", async () => {
    const { client, live, kis } = started();
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    for (let drop = 0; drop < 3; drop++) {
      live.drop();
      await until(() => live.sessions[0]?.subscriptions.length === 1);
    }
    expect(approvals(kis)).toBe(1);
    trades.close();
  });

  test("is renewed when KIS does not know it any more (OPSP0011), each time that happens", async () => {
    const { client, live, kis, happened } = started();
    const gaps: Gap[] = [];
    const trades = domesticTrade(client, "005930", { onGap: (gap) => gaps.push(gap) });
    await trades.ready;
    for (let time = 1; time <= 3; time++) {
      live.forgetApprovalKeys();
      live.drop();
      await until(() => gaps.length === time);
      expect(approvals(kis)).toBe(1 + time);
    }
    expect(happened("lost").filter(({ reason }) => reason?.startsWith("OPSP0011"))).toHaveLength(3);
    trades.close();
  });

  test("that is refused although it is new ends all subscriptions", async () => {
    const { client, live, kis } = started();
    live.refuseNext("OPSP0011", 9);
    const feeds = [domesticTrade(client, "005930"), domesticTrade(client, "000660")];
    for (const feed of feeds) {
      expect(await drain(feed).ended).toMatchObject({ name: "RealtimeError", code: "OPSP0011", advice: "renew-token" });
    }
    expect(approvals(kis)).toBe(2);
    expect(live.sessions).toEqual([]);
  });

  test("is not asked for again when the keys of the app are wrong", async () => {
    const { client, kis, live } = started({}, { appSecret: "wrong" });
    const trades = domesticTrade(client, "005930");
    await expect(trades.ready).rejects.toMatchObject({ code: "EGW00105" });
    expect(await drain(trades).ended).toMatchObject({ name: "AuthenticationError", code: "EGW00105" });
    expect([approvals(kis), live.messages]).toEqual([1, []]);
  });

  test("is asked for again when the server is broken for a while", async () => {
    const { client, kis, live } = started({}, { retries: 0 });
    kis.failNext({ status: 503, body: "maintenance", times: 2, path: "/oauth2/Approval" });
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    expect(approvals(kis)).toBe(3);
    expect(live.sessions).toHaveLength(1);
    trades.close();
  });
});

describe("a refusal", () => {
  test("ends the subscription that it is about, and no other", async () => {
    const { client, live } = started();
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    live.refuseNext("OPSP0009");
    const refused = domesticTrade(client, "000660");
    await expect(refused.ready).rejects.toMatchObject({ name: "RealtimeError", code: "OPSP0009", advice: "apply" });
    expect(await drain(refused).ended).toMatchObject({ operation: "realtime-domestic-stock.domesticTrade" });
    live.publish("H0STCNT0", "005930", {});
    expect(await take(trades, 1)).toHaveLength(1);
    trades.close();
  });

  test("that names nothing is that of the oldest question", async () => {
    const { client, live } = started();
    live.refuseNext("OPSP8993");
    const [refused, trades] = [domesticTrade(client, "005930"), domesticTrade(client, "000660")];
    await expect(refused.ready).rejects.toMatchObject({ code: "OPSP8993" });
    await trades.ready;
    expect(live.sessions[0]?.subscriptions).toEqual([{ trId: "H0STCNT0", trKey: "000660" }]);
    trades.close();
  });

  test("of a wrong HTS id ends the notices, although KIS breaks the whole connection", async () => {
    const { client, live } = started();
    const gaps: Gap[] = [];
    const trades = domesticTrade(client, "005930", { onGap: (gap) => gaps.push(gap) });
    await trades.ready;
    const notices = domesticNotice(client, { htsId: "nobody" });
    await expect(notices.ready).rejects.toMatchObject({ code: "OPSP0017" });
    await until(() => gaps.length === 1);
    expect(live.sessions[0]?.subscriptions).toEqual([{ trId: "H0STCNT0", trKey: "005930" }]);
    trades.close();
  });

  test("because another session holds the app key (OPSP8996) is waited for", async () => {
    const { sandbox, client, live, happened } = started({ backoffMs: [0, 5], attempts: 1_000 });
    const other = await dial(sandbox);
    await other.say(asking({ key: await approvalKey(sandbox) }));
    const trades = domesticTrade(client, "005930");
    await until(() => happened("lost").length > 2);
    other.socket.close();
    await trades.ready;
    expect(new Set(happened("lost").map(({ reason }) => reason))).toEqual(new Set(["OPSP8996 ALREADY IN USE appkey"]));
    expect(live.sessions).toHaveLength(1);
    trades.close();
  });

  test("before anything is sent: no mock, no HTS id", () => {
    const { client, live, sandbox } = started({}, { htsId: "" });
    expect(() => domesticNotice(client)).toThrow(expect.objectContaining({ code: "INPUT_MISSING", field: "htsId" }));
    expect(() => domesticTrade(client, "")).toThrow(expect.objectContaining({ code: "INPUT_MISSING" }));
    expect(() => domesticTrade({} as never, "005930")).toThrow(/createKis/);
    expect(connect(sandbox, {}, { environment: "mock" }).client.environment).toBe("mock");
    expect(live.messages).toEqual([]);
  });
});

describe("a connection", () => {
  test("answers a heartbeat with the same text", async () => {
    const { client, live } = started();
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    live.heartbeat();
    await turn();
    expect(live.messages.at(-1)?.text).toBe('{"header":{"tr_id":"PINGPONG","datetime":"20261120110000"}}');
    trades.close();
  });

  test("that has gone silent is given up, and comes back", async () => {
    const { client, live, happened } = started({ silenceMs: 40, ackMs: 30, attempts: 1_000 });
    const gaps: Gap[] = [];
    const trades = domesticTrade(client, "005930", { onGap: (gap) => gaps.push(gap) });
    await trades.ready;
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "1" });
    const [before] = await take(trades, 1);
    live.silence(true);
    await until(() => happened("lost").length > 1);
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "2" });
    live.silence(false);
    await until(() => gaps.length === 1);
    expect(gaps[0]).toMatchObject({ reason: "disconnected", before });
    const reasons = happened("lost").map(({ reason }) => reason);
    expect(reasons[0]).toBe("nothing was heard for 40 ms");
    expect(reasons[1]).toBe("a subscription was not acknowledged");
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "3" });
    expect((await take(trades, 1))[0]?.STCK_PRPR).toBe("3");
    trades.close();
  });

  test("is kept by heartbeats alone", async () => {
    const { client, live, happened } = started({ silenceMs: 60 });
    const trades = domesticTrade(client, "005930");
    await trades.ready;
    for (let beat = 0; beat < 10; beat++) {
      live.heartbeat();
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect(happened("lost")).toEqual([]);
    trades.close();
  });

  test("that nobody can make ends the subscriptions after so many attempts", async () => {
    const { client, live, happened } = started({ attempts: 3 });
    live.offline(true);
    const trades = domesticTrade(client, "005930");
    await expect(trades.ready).rejects.toMatchObject({
      name: "RealtimeError",
      code: "REALTIME_LOST",
      message: "no connection after 3 attempts: the connection failed",
    });
    expect(happened("lost")).toHaveLength(4);
    // And is made anew for the next one.
    live.offline(false);
    const next = domesticTrade(client, "005930");
    await next.ready;
    next.close();
  });

  test("opens and closes with its subscriptions, again and again", async () => {
    const { client, live } = started();
    for (let round = 0; round < 5; round++) {
      const trades = domesticTrade(client, "005930");
      await trades.ready;
      live.publish("H0STCNT0", "005930", { STCK_PRPR: String(round) });
      for await (const { STCK_PRPR } of trades) {
        expect(STCK_PRPR).toBe(String(round));
        break;
      }
      await until(() => live.sessions.length === 0);
    }
  });

  test("sends its subscriptions one after the other, with a pause", async () => {
    const { client, live } = started({ paceMs: 20 });
    const begun = Date.now();
    const feeds = Array.from({ length: 5 }, (_, at) => domesticTrade(client, codeOf(at + 1)));
    await Promise.all(feeds.map(({ ready }) => ready));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(75);
    expect(asked(live.messages)).toHaveLength(5);
    for (const feed of feeds) feed.close();
  });
});

describe("the pauses between attempts", () => {
  const settings = { attempts: 4, backoffMs: [10, 20, 30] };

  test("grow, and stay at the last one until it is enough", () => {
    const patience = new ReconnectPolicy(settings);
    expect(Array.from({ length: 5 }, () => patience.next())).toEqual([10, 20, 30, 30, undefined]);
  });

  test("a subscription gives all attempts back, but only a session that lasts makes them quick again", () => {
    const patience = new ReconnectPolicy(settings);
    for (let time = 0; time < 3; time++) patience.next();
    patience.succeeded();
    patience.stood(1_000);
    expect(patience.next()).toBe(30);
    patience.succeeded();
    patience.stood(30_000);
    expect(Array.from({ length: 5 }, () => patience.next())).toEqual([10, 20, 30, 30, undefined]);
  });

  test("are seconds by default, and minutes in the end", () => {
    expect(REALTIME_DEFAULTS.backoffMs).toEqual([1_000, 5_000, 10_000, 20_000, 60_000]);
  });
});
