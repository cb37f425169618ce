import { afterEach, describe, expect, test } from "vitest";
import { type ServedSandbox, serveSandbox } from "../../sandbox/serve.js";
import { connect, open, STOCK, signIn, stocks, tokenP } from "./kis-client.js";

const ORDER = `${STOCK}/trading/order-cash`;
const market = { ORD_DVSN: "01", ORD_UNPR: "0" };

describe("failNext", () => {
  test.each([
    [
      "the gateway's codes with HTTP 500",
      { code: "EGW00201" },
      500,
      { rt_cd: "1", msg_cd: "EGW00201", msg1: expect.stringContaining("초당") },
    ],
    ["others with HTTP 200", { code: "APBK0955" }, 200, { rt_cd: "1", msg_cd: "APBK0955" }],
    [
      "words of one's own",
      { code: "APBK0918", message: "장운영시간이 아닙니다" },
      200,
      { msg1: "장운영시간이 아닙니다" },
    ],
    ["a status of one's own", { code: "EGW00215", status: 429 }, 429, { msg_cd: "EGW00215" }],
    ["a body of one's own", { status: 503, body: { error: "down" } }, 503, { error: "down" }],
  ])("answers with %s", async (_, fault, status, body) => {
    const { quote, kis } = await connect();
    kis.failNext(fault);
    expect(await quote()).toMatchObject({ status, body });
    expect((await quote()).body.rt_cd).toBe("0");
  });

  test("with text that is no JSON, or nothing at all", async () => {
    const { sandbox, kis } = open();
    const ask = async () => {
      const response = await sandbox.fetch(`http://kis.test${STOCK}/quotations/inquire-price`);
      return [response.status, await response.text()];
    };
    kis.failNext({ status: 500, body: "<html>Internal Server Error</html>" });
    expect(await ask()).toEqual([500, "<html>Internal Server Error</html>"]);
    kis.failNext({ status: 502 });
    expect(await ask()).toEqual([502, ""]);
  });

  test("does not carry out what it answers so, unless told to", async () => {
    const { order, kis } = await connect();
    kis.failNext({ code: "EGW00301" });
    expect((await order("buy", market)).body.msg_cd).toBe("EGW00301");
    expect(kis.orders()).toEqual([]);
    kis.failNext({ code: "EGW00301", carriedOut: true });
    expect((await order("buy", market)).body.msg_cd).toBe("EGW00301");
    expect(kis.orders()).toMatchObject([{ filled: 1 }]);
    expect(kis.requests.filter(({ path }) => path === ORDER)).toHaveLength(2);
  });

  test("as often as it is told, where it is told", async () => {
    const { order, quote, kis } = await connect();
    kis.failNext({ code: "EGW00201", times: 2, path: "domestic-stock-trading.orderCash" });
    expect((await quote()).body.rt_cd).toBe("0");
    const codes = [];
    for (let count = 0; count < 3; count++) codes.push((await order("buy", market)).body.msg_cd);
    expect(codes).toEqual(["EGW00201", "EGW00201", "APBK0013"]);
  });

  test("means token requests only by their name, and answers in their form", async () => {
    const { sandbox, kis } = open();
    kis.failNext({ code: "EGW00201" });
    expect((await tokenP(sandbox)).status).toBe(200);
    sandbox.reset();
    kis.failNext({ code: "EGW00201", path: "/oauth2/tokenP" });
    expect(await tokenP(sandbox)).toMatchObject({ status: 403, body: { error_code: "EGW00201" } });
  });

  test("says what it does not understand", () => {
    const { kis } = open();
    expect(() => kis.failNext({})).toThrow("say how to fail");
    expect(() => kis.failNext({ status: 500, path: "nowhere" })).toThrow("No operation is called nowhere");
  });
});

describe("delayNext and silence", () => {
  test("what is late is done at once", async () => {
    const { order, kis } = await connect();
    kis.delayNext(60);
    const began = performance.now();
    const late = order("buy", market);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kis.orders()).toHaveLength(1);
    expect((await late).body.rt_cd).toBe("0");
    expect(performance.now() - began).toBeGreaterThanOrEqual(50);
  });

  test("silence lasts until whoever asks gives up", async () => {
    const { sandbox, kis } = open();
    kis.failNext({ silent: true });
    const asked = sandbox.fetch(`http://kis.test${STOCK}/quotations/inquire-price`, {
      signal: AbortSignal.timeout(30),
    });
    await expect(asked).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("a lost connection", () => {
  let served: ServedSandbox | undefined;
  afterEach(() => served?.close());

  test("in process is what the platform's fetch throws", async () => {
    const { order, kis } = await connect();
    kis.failNext({ drop: true });
    await expect(order("buy", market)).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { code: "ECONNRESET" },
    });
    expect(kis.orders()).toEqual([]);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])("on a port the socket ends, carried out: %s", async (carriedOut, orders) => {
    const { sandbox, kis } = open();
    served = await serveSandbox(sandbox, { port: 0 });
    const program = stocks(await signIn(sandbox, "real", fetch as typeof sandbox.fetch, served.url));
    kis.failNext({ drop: true, carriedOut, path: ORDER });
    await expect(program.order("buy", market)).rejects.toThrow("fetch failed");
    expect(kis.orders()).toHaveLength(orders);
    expect((await program.order("buy", market)).body.rt_cd).toBe("0");
    expect(kis.requests.filter(({ path }) => path === ORDER)).toHaveLength(2);
  });
});

describe("limits", () => {
  test("none unless asked for", async () => {
    const { quote } = await connect();
    const answers = await Promise.all(Array.from({ length: 60 }, () => quote()));
    expect(answers.every(({ body }) => body.rt_cd === "0")).toBe(true);
  });

  test.each([
    ["real", 18],
    ["mock", 1],
  ] as const)("KIS's policy: %s %i a second", async (environment, rate) => {
    const { quote, clock } = await connect({ limits: true }, environment);
    const codes = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, () => quote()));
      return answers.filter(({ body }) => body.rt_cd === "0").length;
    };
    expect(await codes(rate + 5)).toBe(rate);
    expect(await quote()).toMatchObject({ status: 500, body: { msg_cd: "EGW00201" } });
    clock.now += 1_000;
    expect(await codes(rate + 5)).toBe(rate);
  });

  test("the ledger has one of its own, below the gateway's", async () => {
    const { quote, balance, order, clock } = await connect({
      limits: { real: { perSecond: 100, ledgerPerSecond: 2 } },
    });
    const codes = [
      (await balance()).body.msg_cd,
      (await order("buy", market)).body.msg_cd,
      (await balance()).body.msg_cd,
    ];
    expect(codes).toEqual(["KIOK0510", "APBK0013", "EGW00215"]);
    expect((await quote()).body.rt_cd).toBe("0");
    clock.now += 500;
    expect((await balance()).body.rt_cd).toBe("0");
  });

  test("an order that is too much is not done", async () => {
    const { order, kis } = await connect({ limits: { real: { perSecond: 1 } } });
    await order("buy", market);
    expect((await order("buy", market)).body.msg_cd).toBe("EGW00201");
    expect(kis.orders()).toHaveLength(1);
  });

  test("are set and lifted as it runs, and are back after a reset", async () => {
    const { sandbox, quote, kis } = await connect();
    kis.limit("real", { perSecond: 1 });
    expect([(await quote()).body.rt_cd, (await quote()).body.rt_cd]).toEqual(["0", "1"]);
    kis.limit("real", {});
    expect((await quote()).body.rt_cd).toBe("0");
    kis.limit("real");
    const many = await Promise.all(Array.from({ length: 25 }, () => quote()));
    expect(many.some(({ body }) => body.msg_cd === "EGW00201")).toBe(true);
    sandbox.reset();
    const again = stocks(await signIn(sandbox));
    expect(
      (await Promise.all(Array.from({ length: 25 }, () => again.quote()))).every(({ body }) => body.rt_cd === "0"),
    ).toBe(true);
  });
});
