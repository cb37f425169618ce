/** The same on a port of this machine, over real sockets. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { domesticTrade } from "kofin/kis/realtime";
import type { KisRealtimeOptions } from "kofin/sandbox";
import { type ServedSandbox, serveSandbox } from "kofin/sandbox/serve";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { root } from "../../bench/package-root.js";
import { approvalKey, asking } from "./raw.js";
import { connect, open, take, until } from "./setup.js";

const still: KisRealtimeOptions = { tickMs: 1e9, heartbeatMs: 1e9 };

describe("a served sandbox", () => {
  let served: ServedSandbox | undefined;
  afterEach(() => served?.close());

  async function serve(realtime: KisRealtimeOptions = still) {
    const opened = open({ realtime });
    served = await serveSandbox(opened.sandbox, { port: 0 });
    const { url } = served;
    const socketUrl = url.replace("http", "ws");
    const control = async (name: string, body: object = {}) =>
      (await fetch(`${url}/__sandbox/kis/${name}`, { method: "POST", body: JSON.stringify(body) })).json();
    return { ...opened, url, socketUrl, control };
  }

  async function dial(address: string) {
    const socket = new WebSocket(address);
    const heard: string[] = [];
    socket.on("message", (data) => heard.push(String(data)));
    await once(socket, "open");
    return { socket, heard };
  }

  test.each(["", "/", "/tryitout", "/tryitout/H0STCNT0"])("takes up sockets at %j", async (path) => {
    const { sandbox, socketUrl, live } = await serve();
    const { socket, heard } = await dial(`${socketUrl}${path}`);
    socket.send(asking({ key: await approvalKey(sandbox) }));
    await until(() => heard.length === 1);
    expect(JSON.parse(heard[0] ?? "").body.msg_cd).toBe("OPSP0000");
    socket.close();
    await until(() => live.sessions.length === 0);
  });

  test.each(["/elsewhere", "/tryitout/a/b"])("and not at %j", async (path) => {
    const { socketUrl } = await serve();
    const socket = new WebSocket(`${socketUrl}${path}`);
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("404");
  });

  test("carries a client's whole day: records, heartbeats, a drop", async () => {
    const { sandbox, socketUrl, live } = await serve({ tickMs: 5, heartbeatMs: 20 });
    const { client, happened } = connect(sandbox, { url: `${socketUrl}/tryitout`, webSocket: WebSocket });
    const trades = domesticTrade(client, "005930");
    const [first] = await take(trades, 3);
    expect(first?.MKSC_SHRN_ISCD).toBe("005930");
    await until(() => live.messages.filter(({ text }) => text.includes("PINGPONG")).length > 1);
    expect(live.drop()).toBe(1);
    await until(() => happened("gap").length === 1);
    await take(trades, 3);
    trades.close();
    await until(() => live.sessions.length === 0);
  });

  test("takes a pong frame for the answer to a heartbeat, as the official sample sends it", async () => {
    const { socketUrl, live, clock } = await serve();
    const { socket, heard } = await dial(socketUrl);
    const closed = once(socket, "close");
    live.heartbeat();
    await until(() => heard.length === 1);
    socket.pong(heard[0]);
    await until(() => live.messages.length === 1);
    clock.now += 100_000;
    live.heartbeat();
    await until(() => heard.length === 2);
    clock.now += 100_000;
    live.heartbeat();
    expect((await closed)[0]).toBe(1006);
  });

  test("is controlled over HTTP", async () => {
    const { sandbox, socketUrl, url, live, control } = await serve();
    const { socket, heard } = await dial(socketUrl);
    const key = await approvalKey(sandbox);
    socket.send(asking({ key }));
    await until(() => heard.length === 1);
    expect(await (await fetch(`${url}/__sandbox/kis`)).json()).toMatchObject({
      sessions: [{ environment: "real", subscriptions: [{ trId: "H0STCNT0", trKey: "005930" }] }],
      messages: [{ text: asking({ key }) }],
    });
    expect(await control("realtime-tick", { moves: 2 })).toEqual({ frames: 1 });
    const records = { STCK_PRPR: 1 };
    const about = { trId: "H0STCNT0", trKey: "005930" };
    expect(await control("realtime-publish", { ...about, records, extra: ["x"] })).toEqual({ sessions: 1 });
    expect(await control("realtime-publish", { ...about, records: "a^b", count: 2 })).toEqual({ sessions: 1 });
    expect(await control("realtime-publish", about)).toEqual({ error: expect.stringContaining("records") });
    await control("realtime-send", { text: "hello" });
    await control("realtime-heartbeat");
    await control("realtime-silence", { on: true });
    await control("realtime-heartbeat");
    await control("realtime-silence", { on: false });
    await until(() => heard.length === 6);
    expect(heard.slice(1).map((text) => text.slice(0, 14))).toEqual([
      "0|H0STCNT0|002",
      "0|H0STCNT0|001",
      "0|H0STCNT0|002",
      "hello",
      '{"header":{"tr',
    ]);
    expect(heard[2]?.endsWith("^x")).toBe(true);
    await control("realtime-refuse-next", { code: "OPSP0007" });
    socket.send(asking({ key, trKey: "000660" }));
    await until(() => heard.length === 7);
    expect(heard[6]).toContain("OPSP0007");
    expect(await control("realtime-refuse-next", { code: "x" })).toEqual({
      error: expect.stringContaining("x is no code"),
    });
    await control("realtime-replay", { on: true });
    await control("realtime-forget-approval-keys");
    const closed = once(socket, "close");
    expect(await control("realtime-drop")).toEqual({ sessions: 1 });
    await closed;
    await control("realtime-offline", { on: true });
    const [error] = await once(new WebSocket(socketUrl), "error");
    expect(String(error)).toContain("socket hang up");
    expect(live.sessions).toEqual([]);
  });

  test("close ends the sockets", async () => {
    const { socketUrl } = await serve();
    const { socket } = await dial(socketUrl);
    const closed = once(socket, "close");
    await served?.close();
    await closed;
    served = undefined;
  });

  test("a program whose subscriptions have ended ends by itself, and holds nothing open", async () => {
    const { sandbox, url, socketUrl, live } = await serve({ ...still, tickMs: 2 });
    const { appKey, appSecret } = sandbox.kis.options;
    const program = `
      import { createKis } from "./runtime/kis/index.ts";
      import { domesticTrade, domesticOrderBook, domesticNotice } from "./generated/kis/realtime.ts";
      const kis = createKis({
        environment: "real", appKey: "${appKey}", appSecret: "${appSecret}", htsId: "sandbox",
        baseUrl: "${url}", limits: false, realtime: { url: "${socketUrl}/tryitout", backoffMs: [0] },
      });
      const gaps = [];
      const trades = domesticTrade(kis, "005930", { onGap: (gap) => gaps.push(gap.reason) });
      const others = [domesticOrderBook(kis, "005930"), domesticNotice(kis)];
      await trades.ready;
      await fetch("${url}/__sandbox/kis/realtime-drop", { method: "POST" });
      let count = 0;
      for await (const trade of trades) if (gaps.length > 0 && ++count === 20) break;
      for (const feed of others) feed.close();
      process.on("exit", () => {
        const open = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
        console.log(JSON.stringify({ gaps, count, open }));
      });
    `;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (data) => {
      printed += data;
    });
    const ended = await Promise.race([
      once(child, "exit"),
      new Promise((resolve) => setTimeout(resolve, 25_000, "is still running").unref()),
    ]);
    child.kill("SIGKILL");
    expect(ended).toEqual([0, null]);
    expect(JSON.parse(printed)).toEqual({ gaps: ["disconnected"], count: 20, open: [] });
    await until(() => live.sessions.length === 0);
  });
});

test("in process nothing keeps a program alive either", async () => {
  const handles = () => process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).length;
  const before = handles();
  const { sandbox, live } = open();
  const { client } = connect(sandbox);
  const feeds = ["005930", "000660"].map((code) => domesticTrade(client, code));
  await Promise.all(feeds.map(({ ready }) => ready));
  live.drop();
  await until(() => live.sessions[0]?.subscriptions.length === 2);
  expect(handles()).toBeGreaterThan(before);
  for (const feed of feeds) feed.close();
  await until(() => handles() <= before);
});
