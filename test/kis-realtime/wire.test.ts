/** The sandbox's side of the socket, as the documents and what others have seen describe KIS's. */
import { describe, expect, test } from "vitest";
import { approvalKey, asking, dial } from "./raw.js";
import { open, turn } from "./setup.js";

async function dialled(environment: "real" | "mock" = "real") {
  const opened = open();
  const key = await approvalKey(opened.sandbox, environment);
  return { ...opened, key, ...(await dial(opened.sandbox)) };
}

describe("an answer", () => {
  test("to a subscription has a key of 32 characters and an iv of 16, of quotes as well", async () => {
    const { say, key } = await dialled();
    expect(await say(asking({ key }))).toEqual({
      header: { tr_id: "H0STCNT0", tr_key: "005930", encrypt: "N" },
      body: {
        rt_cd: "0",
        msg_cd: "OPSP0000",
        msg1: "SUBSCRIBE SUCCESS",
        output: { iv: expect.stringMatching(/^\w{16}$/), key: expect.stringMatching(/^\w{32}$/) },
      },
    });
    const notice = await say(asking({ key, trId: "H0STCNI0", trKey: "sandbox" }));
    expect(notice).toMatchObject({ header: { encrypt: "Y" }, body: { msg_cd: "OPSP0000" } });
  });

  test.each<[code: string, rtCd: string, changes: object]>([
    ["OPSP0002", "1", {}],
    ["OPSP0001", "0", { type: "2" }],
    ["OPSP0003", "1", { type: "2", trKey: "000660" }],
    ["OPSP0011", "1", { key: "nobody's" }],
    ["OPSP8991", "9", { trId: "H0XXXXX0" }],
    ["OPSP8991", "9", { trId: "H0STCNI9", trKey: "sandbox" }],
    ["OPSP8992", "9", { trKey: "999999" }],
    ["OPSP8992", "9", { trId: "HDFSCNT0", trKey: "AAPL" }],
    ["OPSP8993", "9", { trKey: "" }],
    ["OPSP8993", "9", { trId: "H0UPCNT0", trKey: "00010" }],
    ["OPSP8994", "9", { header: { custtype: "B" } }],
    ["OPSP8997", "9", { type: "3" }],
    ["OPSP8998", "9", { header: { custtype: "C" } }],
    ["OPSP9996", "9", { header: { approval_key: undefined } }],
    ["OPSP9997", "9", { header: { custtype: undefined } }],
  ])("%s", async (code, rtCd, changes) => {
    const { say, key } = await dialled();
    await say(asking({ key }));
    const { header, body } = await say(asking({ key, ...changes }));
    expect(body).toMatchObject({ rt_cd: rtCd, msg_cd: code, msg1: expect.any(String) });
    expect(header.tr_id === "(null)").toBe(rtCd === "9");
  });

  test.each([
    ["OPSP9999", "{"],
    ["OPSP9999", "[]"],
    ["OPSP9998", "{}"],
    ["OPSP9992", '{"header":{}}'],
    ["OPSP9991", '{"header":{},"body":{}}'],
    ["OPSP9990", '{"header":{"approval_key":"a","custtype":"P","tr_type":"1"},"body":{"input":{"tr_id":"H0STCNT0"}}}'],
  ])("%s to %s", async (code, text) => {
    const { say } = await dialled();
    expect((await say(text)).body.msg_cd).toBe(code);
  });

  test("the 42nd registration of a session is one too many; another that ends makes room", async () => {
    const { say, key } = await dialled();
    for (let code = 1; code <= 41; code++) {
      expect((await say(asking({ key, trKey: String(code).padStart(6, "0") }))).body.msg_cd).toBe("OPSP0000");
    }
    expect((await say(asking({ key, trKey: "000042" }))).body.msg_cd).toBe("OPSP0008");
    await say(asking({ key, trKey: "000001", type: "2" }));
    expect((await say(asking({ key, trKey: "000042" }))).body.msg_cd).toBe("OPSP0000");
  });

  test("a second session of an app key is refused until the first has ended; the mock keys are others", async () => {
    const { sandbox, say, key, socket } = await dialled();
    await say(asking({ key }));
    const second = await dial(sandbox);
    expect((await second.say(asking({ key: await approvalKey(sandbox) }))).body.msg_cd).toBe("OPSP8996");
    const mock = await dial(sandbox);
    expect((await mock.say(asking({ key: await approvalKey(sandbox, "mock") }))).body.msg_cd).toBe("OPSP0000");
    socket.close();
    await turn();
    expect((await second.say(asking({ key }))).body.msg_cd).toBe("OPSP0000");
  });

  test("a wrong HTS id costs the session", async () => {
    const { say, key, closed } = await dialled();
    const { header, body } = await say(asking({ key, trId: "H0STCNI0", trKey: "somebody" }));
    expect([header.tr_id, body.msg_cd]).toEqual(["(null)", "OPSP0017"]);
    expect(closed).toEqual([{ code: 1006, wasClean: false }]);
  });

  test("an approval key lasts a day", async () => {
    const { say, key, clock } = await dialled();
    clock.now += 24 * 3_600_000;
    expect((await say(asking({ key }))).body.msg_cd).toBe("OPSP0011");
  });
});

describe("heartbeats", () => {
  test("are JSON with the time in Seoul", async () => {
    const { live, heard } = await dialled();
    live.heartbeat();
    await turn();
    expect(heard).toEqual(['{"header":{"tr_id":"PINGPONG","datetime":"20261120110000"}}']);
  });

  test("that nobody answers end the session after 100 seconds", async () => {
    const { live, clock, heard, closed, say } = await dialled();
    live.heartbeat();
    await turn();
    clock.now += 99_000;
    live.heartbeat();
    await turn();
    await say(heard[0] ?? "");
    clock.now += 2_000;
    live.heartbeat();
    await turn();
    expect([heard.length, closed]).toEqual([3, []]);
    clock.now += 100_000;
    live.heartbeat();
    await turn();
    expect(closed).toEqual([{ code: 1006, wasClean: false }]);
    expect(live.sessions).toEqual([]);
  });
});

describe("a frame", () => {
  test("names its feed and how many records it has, in three digits", async () => {
    const { live, say, key, heard } = await dialled();
    await say(asking({ key }));
    expect(live.tick(3)).toBe(1);
    await turn();
    expect(heard.at(-1)).toMatch(/^0\|H0STCNT0\|003\|005930\^110000\^\d+\^/);
    expect(heard.at(-1)?.split("^")).toHaveLength(3 * 46);
  });

  test("holds 999 records at most", async () => {
    const { live, say, key, heard } = await dialled();
    await say(asking({ key, trId: "H0STMKO0" }));
    expect(live.tick(1_000)).toBe(2);
    await turn();
    expect(heard.slice(-2).map((text) => text.slice(0, 15))).toEqual(["0|H0STMKO0|999|", "0|H0STMKO0|001|"]);
  });

  test("goes to nobody who did not ask for it", async () => {
    const { live, say, key, heard } = await dialled();
    await say(asking({ key }));
    expect(live.publish("H0STCNT0", "000660", {})).toBe(0);
    expect(live.publish("H0STCNT0", "005930", {})).toBe(1);
    await turn();
    expect(heard).toHaveLength(2);
  });

  test("is repeated to whoever subscribes, when that is wanted", async () => {
    const { live, say, key, heard, sandbox, socket } = await dialled();
    await say(asking({ key }));
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "1" });
    live.publish("H0STCNT0", "005930", { STCK_PRPR: "2" });
    await turn();
    live.replay(true);
    socket.close();
    await turn();
    const next = await dial(sandbox);
    expect(await next.say(asking({ key }))).toBe(heard.at(-1));
    expect(next.heard).toHaveLength(2);
  });

  test("with a column that the feed does not have is a mistake of the test", () => {
    const { live } = open();
    expect(() => live.publish("H0STCNT0", "005930", { PRICE: "1" })).toThrow("H0STCNT0 has no column PRICE");
    expect(() => live.publish("H0XXXXX0", "005930", {})).toThrow("There is no feed H0XXXXX0");
    expect(() => live.refuseNext("OPSP4711")).toThrow("OPSP4711");
  });
});

describe("the socket", () => {
  test("is a web-standard one", async () => {
    const { sandbox } = open();
    const socket = new sandbox.kis.webSocket("ws://kis.test/tryitout");
    const events: string[] = [];
    for (const type of ["open", "message", "error", "close"]) {
      socket.addEventListener(type, ({ type: said }) => events.push(said));
    }
    expect(socket.readyState).toBe(0);
    expect(() => socket.send("early")).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
    await turn();
    expect([socket.readyState, socket.url]).toEqual([1, "ws://kis.test/tryitout"]);
    socket.send("{");
    await turn();
    socket.close();
    expect(socket.readyState).toBe(2);
    await turn();
    expect(socket.readyState).toBe(3);
    expect(events).toEqual(["open", "message", "close"]);
    socket.send("late");
    expect(() => new sandbox.kis.webSocket("no address")).toThrow();
  });

  test("closed before it is open is an error, as elsewhere", async () => {
    const { sandbox } = open();
    const events: string[] = [];
    const socket = new sandbox.kis.webSocket("ws://kis.test/");
    socket.onerror = () => events.push("error");
    socket.onclose = ({ code }) => events.push(`close ${code}`);
    socket.close();
    await turn();
    expect(events).toEqual(["error", "close 1006"]);
  });

  test("reset ends sessions and forgets approval keys", async () => {
    const { sandbox, say, key, closed, live } = await dialled();
    await say(asking({ key }));
    sandbox.reset();
    await turn();
    expect([closed.length, live.sessions, live.messages]).toEqual([1, [], []]);
    expect((await (await dial(sandbox)).say(asking({ key }))).body.msg_cd).toBe("OPSP0011");
  });
});
