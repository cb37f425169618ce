import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  type Answer,
  connect,
  DAY,
  HOUR,
  MINUTE,
  NOW,
  open,
  STOCK,
  signIn,
  stocks,
  type Wire,
} from "./kis-client.js";

/** The price is 70,000, and nothing moves it but the test. */
async function still(environment: "real" | "mock" = "real") {
  const connected = await connect({}, environment);
  connected.kis.setPrice("005930", 70_000);
  return connected;
}

const market = { ORD_DVSN: "01", ORD_UNPR: "0" };
const numberOf = ({ body }: Wire): string => body.output.ODNO;
const codeOf = ({ body }: Wire): string[] => [body.rt_cd, body.msg_cd];
const holding = ({ body }: Wire, code = "005930") => body.output1.find(({ pdno }: Answer) => pdno === code);

describe("a market order", () => {
  test("is done at once, at the last price, and shows everywhere", async () => {
    const { order, balance, openOrders, history, kis } = await still();
    const before = (await balance()).body.output2[0];
    const placed = await order("buy", { ...market, ORD_QTY: "10" });
    expect(placed.body).toEqual({
      rt_cd: "0",
      msg_cd: "APBK0013",
      msg1: expect.any(String),
      output: { KRX_FWDG_ORD_ORGNO: "91252", ODNO: "0000000001", ORD_TMD: "110000" },
    });
    expect((await openOrders()).body.output).toEqual([]);
    const { output1, output2 } = (await history()).body;
    expect(output1).toHaveLength(1);
    expect(output1[0]).toMatchObject({
      ord_dt: "20261120",
      odno: "0000000001",
      sll_buy_dvsn_cd: "02",
      sll_buy_dvsn_cd_name: "매수",
      pdno: "005930",
      prdt_name: "삼성전자",
      ord_qty: "10",
      tot_ccld_qty: "10",
      avg_prvs: "70000",
      tot_ccld_amt: "700000",
      rmn_qty: "0",
      cncl_yn: "N",
    });
    expect(output2).toMatchObject({ tot_ord_qty: "10", tot_ccld_qty: "10", tot_ccld_amt: "700000" });
    const after = await balance();
    expect(holding(after)).toMatchObject({
      hldg_qty: "110",
      ord_psbl_qty: "110",
      thdt_buyqty: "10",
      prpr: "70000",
      evlu_amt: "7700000",
    });
    // Paid in two trading days: the money is still there, and spoken for.
    expect(after.body.output2[0]).toMatchObject({
      dnca_tot_amt: before.dnca_tot_amt,
      prvs_rcdl_excc_amt: String(Number(before.prvs_rcdl_excc_amt) - 700_000),
      thdt_buy_amt: "700000",
    });
    expect(kis.orders()).toMatchObject([
      { number: "0000000001", side: "buy", quantity: 10, filled: 10, remaining: 0, at: NOW },
    ]);
  });

  test("balances add up: rows, totals, and worth", async () => {
    const { order, balance, kis } = await still();
    await order("buy", { ...market, ORD_QTY: "3" });
    await order("sell", { ...market, ORD_QTY: "50" });
    kis.setPrice("005930", 71_000);
    const { output1, output2 } = (await balance()).body;
    const sum = (field: string) => output1.reduce((total: number, row: Answer) => total + Number(row[field]), 0);
    const [totals] = output2;
    for (const row of output1) {
      expect(Number(row.evlu_amt)).toBe(Number(row.hldg_qty) * Number(row.prpr));
      expect(Number(row.evlu_pfls_amt)).toBe(Number(row.evlu_amt) - Number(row.pchs_amt));
    }
    expect(Number(totals.evlu_amt_smtl_amt)).toBe(sum("evlu_amt"));
    expect(Number(totals.pchs_amt_smtl_amt)).toBe(sum("pchs_amt"));
    expect(Number(totals.evlu_pfls_smtl_amt)).toBe(sum("evlu_pfls_amt"));
    expect(Number(totals.tot_evlu_amt)).toBe(sum("evlu_amt") + Number(totals.prvs_rcdl_excc_amt));
    expect(Number(totals.nass_amt)).toBe(Number(totals.tot_evlu_amt) - Number(totals.tot_loan_amt));
  });

  test("money settles after two trading days, the weekend left out", async () => {
    const { order, balance, clock, renew } = await still();
    await order("sell", { ...market, ORD_QTY: "10" });
    const on = async (days: number) => {
      clock.now = NOW + days * DAY;
      await renew();
      const [{ dnca_tot_amt, nxdy_excc_amt, prvs_rcdl_excc_amt }] = (await balance()).body.output2;
      return [dnca_tot_amt, nxdy_excc_amt, prvs_rcdl_excc_amt].map((text) => Number(text) - 100_000_000);
    };
    // Friday, then Monday, then Tuesday.
    expect(await on(0)).toEqual([0, 0, 700_000]);
    expect(await on(3)).toEqual([0, 700_000, 700_000]);
    expect(await on(4)).toEqual([700_000, 700_000, 700_000]);
  });

  test("yesterday's trades are yesterday's", async () => {
    const { order, balance, clock, renew } = await still();
    await order("buy", { ...market, ORD_QTY: "4" });
    clock.now = NOW + 3 * DAY;
    await renew();
    const after = await balance();
    expect(holding(after)).toMatchObject({ bfdy_buy_qty: "4", thdt_buyqty: "0" });
    expect(after.body.output2[0]).toMatchObject({ bfdy_buy_amt: "280000", thdt_buy_amt: "0" });
  });

  test("selling realizes what it brought above the cost", async () => {
    const { order, balance, get, kis } = await still();
    const cost = Number(holding(await balance()).pchs_avg_pric);
    kis.setPrice("005930", 75_000);
    await order("sell", { ...market, ORD_QTY: "10" });
    const query = {
      ...ACCOUNT,
      INQR_STRT_DT: "20261101",
      INQR_END_DT: "20261130",
      PDNO: "",
      SORT_DVSN: "00",
      INQR_DVSN: "00",
      CBLC_DVSN: "00",
      CTX_AREA_FK100: "",
      CTX_AREA_NK100: "",
    };
    const byDay = (await get(`${STOCK}/trading/inquire-period-profit`, "TTTC8708R", query)).body;
    expect(byDay.output1).toMatchObject([
      { trad_dt: "20261120", sll_amt: "750000", sll_qty1: "10", rlzt_pfls: String((75_000 - cost) * 10) },
    ]);
    const byTrade = (await get(`${STOCK}/trading/inquire-period-trade-profit`, "TTTC8715R", query)).body;
    expect(byTrade.output1).toMatchObject([
      { pdno: "005930", sll_qty: "10", sll_pric: "75000", rlzt_pfls: byDay.output1[0].rlzt_pfls },
    ]);
    expect(byTrade.output2.tot_rlzt_pfls).toBe(byDay.output2.tot_rlzt_pfls);
  });
});

describe("a limit order", () => {
  test("rests below the price, binds its money, and is done when the price gets there", async () => {
    const { order, openOrders, orderable, balance, kis } = await still();
    const before = Number((await orderable()).body.output.ord_psbl_cash);
    const number = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "5" }));
    expect((await openOrders()).body.output).toMatchObject([
      {
        odno: number,
        ord_qty: "5",
        psbl_qty: "5",
        ord_unpr: "69000",
        tot_ccld_qty: "0",
        sll_buy_dvsn_cd: "02",
        ord_dvsn_cd: "00",
        ord_dvsn_name: "지정가",
      },
    ]);
    expect(Number((await orderable()).body.output.ord_psbl_cash)).toBe(before - 345_000);
    kis.setPrice("005930", 69_500);
    expect((await openOrders()).body.output).toHaveLength(1);
    kis.setPrice("005930", 68_900);
    expect((await openOrders()).body.output).toEqual([]);
    expect(holding(await balance())).toMatchObject({ hldg_qty: "105", thdt_buyqty: "5" });
    expect(Number((await orderable()).body.output.ord_psbl_cash)).toBe(before - 344_500);
  });

  test("that is better than the price is done at the price", async () => {
    const { order, history } = await still();
    await order("buy", { ORD_UNPR: "72000" });
    await order("sell", { ORD_UNPR: "65000" });
    expect((await history()).body.output1.map(({ avg_prvs }: Answer) => avg_prvs)).toEqual(["70000", "70000"]);
  });

  test("a sale binds what it would sell", async () => {
    const { order, balance, get } = await still();
    await order("sell", { ORD_UNPR: "72000", ORD_QTY: "30" });
    expect(holding(await balance())).toMatchObject({ hldg_qty: "100", ord_psbl_qty: "70" });
    const sellable = await get(`${STOCK}/trading/inquire-psbl-sell`, "TTTC8408R", { ...ACCOUNT, PDNO: "005930" });
    expect(sellable.body.output).toMatchObject({ pdno: "005930", cblc_qty: "100", ord_psbl_qty: "70" });
    expect(codeOf(await order("sell", { ...market, ORD_QTY: "71" }))).toEqual(["1", "APBK0400"]);
    expect(codeOf(await order("sell", { ...market, ORD_QTY: "70" }))).toEqual(["0", "APBK0013"]);
  });

  test("is done by the market as time goes by", async () => {
    const { order, kis, clock, quote } = await connect();
    const { stck_lwpr, stck_prpr } = (await quote()).body.output;
    const limit = Number(stck_prpr) - 300;
    const number = numberOf(await order("buy", { ORD_UNPR: String(limit) }));
    const path = [];
    for (let minutes = 0; minutes < 270; minutes += 10) {
      clock.now = NOW + minutes * MINUTE;
      path.push({ low: Number((await quote()).body.output.stck_lwpr), filled: kis.orders()[0]?.filled });
    }
    // The day's low only falls: the order is done no sooner and no later than it reaches the limit.
    for (const { low, filled } of path) if (low > limit && low < Number(stck_lwpr)) expect(filled).toBe(0);
    const reached = path.some(({ low }) => low <= limit && low < Number(stck_lwpr));
    if (reached) expect(kis.orders()[0]).toMatchObject({ number, filled: 1, price: limit });
  });

  test("lapses with its session", async () => {
    const { order, openOrders, history, clock, renew, kis } = await still();
    await order("buy", { ORD_UNPR: "60000", ORD_QTY: "2" });
    clock.now = Date.UTC(2026, 10, 20, 6, 29);
    expect((await openOrders()).body.output).toHaveLength(1);
    clock.now += 2 * MINUTE;
    expect((await openOrders()).body.output).toEqual([]);
    kis.setPrice("005930", 59_000);
    clock.now = NOW + 3 * DAY;
    await renew();
    expect((await history()).body.output1).toMatchObject([
      { ord_qty: "2", tot_ccld_qty: "0", rmn_qty: "0", rjct_qty: "2" },
    ]);
  });

  test("fill: in part, then the rest, at a price of its own", async () => {
    const { order, openOrders, history, kis } = await still();
    const number = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "10" }));
    kis.fill(number, { quantity: 4 });
    expect((await openOrders()).body.output).toMatchObject([
      { odno: number, tot_ccld_qty: "4", psbl_qty: "6", tot_ccld_amt: "276000" },
    ]);
    expect(() => kis.fill(number, { quantity: 7 })).toThrow("6 left");
    kis.fill(number, { price: 68_000 });
    expect((await history()).body.output1).toMatchObject([
      { tot_ccld_qty: "10", tot_ccld_amt: "684000", avg_prvs: "68400" },
    ]);
    expect(() => kis.fill(number)).toThrow("0 left");
    expect(() => kis.fill("99")).toThrow("no order 99");
  });
});

describe("changing an order", () => {
  test("a modification is an order of its own, and takes what was left of the first", async () => {
    const { order, change, openOrders, history, kis } = await still();
    const first = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "10" }));
    kis.fill(first, { quantity: 3 });
    const second = numberOf(await change(first, { RVSE_CNCL_DVSN_CD: "01", ORD_UNPR: "68000" }));
    expect(second).not.toBe(first);
    expect((await openOrders()).body.output).toMatchObject([
      { odno: second, orgn_odno: first, ord_qty: "7", psbl_qty: "7", ord_unpr: "68000", rvse_cncl_dvsn_name: "정정" },
    ]);
    expect((await history()).body.output1).toMatchObject([
      { odno: first, ord_qty: "10", tot_ccld_qty: "3", rmn_qty: "0" },
      { odno: second, orgn_odno: first, ord_qty: "7", rmn_qty: "7" },
    ]);
  });

  test("of a part leaves the other part where it was", async () => {
    const { order, change, openOrders } = await still();
    const first = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "10" }));
    await change(first, { RVSE_CNCL_DVSN_CD: "01", ORD_UNPR: "68000", QTY_ALL_ORD_YN: "N", ORD_QTY: "4" });
    const rows = (await openOrders()).body.output.map(({ ord_unpr, psbl_qty }: Answer) => [ord_unpr, psbl_qty]);
    expect(rows).toEqual([
      ["68000", "4"],
      ["69000", "6"],
    ]);
  });

  test("to a price that suits is done at once", async () => {
    const { order, change, openOrders, kis } = await still();
    const first = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "2" }));
    await change(first, { RVSE_CNCL_DVSN_CD: "01", ORD_DVSN: "01", ORD_UNPR: "0" });
    expect((await openOrders()).body.output).toEqual([]);
    expect(kis.orders()[1]).toMatchObject({ kind: "modify", original: first, filled: 2 });
  });

  test("a cancellation frees the money, whole or in part", async () => {
    const { order, change, openOrders, orderable, history } = await still();
    const before = (await orderable()).body.output.ord_psbl_cash;
    const number = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "10" }));
    await change(number, { QTY_ALL_ORD_YN: "N", ORD_QTY: "4" });
    expect((await openOrders()).body.output).toMatchObject([{ psbl_qty: "6" }]);
    const second = await change(number);
    expect(codeOf(second)).toEqual(["0", "APBK0013"]);
    expect((await openOrders()).body.output).toEqual([]);
    expect((await orderable()).body.output.ord_psbl_cash).toBe(before);
    expect((await history()).body.output1).toMatchObject([
      { odno: number, cnc_cfrm_qty: "10", cncl_yn: "Y", rmn_qty: "0" },
      { orgn_odno: number, ord_qty: "4", cncl_yn: "Y", sll_buy_dvsn_cd_name: "취소매수" },
      { odno: numberOf(second), orgn_odno: number, ord_qty: "6", cncl_yn: "Y" },
    ]);
  });

  test.each([
    ["an order that is not there", "0000009999", {}, "APBK0344"],
    ["another branch", undefined, { KRX_FWDG_ORD_ORGNO: "00000" }, "APBK0344"],
    ["another exchange than the order's", undefined, { EXCG_ID_DVSN_CD: "NXT" }, "APBK0344"],
    ["more than is left", undefined, { QTY_ALL_ORD_YN: "N", ORD_QTY: "11" }, "APBK0927"],
    ["no quantity", undefined, { QTY_ALL_ORD_YN: "N", ORD_QTY: "0" }, "APBK0918"],
  ])("%s", async (_, number, changes, code) => {
    const { order, change } = await still();
    const known = numberOf(await order("buy", { ORD_UNPR: "69000", ORD_QTY: "10" }));
    expect(codeOf(await change(number ?? known, changes))).toEqual(["1", code]);
  });

  test("what is done, or gone, cannot be changed", async () => {
    const { order, change } = await still();
    const filled = numberOf(await order("buy", market));
    expect(codeOf(await change(filled))).toEqual(["1", "APBK0927"]);
    const resting = numberOf(await order("buy", { ORD_UNPR: "69000" }));
    await change(resting);
    expect(codeOf(await change(resting))).toEqual(["1", "APBK0927"]);
  });

  test("to a price that there is no money for leaves the order as it was", async () => {
    const { order, change, openOrders, kis } = await still();
    const first = numberOf(await order("buy", { ORD_UNPR: "60000", ORD_QTY: "1600" }));
    const refused = await change(first, { RVSE_CNCL_DVSN_CD: "01", ORD_UNPR: "65000" });
    expect(codeOf(refused)).toEqual(["1", "APBK0919"]);
    expect((await openOrders()).body.output).toMatchObject([{ odno: first, psbl_qty: "1600" }]);
    expect(kis.orders()).toHaveLength(1);
  });

  test("orders of NXT and SOR are changed where they are", async () => {
    const { order, change } = await still();
    const number = numberOf(await order("buy", { ORD_UNPR: "69000", EXCG_ID_DVSN_CD: "SOR" }));
    expect(codeOf(await change(number))).toEqual(["1", "APBK0344"]);
    expect(codeOf(await change(number, { EXCG_ID_DVSN_CD: "SOR" }))).toEqual(["0", "APBK0013"]);
  });
});

describe("refusals, in the envelope with HTTP 200", () => {
  test.each([
    ["more than the cash", "buy", { ...market, ORD_QTY: "100000" }, "APBK0919"],
    ["more than is held", "sell", { ...market, ORD_QTY: "101" }, "APBK0400"],
    ["what is not held", "sell", { ...market, PDNO: "068270" }, "APBK0400"],
    ["a code that nobody has", "buy", { PDNO: "999999" }, "APBK0656"],
    ["something that is no code", "buy", { PDNO: "samsung" }, "APBK0656"],
    ["no quantity", "buy", { ORD_QTY: "0" }, "APBK0918"],
    ["half a share", "buy", { ORD_QTY: "0.5" }, "APBK0918"],
    ["no price", "buy", { ORD_UNPR: "0" }, "APBK0918"],
    ["a price between two steps", "buy", { ORD_UNPR: "70050" }, "APBK0918"],
    ["a price above the limit of the day", "buy", { ORD_UNPR: "150000" }, "APBK0918"],
    ["a kind of order that there is not", "buy", { ORD_DVSN: "99" }, "APBK0918"],
    ["another exchange", "buy", { EXCG_ID_DVSN_CD: "NYSE" }, "APBK0918"],
    ["a market order at NXT", "buy", { ...market, EXCG_ID_DVSN_CD: "NXT" }, "APBK1943"],
  ] as const)("%s", async (_, side, changes, code) => {
    const { order, kis } = await still();
    const refused = await order(side, changes);
    expect([refused.status, ...codeOf(refused)]).toEqual([200, "1", code]);
    expect(refused.body.msg1).not.toBe("");
    expect(kis.orders()).toEqual([]);
  });

  test("the mock server trades at the Korea Exchange only", async () => {
    const { order } = await still("mock");
    expect(codeOf(await order("buy", { EXCG_ID_DVSN_CD: "NXT" }))).toEqual(["1", "APBK0918"]);
    expect(codeOf(await order("buy", { EXCG_ID_DVSN_CD: "KRX" }))).toEqual(["0", "APBK0013"]);
  });
});

describe("kinds of orders", () => {
  test("IOC and FOK that are not done at once are given up", async () => {
    const { order, openOrders, history } = await still();
    await order("buy", { ORD_DVSN: "11", ORD_UNPR: "69000", ORD_QTY: "2" });
    await order("buy", { ORD_DVSN: "12", ORD_UNPR: "70000", ORD_QTY: "3" });
    expect((await openOrders()).body.output).toEqual([]);
    expect(
      (await history()).body.output1.map(({ tot_ccld_qty, rjct_qty }: Answer) => [tot_ccld_qty, rjct_qty]),
    ).toEqual([
      ["0", "2"],
      ["3", "0"],
    ]);
  });

  test.each(["03", "04", "05", "06", "13", "14", "15", "16", "21", "23", "24"])(
    "%s is done at the price there is",
    async (code) => {
      const { order, kis } = await still();
      await order("buy", { ORD_DVSN: code, ORD_UNPR: "0" });
      expect(kis.orders()).toMatchObject([{ filled: 1 }]);
    },
  );

  test("a stop wakes at its price, and is a limit order from then on", async () => {
    const { order, openOrders, kis } = await still();
    await order("buy", { ORD_DVSN: "22", CNDT_PRIC: "71000", ORD_UNPR: "71500" });
    expect((await openOrders()).body.output).toMatchObject([{ stpm_cndt_pric: "71000", stpm_efct_occr_yn: "N" }]);
    kis.setPrice("005930", 72_000);
    expect((await openOrders()).body.output).toMatchObject([{ stpm_efct_occr_yn: "Y" }]);
    kis.setPrice("005930", 71_400);
    expect(kis.orders()).toMatchObject([{ filled: 1 }]);
  });
});

describe("what can be ordered", () => {
  test("as much as it says, and not one more", async () => {
    const { order, orderable } = await still();
    const { ord_psbl_cash, nrcvb_buy_qty, max_buy_qty, psbl_qty_calc_unpr } = (await orderable()).body.output;
    expect([ord_psbl_cash, nrcvb_buy_qty, max_buy_qty, psbl_qty_calc_unpr]).toEqual([
      "100000000",
      "1428",
      "1428",
      "70000",
    ]);
    expect(codeOf(await order("buy", { ORD_QTY: "1429" }))).toEqual(["1", "APBK0919"]);
    expect(codeOf(await order("buy", { ORD_QTY: "1428" }))).toEqual(["0", "APBK0013"]);
    expect((await orderable()).body.output).toMatchObject({ ord_psbl_cash: "40000", max_buy_qty: "0" });
  });

  test("at the market it goes by the price now", async () => {
    const { orderable } = await still();
    expect((await orderable({ ORD_DVSN: "01", ORD_UNPR: "" })).body.output).toMatchObject({
      psbl_qty_calc_unpr: "70000",
      max_buy_qty: "1428",
    });
    expect((await orderable({ PDNO: "", ORD_UNPR: "" })).body.output).toMatchObject({
      max_buy_qty: "0",
      max_buy_amt: "100000000",
    });
  });
});

describe("lists of orders", () => {
  test("by side, state, code, number, exchange and order", async () => {
    const { order, history } = await still();
    await order("buy", { ...market, ORD_QTY: "2" });
    await order("buy", { ORD_UNPR: "60000" });
    await order("sell", { ...market, PDNO: "000660" });
    await order("buy", { ORD_UNPR: "60000", EXCG_ID_DVSN_CD: "NXT" });
    const numbers = async (changes: Record<string, string>) =>
      (await history(changes)).body.output1.map(({ odno }: Answer) => Number(odno));
    expect(await numbers({})).toEqual([1, 2, 3, 4]);
    expect(await numbers({ INQR_DVSN: "00" })).toEqual([4, 3, 2, 1]);
    expect(await numbers({ SLL_BUY_DVSN_CD: "01" })).toEqual([3]);
    expect(await numbers({ CCLD_DVSN: "01" })).toEqual([1, 3]);
    expect(await numbers({ CCLD_DVSN: "02" })).toEqual([2, 4]);
    expect(await numbers({ PDNO: "000660" })).toEqual([3]);
    expect(await numbers({ ODNO: "2" })).toEqual([2]);
    expect(await numbers({ EXCG_ID_DVSN_CD: "NXT" })).toEqual([4]);
    expect(await numbers({ EXCG_ID_DVSN_CD: "KRX" })).toEqual([1, 2, 3]);
    expect(await numbers({ INQR_END_DT: "20261119" })).toEqual([]);
  });

  test("two tr_ids share the history, at three months", async () => {
    const { order, history, clock, renew } = await still();
    await order("buy", market);
    expect((await history({}, "CTSC9215R")).body.output1).toEqual([]);
    clock.now += 100 * DAY;
    await renew();
    expect((await history()).body.output1).toEqual([]);
    expect((await history({}, "CTSC9215R")).body.output1).toHaveLength(1);
  });

  test("open orders by side and by code", async () => {
    const { order, openOrders } = await still();
    await order("buy", { ORD_UNPR: "60000" });
    await order("sell", { ORD_UNPR: "80000", PDNO: "005930" });
    await order("buy", { PDNO: "000660", ORD_UNPR: "150000" });
    const codes = async (changes: Record<string, string>) =>
      (await openOrders(changes)).body.output.map(({ pdno }: Answer) => pdno);
    expect(await codes({})).toEqual(["000660", "005930", "005930"]);
    expect(await codes({ INQR_DVSN_2: "1" })).toEqual(["005930"]);
    expect(await codes({ INQR_DVSN_1: "1" })).toEqual(["000660", "005930", "005930"]);
  });
});

describe("credit", () => {
  const credit = (side: "buy" | "sell", changes: Record<string, string>) => ({
    path: `${STOCK}/trading/order-credit`,
    trId: side === "buy" ? "TTTC0052U" : "TTTC0051U",
    body: {
      ...ACCOUNT,
      PDNO: "068270",
      CRDT_TYPE: "21",
      LOAN_DT: "20261120",
      ORD_DVSN: "01",
      ORD_QTY: "10",
      ORD_UNPR: "0",
      ...changes,
    },
  });

  test("a purchase on credit is a loan, and selling pays it back", async () => {
    const { post, balance, kis, orderable } = await still();
    kis.setPrice("068270", 180_000);
    const buy = credit("buy", {});
    expect((await post(buy.path, buy.trId, buy.body)).body.rt_cd).toBe("0");
    const held = await balance();
    expect(holding(held, "068270")).toMatchObject({
      trad_dvsn_name: "자기융자",
      hldg_qty: "10",
      loan_dt: "20261120",
      loan_amt: "1800000",
    });
    expect(held.body.output2[0]).toMatchObject({ tot_loan_amt: "1800000", prvs_rcdl_excc_amt: "100000000" });
    expect((await orderable()).body.output.ord_psbl_cash).toBe(String(100_000_000 - 810_000));
    kis.setPrice("068270", 190_000);
    const sell = credit("sell", { CRDT_TYPE: "25" });
    expect((await post(sell.path, sell.trId, sell.body)).body.rt_cd).toBe("0");
    expect((await balance()).body.output2[0]).toMatchObject({ tot_loan_amt: "0", prvs_rcdl_excc_amt: "100100000" });
  });

  test("borrowed stock is sold, and bought back", async () => {
    const { post, balance, kis } = await still();
    kis.setPrice("068270", 180_000);
    const sell = credit("sell", { CRDT_TYPE: "22", LOAN_DT: "" });
    expect((await post(sell.path, sell.trId, sell.body)).body.rt_cd).toBe("0");
    expect(holding(await balance(), "068270")).toMatchObject({
      hldg_qty: "10",
      stln_slng_chgs: "1800000",
      loan_amt: "0",
    });
    kis.setPrice("068270", 170_000);
    const buy = credit("buy", { CRDT_TYPE: "26", LOAN_DT: "" });
    expect((await post(buy.path, buy.trId, buy.body)).body.rt_cd).toBe("0");
    expect((await balance()).body.output2[0].prvs_rcdl_excc_amt).toBe("100100000");
  });

  test("only what was bought on credit is sold on credit, and the tr_id goes with the kind", async () => {
    const { post } = await still();
    const sell = credit("sell", { CRDT_TYPE: "25", PDNO: "005930" });
    expect(codeOf(await post(sell.path, sell.trId, sell.body))).toEqual(["1", "APBK0400"]);
    const wrong = credit("buy", { CRDT_TYPE: "25" });
    expect(codeOf(await post(wrong.path, wrong.trId, wrong.body))).toEqual(["1", "APBK0918"]);
  });
});

describe("reservations", () => {
  const body = {
    ...ACCOUNT,
    PDNO: "005930",
    ORD_QTY: "2",
    ORD_UNPR: "69000",
    SLL_BUY_DVSN_CD: "02",
    ORD_DVSN_CD: "00",
    ORD_OBJT_CBLC_DVSN_CD: "10",
  };
  const list = {
    ...ACCOUNT,
    RSVN_ORD_ORD_DT: "20261101",
    RSVN_ORD_END_DT: "20261130",
    RSVN_ORD_SEQ: "",
    TMNL_MDIA_KIND_CD: "00",
    PRCS_DVSN_CD: "0",
    CNCL_YN: "Y",
    PDNO: "",
    SLL_BUY_DVSN_CD: "",
    CTX_AREA_FK200: "",
    CTX_AREA_NK200: "",
  };

  async function reserving() {
    const connected = await still();
    const { post, get } = connected;
    const reserve = (changes: Record<string, string> = {}) =>
      post(`${STOCK}/trading/order-resv`, "CTSC0008U", { ...body, ...changes });
    const change = (trId: string, sequence: string, changes: Record<string, string> = {}) =>
      post(`${STOCK}/trading/order-resv-rvsecncl`, trId, { ...body, RSVN_ORD_SEQ: sequence, ...changes });
    const listed = async (changes: Record<string, string> = {}) =>
      (await get(`${STOCK}/trading/order-resv-ccnl`, "CTSC0004R", { ...list, ...changes })).body.output;
    return { ...connected, reserve, change, listed };
  }

  test("wait for the next session, and are orders from then on", async () => {
    const { reserve, listed, openOrders, clock, renew } = await reserving();
    const { RSVN_ORD_SEQ: sequence } = (await reserve()).body.output;
    expect(await listed()).toMatchObject([
      {
        rsvn_ord_seq: sequence,
        rsvn_ord_ord_dt: "20261123",
        rsvn_ord_rcit_dt: "20261120",
        pdno: "005930",
        ord_rsvn_qty: "2",
        ord_rsvn_unpr: "69000",
        prcs_rslt: "미처리",
        odno: "",
      },
    ]);
    expect((await openOrders()).body.output).toEqual([]);
    clock.now = NOW + 3 * DAY - 2 * HOUR;
    await renew();
    expect((await openOrders()).body.output).toMatchObject([{ pdno: "005930", ord_qty: "2", ord_unpr: "69000" }]);
    expect(await listed()).toMatchObject([{ prcs_rslt: "처리", odno: expect.stringMatching(/[1-9]$/) }]);
    expect(await listed({ PRCS_DVSN_CD: "2" })).toEqual([]);
  });

  test("are changed and cancelled until then", async () => {
    const { reserve, change, listed } = await reserving();
    const { RSVN_ORD_SEQ: sequence } = (await reserve()).body.output;
    expect((await change("CTSC0013U", sequence, { ORD_QTY: "5" })).body).toMatchObject({
      rt_cd: "0",
      output: { NRML_PRCS_YN: "Y" },
    });
    expect(await listed()).toMatchObject([{ ord_rsvn_qty: "5" }]);
    expect((await change("CTSC0009U", sequence)).body.rt_cd).toBe("0");
    expect(await listed()).toMatchObject([{ prcs_rslt: "취소", cncl_ord_dt: "20261120" }]);
    expect(await listed({ CNCL_YN: "N" })).toEqual([]);
    expect(codeOf(await change("CTSC0009U", sequence))).toEqual(["1", "APBK0927"]);
    expect(codeOf(await change("CTSC0009U", "999"))).toEqual(["1", "APBK0344"]);
  });

  test("that cannot be orders say why", async () => {
    const { reserve, listed, clock, renew } = await reserving();
    await reserve({ SLL_BUY_DVSN_CD: "01", ORD_QTY: "500", ORD_UNPR: "71000" });
    clock.now = NOW + 3 * DAY;
    await renew();
    expect(await listed()).toMatchObject([{ prcs_rslt: "거부", rjct_rson2: "주문 가능한 수량을 초과했습니다." }]);
  });
});

describe("pension accounts", () => {
  test("have balances of their own", async () => {
    const { sandbox } = open();
    const { get } = await signIn(sandbox);
    const pension = { CANO: "12345678", ACNT_PRDT_CD: "29" };
    const { body } = await get(`${STOCK}/trading/pension/inquire-balance`, "TTTC2208R", {
      ...pension,
      ACCA_DVSN_CD: "00",
      INQR_DVSN: "00",
      CTX_AREA_FK100: "",
      CTX_AREA_NK100: "",
    });
    expect(body.output1).toMatchObject([{ pdno: "069500", hldg_qty: "30" }]);
    expect(body.output2).toMatchObject({ dnca_tot_amt: "10000000", scts_evlu_amt: body.output1[0].evlu_amt });
    const deposit = await get(`${STOCK}/trading/pension/inquire-deposit`, "TTTC0506R", {
      ...pension,
      ACCA_DVSN_CD: "00",
    });
    expect(deposit.body.output).toMatchObject({ dnca_tota: "10000000" });
  });

  test("assets of all kinds add up", async () => {
    const { get, balance } = await still();
    const { body } = await get(`${STOCK}/trading/inquire-account-balance`, "CTRP6548R", {
      ...ACCOUNT,
      INQR_DVSN_1: "",
      BSPR_BF_DT_APLY_YN: "",
    });
    const sum = (field: string) => body.output1.reduce((total: number, row: Answer) => total + Number(row[field]), 0);
    expect(Number(body.output2.evlu_amt_smtl)).toBe(sum("evlu_amt"));
    expect(Number(body.output2.tot_asst_amt)).toBe(sum("evlu_amt") + Number(body.output2.tot_dncl_amt));
    expect(body.output1[0].evlu_amt).toBe((await balance()).body.output2[0].evlu_amt_smtl_amt);
    const margin = await get(`${STOCK}/trading/intgr-margin`, "TTTC0869R", {
      ...ACCOUNT,
      CMA_EVLU_AMT_ICLD_YN: "N",
      WCRC_FRCR_DVSN_CD: "02",
      FWEX_CTRT_FRCR_DVSN_CD: "01",
    });
    expect(margin.body.output).toMatchObject({
      stck_cash_objt_amt: "100000000",
      stck_cash100_max_ord_psbl_amt: "100000000",
      usd_ord_psbl_amt: "100000",
    });
  });

  test("two programs of one customer see one account", async () => {
    const { sandbox, clock } = open();
    const first = stocks(await signIn(sandbox));
    clock.now += 2 * MINUTE;
    const second = stocks(await signIn(sandbox));
    await first.order("buy", market);
    expect((await second.history()).body.output1).toHaveLength(1);
  });
});
