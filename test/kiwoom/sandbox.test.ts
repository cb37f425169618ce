/** The mock of Kiwoom: an account whose orders are filled by the market that the quotes show. */
import { AuthenticationError, ProviderError } from "kofin";
import { createKiwoom, type KiwoomOptions, revokeToken, signed } from "kofin/kiwoom";
import { balance, depositDetail, filledOrders, openOrders, orderFillDetails } from "kofin/kiwoom/domestic-account";
import { buyOnCredit } from "kofin/kiwoom/domestic-credit-order";
import { orderBook } from "kofin/kiwoom/domestic-market-condition";
import { buy, cancel, modify, sell } from "kofin/kiwoom/domestic-order";
import { stockInfo } from "kofin/kiwoom/domestic-stock-info";
import { orderNotice, stockTrade } from "kofin/kiwoom/realtime";
import { todayOrders } from "kofin/kiwoom/us-account";
import { buy as buyUs, cancel as cancelUs, modify as modifyUs } from "kofin/kiwoom/us-order";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { examplesOf } from "../contract/example-input.js";
import { functionOf, nameOf, operationsIn, specsOf } from "../contract/specs.js";
import { complaints } from "../contract/validator.js";
import { failure } from "../support/failure.js";

const NOW = Date.UTC(2026, 10, 20, 2);

/** On a Friday at 11:00 in Seoul, or now: by the clock of the machine tokens of that day have ended. */
function setUp(options: Partial<KiwoomOptions> = {}, now: () => number = () => NOW) {
  const sandbox = createSandbox({ now });
  const mock = sandbox.kiwoom;
  mock.setPrice("005930", 60_000);
  const kiwoom = createKiwoom({ ...mock.options, limits: false, retryDelayMs: 1, ...options });
  return { mock, kiwoom };
}

const order = { dmst_stex_tp: "KRX", stk_cd: "005930", ord_qty: "10", ord_uv: "59000", trde_tp: "0" } as const;
const details = { qry_tp: "1", stk_bond_tp: "0", sell_tp: "0", dmst_stex_tp: "KRX" } as const;
const open = { all_stk_tp: "0", trde_tp: "0", stex_tp: "0" } as const;

describe("an order", () => {
  test("waits for its price, shows in the look-ups, and is filled by the market", async () => {
    const { mock, kiwoom } = setUp();
    const before = Number((await depositDetail(kiwoom, { qry_tp: "3" })).data.ord_alow_amt);
    const { ord_no } = (await buy(kiwoom, order)).data;
    expect(ord_no).toMatch(/^\d{7}$/);
    const { oso } = (await openOrders(kiwoom, open)).data;
    expect(oso).toMatchObject([
      { ord_no, stk_cd: "005930", ord_qty: "10", oso_qty: "10", ord_pric: "59000", tm: "110000" },
    ]);
    expect(Number((await depositDetail(kiwoom, { qry_tp: "3" })).data.ord_alow_amt)).toBe(before - 590_000);

    mock.setPrice("005930", 58_000);
    expect((await openOrders(kiwoom, open)).data.oso).toEqual([]);
    const found = (await orderFillDetails(kiwoom, details)).data.acnt_ord_cntr_prps_dtl;
    expect(found).toMatchObject([{ ord_no, cntr_qty: "0000000010", cntr_uv: "0000058000", ord_remnq: "0000000000" }]);
    const filled = await filledOrders(kiwoom, { qry_tp: "0", sell_tp: "2", stex_tp: "0" });
    expect(filled.data.cntr).toMatchObject([{ ord_no, cntr_qty: "10", oso_qty: "0" }]);
    const held = (await balance(kiwoom, { qry_tp: "1", dmst_stex_tp: "KRX" })).data.acnt_evlt_remn_indv_tot;
    expect(held).toMatchObject([{ stk_cd: "A005930", rmnd_qty: "000000000000110" }]);
  });

  test("is changed and cancelled under numbers of their own, which know the first one", async () => {
    const { kiwoom } = setUp();
    const { ord_no: first } = (await buy(kiwoom, order)).data;
    const change = { dmst_stex_tp: "KRX", stk_cd: "005930" } as const;
    const changed = await modify(kiwoom, { ...change, orig_ord_no: first ?? "", mdfy_qty: "4", mdfy_uv: "58000" });
    expect(changed.data).toMatchObject({ base_orig_ord_no: first, mdfy_qty: "000000000004" });
    const second = changed.data.ord_no ?? "";
    const cancelled = await cancel(kiwoom, { ...change, orig_ord_no: second, cncl_qty: "0" });
    expect(cancelled.data).toMatchObject({ base_orig_ord_no: first, cncl_qty: "000000000004" });
    expect((await openOrders(kiwoom, open)).data.oso).toMatchObject([{ ord_no: first, oso_qty: "6" }]);
    const error = await failure(cancel(kiwoom, { ...change, orig_ord_no: second, cncl_qty: "0" }), ProviderError);
    expect(error).toMatchObject({ code: "SANDBOX02", advice: "report" });
  });

  test.each([
    ["more than there is money for", { ord_qty: "100000" }, "SANDBOX04"],
    ["a stock that does not exist", { stk_cd: "999999" }, "1902"],
    ["no number of shares", { ord_qty: "0" }, "1517"],
    ["no price where one is needed", { ord_uv: "" }, "1517"],
  ])("for %s is refused in HTTP 200, and not kept", async (_, changes, code) => {
    const { kiwoom } = setUp();
    const error = await failure(buy(kiwoom, { ...order, ...changes }), ProviderError);
    expect(error).toMatchObject({ code, status: 200 });
    expect((await orderFillDetails(kiwoom, details)).data.acnt_ord_cntr_prps_dtl).toEqual([]);
  });

  test("that sells more than is held is refused; at any price it is done at once, on credit too", async () => {
    const { kiwoom } = setUp();
    const any = { ...order, ord_uv: "", trde_tp: "3" } as const;
    expect(await failure(sell(kiwoom, { ...any, ord_qty: "101" }))).toMatchObject({ code: "SANDBOX05" });
    await sell(kiwoom, { ...any, ord_qty: "100" });
    await buyOnCredit(kiwoom, { ...any, ord_qty: "3" });
    const filled = await filledOrders(kiwoom, { qry_tp: "0", sell_tp: "0", stex_tp: "0" });
    expect(filled.data.cntr).toMatchObject([{ cntr_qty: "3" }, { cntr_qty: "100" }]);
  });

  test("by SOR is changed by SOR only", async () => {
    const { kiwoom } = setUp();
    const { ord_no = "" } = (await buy(kiwoom, { ...order, dmst_stex_tp: "SOR" })).data;
    const change = { stk_cd: "005930", orig_ord_no: ord_no, mdfy_qty: "0", mdfy_uv: "58000" };
    expect(await failure(modify(kiwoom, { ...change, dmst_stex_tp: "KRX" }))).toMatchObject({ code: "571412" });
    await modify(kiwoom, { ...change, dmst_stex_tp: "SOR" });
  });

  test("in the US goes the same way", async () => {
    const { mock, kiwoom } = setUp();
    mock.setPrice("AAPL", 200, "ND");
    const apple = { stex_tp: "ND", stk_cd: "AAPL" } as const;
    const placed = await buyUs(kiwoom, { ...apple, ord_qty: "2", ord_uv: "150", trde_tp: "00" });
    const first = placed.data.ord_no ?? "";
    const changed = await modifyUs(kiwoom, { ...apple, orig_ord_no: first, mdfy_uv: "160" });
    const second = changed.data.ord_no ?? "";
    await cancelUs(kiwoom, { ...apple, orig_ord_no: second });
    const { result_list: found } = (await todayOrders(kiwoom, {})).data;
    expect(found).toMatchObject([
      { orig_ord_no: second },
      { orig_ord_no: first, ord_uv: "160.0000" },
      { ord_no: first },
    ]);
    expect(
      await failure(
        buyUs(kiwoom, { ...apple, stex_tp: "NY", stk_cd: "ZZZZZ", ord_qty: "1", ord_uv: "1", trde_tp: "00" }),
      ),
    ).toMatchObject({ code: "1902" });
  });

  test("is told of on the socket, and so is every trade of the stock", async () => {
    const { mock, kiwoom } = setUp();
    const [notices, trades] = [orderNotice(kiwoom), stockTrade(kiwoom, "005930")];
    await Promise.all([notices.ready, trades.ready]);
    const { ord_no } = (await buy(kiwoom, { ...order, ord_uv: "", trde_tp: "3" })).data;
    const states = [(await notices.next()).value, (await notices.next()).value];
    const saying = (text = "") => states.map((notice) => Object.values(notice ?? {}).includes(text));
    expect([saying(ord_no), saying("체결")]).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(mock.realtime.tick()).toBe(1);
    expect(Object.values((await trades.next()).value ?? {})).toContain("110000");
    notices.close();
    trades.close();
  });
});

describe("prices", () => {
  test("are those that orders are filled at, with a sign that says the direction", async () => {
    const { mock, kiwoom } = setUp();
    mock.setPrice("005930", 61_000);
    const { data } = await stockInfo(kiwoom, { stk_cd: "005930_AL" });
    expect(signed(data.cur_prc ?? "")?.amount).toBe("61000");
    const book = (await orderBook(kiwoom, { stk_cd: "005930" })).data;
    expect(signed(book.buy_fpr_bid ?? "")?.amount).toBe("61000");
    expect(await failure(stockInfo(kiwoom, { stk_cd: "999999" }))).toMatchObject({ code: "1902" });
  });
});

describe("refusals", () => {
  test("of a token are HTTP 200 with 8005 inside the text, and end with another token", async () => {
    const { mock, kiwoom } = setUp({}, Date.now);
    await stockInfo(kiwoom, { stk_cd: "005930" });
    mock.expireToken();
    await stockInfo(kiwoom, { stk_cd: "005930" });
    expect(mock.requests.map(({ path }) => path)).toEqual([
      ...["/oauth2/token", "/api/dostk/stkinfo", "/api/dostk/stkinfo", "/oauth2/token", "/api/dostk/stkinfo"],
    ]);
    await revokeToken(kiwoom);
    const refused = await failure(
      stockInfo(createKiwoom({ ...mock.options, secretKey: "wrong" }), { stk_cd: "005930" }),
      AuthenticationError,
    );
    expect(refused.advice).not.toBe("renew-token");
  });

  test("have the code where Kiwoom has it", async () => {
    const { mock } = setUp();
    const { fetch, baseUrl } = mock.options;
    const answer = await fetch(`${baseUrl}/api/dostk/stkinfo`, {
      method: "POST",
      headers: { "api-id": "ka10001" },
      body: "{}",
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ return_code: 3, return_msg: expect.stringMatching(/\[8005:/) });
  });

  test("by the limit of an api-id are HTTP 429", async () => {
    const { mock, kiwoom } = setUp({ retries: 0 }, Date.now);
    await depositDetail(kiwoom, { qry_tp: "3" });
    mock.limit("documented");
    const all = await Promise.allSettled([1, 2, 3].map(() => stockInfo(kiwoom, { stk_cd: "005930" })));
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(all[2]).toMatchObject({ reason: { status: 429, code: "1700" } });
  });

  test("of 모의투자 come from its host, for what it does not serve", async () => {
    const { mock } = setUp();
    const { fetch, appKey, secretKey } = mock.mockOptions;
    const ask = async (path: string, body: object, headers: Record<string, string> = {}) =>
      (
        await fetch(`https://mockapi.kiwoom.com${path}`, { method: "POST", headers, body: JSON.stringify(body) })
      ).json();
    const { token } = (await ask("/oauth2/token", {
      grant_type: "client_credentials",
      appkey: appKey,
      secretkey: secretKey,
    })) as { token: string };
    const headers = { authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    for (const id of ["ka01690", "kt00002", "kt00015", "kt00016", "kt00017"]) {
      const path = "/api/dostk/acnt";
      const said = (await ask(path, {}, { ...headers, "api-id": id })) as { return_code: number; return_msg: string };
      expect([id, said.return_code, /\[8104:|\(RC9000:/.test(said.return_msg)]).toEqual([
        id,
        id.startsWith("kt") ? 20 : 2,
        true,
      ]);
    }
  });
});

describe("every look-up", () => {
  const { kiwoom } = setUp();
  const lookUps = operationsIn(specsOf("kiwoom")).filter(({ retry }) => retry === "safe");
  type Call = (client: typeof kiwoom, input?: object) => Promise<{ raw: unknown }>;

  test.each(lookUps.map((operation) => [nameOf(operation), operation] as const))(
    "%s is as its spec says",
    async (_, operation) => {
      const call = await functionOf<Call>("kiwoom", operation.module, operation.id);
      const [example] = operation.request
        ? examplesOf(operation, { known: ({ schema }) => (schema["x-from"] === undefined ? undefined : null) })
        : [];
      const { raw } = await call(kiwoom, ...(example ? [example.input] : []));
      // The mock answers with what was asked for by the same name: here a number of days for a date, and a minute for a time.
      const found = complaints(operation.response, raw).filter((text) => !/\/(dt|tm) must match/.test(text));
      expect(found).toEqual([]);
    },
  );
});
