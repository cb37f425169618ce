import { describe, expect, test } from "vitest";
import { connect, open, signIn, stocks } from "./kis-client.js";

const market = { ORD_DVSN: "01", ORD_UNPR: "0" };

describe("in process", () => {
  test("options are what a client needs, for either server", () => {
    const { kis, sandbox } = open();
    expect(kis.options).toMatchObject({
      environment: "real",
      appKey: expect.stringMatching(/^.{36}$/),
      appSecret: expect.stringMatching(/^.{180}$/),
      account: "12345678-01",
      htsId: "sandbox",
      fetch: sandbox.fetch,
      limits: false,
    });
    expect(kis.mockOptions).toMatchObject({ environment: "mock", account: "12345678-01" });
    expect(kis.mockOptions.appKey).not.toBe(kis.options.appKey);
  });

  test("orders by environment, account and code", async () => {
    const { sandbox, kis } = open();
    await stocks(await signIn(sandbox)).order("buy", market);
    await stocks(await signIn(sandbox, "mock"), "mock").order("buy", { ...market, PDNO: "000660" });
    expect(kis.orders()).toHaveLength(2);
    expect(kis.orders({ environment: "mock" })).toMatchObject([{ code: "000660", account: "12345678-01" }]);
    expect(kis.orders({ code: "005930" })).toMatchObject([{ environment: "real" }]);
    expect(kis.orders({ account: "12345678-29" })).toEqual([]);
  });

  test("deposit and hold", async () => {
    const { kis, balance, orderable } = await connect();
    kis.deposit(1_000);
    kis.deposit(-500, "USD");
    kis.hold({ code: "068270", quantity: 3, price: 100_000 });
    expect((await orderable()).body.output.ord_psbl_cash).toBe("100001000");
    expect((await balance()).body.output1).toContainEqual(
      expect.objectContaining({ pdno: "068270", hldg_qty: "3", pchs_amt: "300000" }),
    );
    kis.deposit(5, "KRW", { environment: "mock", account: "12345678-01" });
    expect((await orderable()).body.output.ord_psbl_cash).toBe("100001000");
  });

  test("say what they do not understand", () => {
    const { kis } = open();
    expect(() => kis.deposit(1, "KRW", { account: "1-1" })).toThrow("no account 1-1");
    expect(() => kis.hold({ code: "X", quantity: 1 })).toThrow("no X at stock");
    expect(() => kis.price("AAPL", "MOON")).toThrow("MOON is no market");
    expect(() => kis.setPrice("005930", 0)).toThrow("above zero");
    expect(() => kis.limit("paper" as "mock")).toThrow("paper is no environment");
  });

  test("prices of every market", () => {
    const { kis } = open();
    for (const [code, where] of [
      ["005930", undefined],
      ["0001", "index"],
      ["101W12", "futures"],
      ["KR6000001D91", "bond"],
      ["AAPL", "NASD"],
      ["AAPL", "NAS"],
      ["ESZ26", "overseas-futures"],
      ["SPX", "overseas-index"],
    ] as const) {
      expect(kis.price(code, where)).toBeGreaterThan(0);
    }
    expect(kis.price("AAPL", "NASD")).toBe(kis.price("AAPL", "NAS"));
  });

  test("reset: as new", async () => {
    const { sandbox, kis, order } = await connect();
    await order("buy", market);
    kis.failNext({ code: "EGW00201", times: 9 });
    kis.otherForms(true);
    sandbox.reset();
    expect([kis.orders(), kis.requests, kis.tokensIssued]).toEqual([[], [], 0]);
    const again = stocks(await signIn(sandbox));
    const { body } = await again.balance();
    expect(body.output1[0]).toMatchObject({ pdno: "005930", hldg_qty: "100" });
    expect((await again.order("buy", market)).body.output.ODNO).toBe("0000000001");
  });
});

describe("over HTTP", () => {
  async function remote() {
    const connected = await connect();
    const { sandbox } = connected;
    const control = async (name: string, body: unknown = {}) => {
      const init = { method: "POST", body: JSON.stringify(body) };
      const response = await sandbox.fetch(`http://kis.test/__sandbox/kis/${name}`, init);
      return { status: response.status, body: await response.json() };
    };
    return { ...connected, control };
  }

  test("everything that is there in process", async () => {
    const { control, get, order, quote, kis, sandbox } = await remote();
    await control("set-price", { code: "005930", price: 70_000 });
    expect((await control("price", { code: "005930" })).body).toEqual({ price: 70_000 });
    const number = (await order("buy", { ORD_UNPR: "69000", ORD_QTY: "4" })).body.output.ODNO;
    await control("fill", { number, quantity: 1 });
    expect((await control("orders", { code: "005930" })).body).toMatchObject({
      orders: [{ number, filled: 1, remaining: 3 }],
    });
    await control("deposit", { amount: 12.5, currency: "USD" });
    await control("hold", { code: "AAPL", market: "NASD", quantity: 2, price: 100 });
    await control("fail-next", { code: "EGW00201", carriedOut: false });
    expect((await quote()).body.msg_cd).toBe("EGW00201");
    await control("limit", { environment: "real", perSecond: 1 });
    expect([(await quote()).body.rt_cd, (await quote()).body.rt_cd]).toEqual(["0", "1"]);
    await control("limit", { environment: "real", off: true });
    await control("other-forms", { on: true });
    const overseas = "/uapi/overseas-price/v1/quotations/price";
    expect((await get(overseas, "HHDFS00000300", { AUTH: "", EXCD: "NAS", SYMB: "AAPL" })).body.output).toHaveLength(1);
    await control("delay-next", { milliseconds: 1 });
    await control("drop-tokens");
    expect((await quote()).body.msg_cd).toBe("EGW00121");
    await control("expire-tokens");
    const listed = (await (await sandbox.fetch("http://kis.test/__sandbox/kis")).json()) as Record<string, unknown>;
    expect(listed).toMatchObject({
      options: { environment: "real" },
      mockOptions: { environment: "mock" },
      tokensIssued: 1,
    });
    expect(kis.requests.every(({ path }) => !path.startsWith("/__sandbox"))).toBe(true);
  });

  test.each([
    ["fill", { number: 1 }, "number: a text is needed"],
    ["deposit", { amount: 1, currency: "EUR" }, "EUR is not traded here"],
    ["set-price", { code: "005930", price: "70000" }, "price: a number is needed"],
    ["limit", { environment: "paper" }, "environment: real or mock is needed"],
    ["price", { code: "" }, "There is no "],
  ])("%s says what is wrong", async (name, body, message) => {
    const { control } = await remote();
    expect(await control(name, body)).toMatchObject({ status: 400, body: { error: expect.stringContaining(message) } });
  });

  test("are listed with the others", async () => {
    const { sandbox } = open();
    const { controls } = (await (await sandbox.fetch("http://kis.test/__sandbox")).json()) as { controls: string[] };
    expect(controls).toContain("POST /__sandbox/kis/set-price");
  });
});
