/** What arrives otherwise than the documents say. */
import type { Gap } from "kofin/kis";
import { domesticMarketStatusUnified, domesticNotice, domesticTrade } from "kofin/kis/realtime";
import type { Sandbox, SandboxWebSocketMaker } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { connect, drain, open, take, turn } from "./setup.js";

const trade = (price: number, more: Record<string, string> = {}) => ({ STCK_PRPR: price, ...more });

async function trading(realtime = {}) {
  const opened = open();
  const connected = connect(opened.sandbox, realtime);
  const gaps: Gap[] = [];
  const trades = domesticTrade(connected.client, "005930", { onGap: (gap) => gaps.push(gap) });
  await trades.ready;
  return { ...opened, ...connected, trades, gaps };
}

describe("a frame", () => {
  test("with several records delivers each of them", async () => {
    const { live, trades } = await trading();
    live.publish("H0STCNT0", "005930", [trade(1), trade(2), trade(3)]);
    expect((await take(trades, 3)).map(({ STCK_PRPR }) => STCK_PRPR)).toEqual(["1", "2", "3"]);
    trades.close();
  });

  test("of several stocks goes to whoever asked for each", async () => {
    const { live, trades, client } = await trading();
    const others = domesticTrade(client, "000660");
    await others.ready;
    live.publish("H0STCNT0", "005930", [trade(1), trade(2, { MKSC_SHRN_ISCD: "000660" }), trade(3)]);
    expect((await take(trades, 2)).map(({ STCK_PRPR }) => STCK_PRPR)).toEqual(["1", "3"]);
    expect((await take(others, 1)).map(({ STCK_PRPR }) => STCK_PRPR)).toEqual(["2"]);
    trades.close();
    others.close();
  });

  test("with columns that KIS has added keeps them, in each record", async () => {
    const { live, trades } = await trading();
    live.publish("H0STCNT0", "005930", [trade(1), trade(2)], { extra: ["A", "B"] });
    const rows = await take(trades, 2);
    expect(rows.map(({ STCK_PRPR }) => STCK_PRPR)).toEqual(["1", "2"]);
    expect(rows.map(({ extra }) => extra)).toEqual([
      ["A", "B"],
      ["A", "B"],
    ]);
    expect(Object.keys(rows[0] ?? {})).toHaveLength(46);
    trades.close();
  });

  test("with fewer columns leaves the last ones blank", async () => {
    const { live, trades } = await trading();
    live.publish("H0STCNT0", "005930", "005930^110000^70000");
    const [row] = await take(trades, 1);
    expect(row).toMatchObject({ MKSC_SHRN_ISCD: "005930", STCK_PRPR: "70000", PRDY_VRSS: "", VI_STND_PRC: "" });
    trades.close();
  });

  test("whose columns cannot be shared out is a gap, and no guess", async () => {
    const { live, trades, gaps, happened } = await trading();
    live.publish("H0STCNT0", "005930", trade(1));
    const [before] = await take(trades, 1);
    const from = Date.now();
    live.publish("H0STCNT0", "005930", "005930^110000^70000", { count: 2 });
    live.publish("H0STCNT0", "005930", trade(2));
    expect((await take(trades, 1))[0]?.STCK_PRPR).toBe("2");
    expect(gaps).toMatchObject([{ reason: "garbled", trId: "H0STCNT0", key: "005930", before, dropped: undefined }]);
    expect(gaps[0]?.from).toBeLessThanOrEqual(from);
    expect(gaps[0]?.to).toBeGreaterThanOrEqual(from);
    expect(happened("garbled")).toMatchObject([{ trId: "H0STCNT0" }]);
    trades.close();
  });

  test.each(["0|H0XXXXX0|001|a^b^c", "1|H0XXXXX0|001|YWJj", "hello", '{"header":{}}', ""])(
    "that nobody asked for is told, and does no harm: %j",
    async (text) => {
      const { live, trades, gaps, happened } = await trading();
      live.send(text);
      live.publish("H0STCNT0", "005930", trade(1));
      await take(trades, 1);
      const isFeed = text.includes("H0XXXXX0");
      expect([...happened("unknown"), ...happened("garbled")]).toMatchObject([isFeed ? { trId: "H0XXXXX0" } : {}]);
      expect(gaps).toEqual([]);
      trades.close();
    },
  );
});

describe("a record", () => {
  test("whose key is written otherwise is that reader's", async () => {
    const { live, trades } = await trading();
    live.publish("H0STCNT0", "005930", trade(1, { MKSC_SHRN_ISCD: "A005930" }));
    expect((await take(trades, 1))[0]?.STCK_PRPR).toBe("1");
    trades.close();
  });

  test.each(["N", "", "999999"])("under %j, which nobody asked for, is nobody's, and a gap for all", async (key) => {
    const { live, trades, gaps, client, happened } = await trading();
    const others = domesticTrade(client, "000660");
    await others.ready;
    live.publish("H0STCNT0", "005930", trade(1, { MKSC_SHRN_ISCD: key }));
    live.publish("H0STCNT0", "005930", trade(2));
    expect((await take(trades, 1))[0]?.STCK_PRPR).toBe("2");
    expect(gaps).toMatchObject([{ reason: "garbled", trId: "H0STCNT0", key: "005930" }]);
    expect(happened("garbled")).toMatchObject([{ trId: "H0STCNT0", reason: "none of the keys that were asked for" }]);
    trades.close();
    others.close();
  });

  test("of an ETN finds the reader of Q500001 under 500001", async () => {
    const { live, trades, client } = await trading();
    const etn = domesticTrade(client, "Q500001");
    await etn.ready;
    live.publish("H0STCNT0", "Q500001", trade(1, { MKSC_SHRN_ISCD: "500001" }));
    expect((await take(etn, 1))[0]?.MKSC_SHRN_ISCD).toBe("500001");
    etn.close();
    trades.close();
  });

  test("of a key that was given up is nobody's", async () => {
    const { live, trades, client, happened } = await trading();
    const others = domesticTrade(client, "000660");
    await others.ready;
    others.close();
    live.send("0|H0STCNT0|001|000660^110000^190000");
    live.publish("H0STCNT0", "005930", trade(1));
    expect((await take(trades, 1))[0]?.MKSC_SHRN_ISCD).toBe("005930");
    expect(happened("unknown")).toEqual([]);
    trades.close();
  });

  test("without a key column is everybody's who reads the feed", async () => {
    const { live, client, trades } = await trading();
    const both = ["005930", "000660"].map((code) => domesticMarketStatusUnified(client, code));
    await Promise.all(both.map(({ ready }) => ready));
    live.publish("H0UNMKO0", "005930", { TRHT_YN: "Y" });
    for (const status of both) expect((await take(status, 1))[0]?.TRHT_YN).toBe("Y");
    for (const status of both) status.close();
    trades.close();
  });
});

describe("an encrypted frame", () => {
  async function noticing(sandbox: Sandbox, live = sandbox.kis.realtime, webSocket?: SandboxWebSocketMaker) {
    const connected = connect(sandbox, webSocket ? { webSocket } : {});
    const gaps: Gap[] = [];
    const notices = domesticNotice(connected.client, { onGap: (gap) => gaps.push(gap) });
    await notices.ready;
    const notify = (...numbers: string[]) => {
      for (const ODER_NO of numbers) live.publish("H0STCNI0", sandbox.kis.options.htsId, { ODER_NO });
    };
    return { ...connected, gaps, notices, notify };
  }

  test("is decrypted; many keep their order", async () => {
    const { notices, notify } = await noticing(open().sandbox);
    const numbers = Array.from({ length: 200 }, (_, number) => String(number));
    notify(...numbers);
    expect((await take(notices, 200)).map(({ ODER_NO }) => ODER_NO)).toEqual(numbers);
    notices.close();
  });

  test("with several records and further columns", async () => {
    const { sandbox, live } = open();
    const { notices } = await noticing(sandbox);
    const records = [{ ODER_NO: "1" }, { ODER_NO: "2" }];
    live.publish("H0STCNI0", sandbox.kis.options.htsId, records, { extra: ["new"] });
    const rows = await take(notices, 2);
    expect(rows.map(({ ODER_NO, extra }) => [ODER_NO, extra])).toEqual([
      ["1", ["new"]],
      ["2", ["new"]],
    ]);
    notices.close();
  });

  test.each(["not base64!", "YWJj", ""])("that cannot be decrypted is a gap: %j", async (payload) => {
    const { sandbox, live } = open();
    const { notices, notify, gaps, happened } = await noticing(sandbox);
    notify("1");
    live.send(`1|H0STCNI0|001|${payload}`);
    notify("2");
    const rows = await take(notices, 2);
    expect(rows.map(({ ODER_NO }) => ODER_NO)).toEqual(["1", "2"]);
    expect(gaps).toMatchObject([{ reason: "garbled", before: rows[0] }]);
    expect(happened("garbled")).toHaveLength(1);
    notices.close();
  });

  test("that came just before the connection broke is delivered, and the gap begins behind it", async () => {
    const { sandbox, live } = open();
    const { notices, notify, gaps } = await noticing(sandbox);
    notify("1", "2");
    live.drop();
    notify("3");
    const { rows } = drain(notices);
    while (gaps.length === 0) await turn();
    notify("4");
    while (rows.length < 3) await turn();
    expect(rows.map(({ ODER_NO }) => ODER_NO)).toEqual(["1", "2", "4"]);
    expect(gaps).toMatchObject([{ reason: "disconnected", before: rows[1] }]);
    notices.close();
  });

  test("is known by its other name", async () => {
    const { sandbox, kis } = open();
    class Renaming extends kis.webSocket {
      override addEventListener(type: string, listener: (event: Event & { data?: unknown }) => void): void {
        super.addEventListener(type, (event) => {
          if (typeof event.data !== "string") return listener(event);
          const data = event.data.replace(/^1\|H0STCNI0/, "1|K0STCNI0");
          listener(new MessageEvent("message", { data }));
        });
      }
    }
    const { notices, notify } = await noticing(sandbox, kis.realtime, Renaming);
    notify("7");
    expect((await take(notices, 1))[0]?.ODER_NO).toBe("7");
    notices.close();
  });
});
