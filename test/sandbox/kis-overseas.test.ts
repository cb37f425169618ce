import { describe, expect, test } from "vitest";
import { ACCOUNT, type Answer, connect, DAY, HOUR, NOW, OVERSEAS, type Wire } from "./kis-client.js";

const codeOf = ({ body }: Wire): string[] => [body.rt_cd, body.msg_cd];
const KEYS = { CTX_AREA_FK200: "", CTX_AREA_NK200: "" };

async function trading(environment: "real" | "mock" = "real") {
  const connected = await connect({}, environment);
  const { get, post, kis } = connected;
  kis.setPrice("AAPL", 200, "NASD");
  kis.setPrice("KO", 60, "NYSE");
  const sellId = environment === "real" ? "TTTT1006U" : "VTTT1001U";
  const id = (real: string) => (environment === "real" ? real : `V${real.slice(1)}`);
  const order = (side: "buy" | "sell", changes: Record<string, string> = {}) =>
    post(`${OVERSEAS}/trading/order`, side === "buy" ? id("TTTT1002U") : sellId, {
      ...{
        ...ACCOUNT,
        OVRS_EXCG_CD: "NASD",
        PDNO: "AAPL",
        ORD_QTY: "1",
        OVRS_ORD_UNPR: "200",
        ORD_SVR_DVSN_CD: "0",
        ORD_DVSN: "00",
      },
      ...changes,
    });
  const change = (number: string, changes: Record<string, string> = {}) =>
    post(`${OVERSEAS}/trading/order-rvsecncl`, id("TTTT1004U"), {
      ...{
        ...ACCOUNT,
        OVRS_EXCG_CD: "NASD",
        PDNO: "AAPL",
        ORGN_ODNO: number,
        RVSE_CNCL_DVSN_CD: "02",
        ORD_QTY: "1",
        OVRS_ORD_UNPR: "0",
      },
      ...changes,
    });
  const balance = async (changes: Record<string, string> = {}) =>
    (
      await get(`${OVERSEAS}/trading/inquire-balance`, id("TTTS3012R"), {
        ...ACCOUNT,
        OVRS_EXCG_CD: "NASD",
        TR_CRCY_CD: "USD",
        ...KEYS,
        ...changes,
      })
    ).body;
  const openOrders = async (exchange = "NASD") =>
    (
      await get(`${OVERSEAS}/trading/inquire-nccs`, "TTTS3018R", {
        ...ACCOUNT,
        OVRS_EXCG_CD: exchange,
        SORT_SQN: "DS",
        ...KEYS,
      })
    ).body.output;
  const history = async (changes: Record<string, string> = {}) =>
    (
      await get(`${OVERSEAS}/trading/inquire-ccnl`, id("TTTS3035R"), {
        ...{
          ...ACCOUNT,
          PDNO: "%",
          ORD_STRT_DT: "20261101",
          ORD_END_DT: "20261130",
          SLL_BUY_DVSN: "00",
          CCLD_NCCS_DVSN: "00",
          OVRS_EXCG_CD: "%",
        },
        ...{ SORT_SQN: "DS", ORD_DT: "", ORD_GNO_BRNO: "", ODNO: "", ...KEYS },
        ...changes,
      })
    ).body.output;
  const orderable = async (changes: Record<string, string> = {}) =>
    (
      await get(`${OVERSEAS}/trading/inquire-psamount`, id("TTTS3007R"), {
        ...ACCOUNT,
        OVRS_EXCG_CD: "NASD",
        OVRS_ORD_UNPR: "200",
        ITEM_CD: "AAPL",
        ...changes,
      })
    ).body.output;
  const present = async (changes: Record<string, string> = {}) =>
    (
      await get(`${OVERSEAS}/trading/inquire-present-balance`, id("CTRP6504R"), {
        ...ACCOUNT,
        WCRC_FRCR_DVSN_CD: "02",
        NATN_CD: "000",
        TR_MKET_CD: "00",
        INQR_DVSN_CD: "00",
        ...changes,
      })
    ).body;
  return { ...connected, order, change, balance, openOrders, history, orderable, present };
}

describe("orders overseas", () => {
  test("are done at the price, in the money of the exchange", async () => {
    const { order, balance, history, orderable } = await trading();
    const before = Number((await orderable()).ord_psbl_frcr_amt);
    const placed = await order("buy", { ORD_QTY: "5", OVRS_ORD_UNPR: "210" });
    expect(placed.body.output).toEqual({ KRX_FWDG_ORD_ORGNO: "91252", ODNO: "0000000001", ORD_TMD: "110000" });
    const rows: Answer[] = (await balance()).output1;
    expect(rows.find(({ ovrs_pdno }) => ovrs_pdno === "AAPL")).toMatchObject({
      ovrs_cblc_qty: "15",
      now_pric2: "200.0000",
      ovrs_stck_evlu_amt: "3000.0000",
      tr_crcy_cd: "USD",
      ovrs_excg_cd: "NASD",
    });
    expect(await history()).toMatchObject([
      {
        odno: "0000000001",
        pdno: "AAPL",
        ft_ord_qty: "5",
        ft_ord_unpr3: "210.0000",
        ft_ccld_qty: "5",
        ft_ccld_unpr3: "200.0000",
        ft_ccld_amt3: "1000.0000",
        nccs_qty: "0",
        prcs_stat_name: "완료",
      },
    ]);
    expect(Number((await orderable()).ord_psbl_frcr_amt)).toBe(before - 1_000);
  });

  test("rest, are changed, and cancelled", async () => {
    const { order, change, openOrders, history, kis } = await trading();
    const first = (await order("buy", { ORD_QTY: "3", OVRS_ORD_UNPR: "150.5" })).body.output.ODNO;
    expect(await openOrders()).toMatchObject([
      { odno: first, ft_ord_qty: "3", ft_ord_unpr3: "150.5000", nccs_qty: "3", prcs_stat_name: "접수" },
    ]);
    const second = (await change(first, { RVSE_CNCL_DVSN_CD: "01", ORD_QTY: "3", OVRS_ORD_UNPR: "160" })).body.output
      .ODNO;
    expect(await openOrders()).toMatchObject([{ odno: second, orgn_odno: first, ft_ord_unpr3: "160.0000" }]);
    kis.fill(second, { quantity: 1 });
    expect(codeOf(await change(second, { ORD_QTY: "2" }))).toEqual(["0", "APBK0013"]);
    expect(await openOrders()).toEqual([]);
    expect((await history()).map(({ rvse_cncl_dvsn, ft_ccld_qty }: Answer) => [rvse_cncl_dvsn, ft_ccld_qty])).toEqual([
      ["", "0"],
      ["01", "1"],
      ["02", "0"],
    ]);
  });

  test("sell with another tr_id on the mock server than a rule would give", async () => {
    const { order, post } = await trading("mock");
    expect(codeOf(await order("sell", { ORD_QTY: "2" }))).toEqual(["0", "APBK0013"]);
    const body = {
      ...ACCOUNT,
      OVRS_EXCG_CD: "NASD",
      PDNO: "AAPL",
      ORD_QTY: "1",
      OVRS_ORD_UNPR: "200",
      ORD_SVR_DVSN_CD: "0",
      ORD_DVSN: "00",
    };
    expect((await post(`${OVERSEAS}/trading/order`, "VTTT1006U", body)).body.msg_cd).toBe("EGW00310");
  });

  test.each([
    ["more than the money", "buy", { ORD_QTY: "501" }, "APBK0919"],
    ["more than is held", "sell", { ORD_QTY: "11" }, "APBK0400"],
    ["a symbol that nobody has", "buy", { PDNO: "ZZZZZ" }, "APBK0656"],
    ["no price", "buy", { OVRS_ORD_UNPR: "0" }, "APBK1507"],
    ["a market order, which is not there by that code", "buy", { ORD_DVSN: "01" }, "APBK0918"],
    ["a purchase at the opening, at any price", "buy", { ORD_DVSN: "31" }, "APBK1943"],
    ["a price between two cents", "buy", { OVRS_ORD_UNPR: "200.005" }, "APBK0918"],
  ] as const)("refuses %s", async (_, side, changes, code) => {
    const { order, kis } = await trading();
    expect(codeOf(await order(side, changes))).toEqual(["1", code]);
    expect(kis.orders()).toEqual([]);
  });

  test.each([
    ["another number", { ORGN_ODNO: "99" }],
    ["another symbol", { PDNO: "MSFT" }],
    ["another exchange", { OVRS_EXCG_CD: "NYSE" }],
  ])("%s is not that order", async (_, changes) => {
    const { order, change } = await trading();
    const number = (await order("buy", { OVRS_ORD_UNPR: "150" })).body.output.ODNO;
    expect(codeOf(await change(number, changes))).toEqual(["1", "APBK0344"]);
  });

  test("every exchange has a tr_id and a currency", async () => {
    const { post, kis } = await trading();
    for (const [exchange, code, trId, price] of [
      ["SEHK", "00700", "TTTS1002U", 400],
      ["SHAA", "600519", "TTTS0202U", 1_500],
      ["SZAA", "000001", "TTTS0305U", 12],
      ["TKSE", "7203", "TTTS0308U", 2_700],
      ["HASE", "SHS", "TTTS0311U", 15_000],
    ] as const) {
      kis.setPrice(code, price, exchange);
      const body = {
        ...ACCOUNT,
        OVRS_EXCG_CD: exchange,
        PDNO: code,
        ORD_QTY: "100",
        OVRS_ORD_UNPR: String(price),
        ORD_SVR_DVSN_CD: "0",
        ORD_DVSN: "00",
      };
      expect([exchange, ...codeOf(await post(`${OVERSEAS}/trading/order`, trId, body))]).toEqual([
        exchange,
        "0",
        "APBK0013",
      ]);
    }
    expect(kis.orders().map(({ exchange, filled }) => [exchange, filled])).toEqual([
      ["SEHK", 100],
      ["SHAA", 100],
      ["SZAA", 100],
      ["TKSE", 100],
      ["HASE", 100],
    ]);
  });

  test("by day in the US", async () => {
    const { post, openOrders } = await trading();
    const body = {
      ...ACCOUNT,
      OVRS_EXCG_CD: "NASD",
      PDNO: "AAPL",
      ORD_QTY: "1",
      OVRS_ORD_UNPR: "150",
      CTAC_TLNO: "",
      MGCO_APTM_ODNO: "",
      ORD_SVR_DVSN_CD: "0",
      ORD_DVSN: "00",
    };
    const placed = await post(`${OVERSEAS}/trading/daytime-order`, "TTTS6036U", body);
    expect(await openOrders()).toMatchObject([{ odno: placed.body.output.ODNO }]);
    const cancel = { ...body, ORGN_ODNO: placed.body.output.ODNO, RVSE_CNCL_DVSN_CD: "02" };
    expect(codeOf(await post(`${OVERSEAS}/trading/daytime-order-rvsecncl`, "TTTS6038U", cancel))).toEqual([
      "0",
      "APBK0013",
    ]);
    expect(await openOrders()).toEqual([]);
  });
});

describe("balances overseas", () => {
  test("NASD is all of the US on the real server, and the Nasdaq on the mock one", async () => {
    const codes = async (environment: "real" | "mock", exchange: string) =>
      (await (await trading(environment)).balance({ OVRS_EXCG_CD: exchange })).output1.map(
        ({ ovrs_pdno }: Answer) => ovrs_pdno,
      );
    expect(await codes("real", "NASD")).toEqual(["AAPL", "KO"]);
    expect(await codes("real", "NAS")).toEqual(["AAPL"]);
    expect(await codes("real", "NYSE")).toEqual(["KO"]);
    expect(await codes("mock", "NASD")).toEqual(["AAPL"]);
    expect(await codes("real", "SEHK")).toEqual([]);
  });

  test("add up, with what was realized", async () => {
    const { order, balance } = await trading();
    const before = await balance();
    const cost = Number(before.output1[0].pchs_avg_pric);
    await order("sell", { ORD_QTY: "4" });
    const { output1, output2 } = await balance();
    expect(Number(output2.tot_evlu_pfls_amt)).toBeCloseTo(
      output1.reduce((sum: number, row: Answer) => sum + Number(row.frcr_evlu_pfls_amt), 0),
      4,
    );
    expect(Number(output2.ovrs_rlzt_pfls_amt)).toBeCloseTo((200 - cost) * 4, 1);
    expect(Number(output2.ovrs_tot_pfls)).toBeCloseTo(
      Number(output2.ovrs_rlzt_pfls_amt) + Number(output2.tot_evlu_pfls_amt),
      4,
    );
  });

  test("the present balance is in foreign money or in won, with the cash of every currency", async () => {
    const { present, order } = await trading();
    await order("buy", { ORD_QTY: "1" });
    const foreign = await present();
    const apple = foreign.output1.find(({ pdno }: Answer) => pdno === "AAPL");
    expect(apple).toMatchObject({
      cblc_qty13: "11",
      frcr_evlu_amt2: "2200.0000",
      thdt_buy_ccld_qty1: "1",
      buy_crcy_cd: "USD",
      bass_exrt: "1400.0000",
    });
    const won = await present({ WCRC_FRCR_DVSN_CD: "01" });
    expect(won.output1.find(({ pdno }: Answer) => pdno === "AAPL").frcr_evlu_amt2).toBe("3080000");
    expect(foreign.output2.map(({ crcy_cd }: Answer) => crcy_cd)).toEqual(["USD", "HKD", "CNY", "JPY", "VND"]);
    expect(foreign.output2[0]).toMatchObject({ frcr_dncl_amt_2: "99800.0000", frcr_buy_amt_smtl: "200.0000" });
    const value = foreign.output1.reduce((sum: number, row: Answer) => sum + Number(row.frcr_evlu_amt2) * 1_400, 0);
    expect(Number(foreign.output3.evlu_amt_smtl)).toBeCloseTo(value, 0);
    expect((await present({ NATN_CD: "344" })).output1).toEqual([]);
    expect(Number(foreign.output3.tot_asst_amt)).toBe(
      Number(foreign.output3.evlu_amt_smtl) + Number(foreign.output3.tot_dncl_amt),
    );
  });

  test("what can be ordered goes by the price, and margins by currency", async () => {
    const { orderable, get } = await trading();
    expect(await orderable()).toMatchObject({
      tr_crcy_cd: "USD",
      ord_psbl_frcr_amt: "100000.00",
      max_ord_psbl_qty: "500",
    });
    const { body } = await get(`${OVERSEAS}/trading/foreign-margin`, "TTTC2101R", ACCOUNT);
    expect(body.output[0]).toMatchObject({ crcy_cd: "USD", natn_name: "미국", frcr_gnrl_ord_psbl_amt: "100000.0000" });
  });

  test("profits and transactions of a period", async () => {
    const { order, get } = await trading();
    await order("buy", { ORD_QTY: "2" });
    await order("sell", { ORD_QTY: "3" });
    const query = {
      ...ACCOUNT,
      ERLM_STRT_DT: "20261101",
      ERLM_END_DT: "20261130",
      OVRS_EXCG_CD: "",
      PDNO: "",
      SLL_BUY_DVSN_CD: "00",
      LOAN_DVSN_CD: "",
      CTX_AREA_FK100: "",
      CTX_AREA_NK100: "",
    };
    const trades = (await get(`${OVERSEAS}/trading/inquire-period-trans`, "CTOS4001R", query)).body;
    expect(trades.output1.map(({ sll_buy_dvsn_cd, ccld_qty }: Answer) => [sll_buy_dvsn_cd, ccld_qty])).toEqual([
      ["01", "3"],
      ["02", "2"],
    ]);
    expect(trades.output2).toMatchObject({ frcr_buy_amt_smtl: "400", frcr_sll_amt_smtl: "600" });
    const profit = (
      await get(`${OVERSEAS}/trading/inquire-period-profit`, "TTTS3039R", {
        ...{
          ...ACCOUNT,
          OVRS_EXCG_CD: "NASD",
          NATN_CD: "",
          CRCY_CD: "USD",
          PDNO: "",
          INQR_STRT_DT: "20261101",
          INQR_END_DT: "20261130",
          WCRC_FRCR_DVSN_CD: "01",
        },
        ...KEYS,
      })
    ).body;
    expect(profit.output1).toMatchObject([{ ovrs_pdno: "AAPL", slcl_qty: "3", avg_sll_unpr: "200" }]);
  });
});

describe("split orders and reservations overseas", () => {
  test("TWAP and VWAP are found by their number", async () => {
    const { order, get } = await trading();
    const number = (await order("buy", { ORD_DVSN: "35", ORD_QTY: "4" })).body.output.ODNO;
    await order("buy");
    const list = (
      await get(`${OVERSEAS}/trading/algo-ordno`, "TTTS6058R", { TRAD_DT: "20261120", ...ACCOUNT, ...KEYS })
    ).body.output;
    expect(list).toMatchObject([{ ODNO: number, PDNO: "AAPL", FT_ORD_QTY: "4" }]);
    const fills = (
      await get(`${OVERSEAS}/trading/inquire-algo-ccnl`, "TTTS6059R", {
        ...ACCOUNT,
        ORD_DT: "20261120",
        ORD_GNO_BRNO: "",
        ODNO: number,
        TTLZ_ICLD_YN: "",
        ...KEYS,
      })
    ).body;
    expect([fills.output.length, fills.output3.length]).toEqual([1, 1]);
  });

  test("a reservation of the US waits for New York, and is cancelled until then", async () => {
    const { post, get, openOrders, clock, renew } = await trading();
    const body = {
      ...ACCOUNT,
      RVSE_CNCL_DVSN_CD: "00",
      PDNO: "AAPL",
      PRDT_TYPE_CD: "512",
      OVRS_EXCG_CD: "NASD",
      FT_ORD_QTY: "2",
      FT_ORD_UNPR3: "150",
    };
    const reserve = async () => (await post(`${OVERSEAS}/trading/order-resv`, "TTTT3014U", body)).body.output;
    const listed = async () =>
      (
        await get(`${OVERSEAS}/trading/order-resv-list`, "TTTT3039R", {
          ...ACCOUNT,
          INQR_STRT_DT: "20261101",
          INQR_END_DT: "20261130",
          INQR_DVSN_CD: "00",
          PRDT_TYPE_CD: "",
          OVRS_EXCG_CD: "NASD",
          ...KEYS,
        })
      ).body.output;
    const first = await reserve();
    await reserve();
    expect(first).toMatchObject({ OVRS_RSVN_ODNO: expect.stringMatching(/^\d{10}$/), RSVN_ORD_RCIT_DT: "20261120" });
    const cancel = { ...ACCOUNT, RSVN_ORD_RCIT_DT: first.RSVN_ORD_RCIT_DT, OVRS_RSVN_ODNO: first.OVRS_RSVN_ODNO };
    expect(codeOf(await post(`${OVERSEAS}/trading/order-resv-ccnl`, "TTTT3017U", cancel))).toEqual(["0", "APBK0013"]);
    expect((await listed()).map(({ cncl_yn }: Answer) => cncl_yn)).toEqual(["Y", "N"]);
    expect(await openOrders()).toEqual([]);
    clock.now = NOW + 13 * HOUR;
    expect(await openOrders()).toMatchObject([{ pdno: "AAPL", ft_ord_qty: "2" }]);
    clock.now = NOW + DAY;
    await renew();
    expect(await openOrders()).toEqual([]);
  });

  test("one of Asia says its side, and its end, in the body", async () => {
    const { post, get, kis } = await trading();
    kis.setPrice("00700", 400, "SEHK");
    const body = {
      ...ACCOUNT,
      SLL_BUY_DVSN_CD: "02",
      RVSE_CNCL_DVSN_CD: "00",
      PDNO: "00700",
      PRDT_TYPE_CD: "501",
      OVRS_EXCG_CD: "SEHK",
      FT_ORD_QTY: "100",
      FT_ORD_UNPR3: "390",
    };
    const number = (await post(`${OVERSEAS}/trading/order-resv`, "TTTS3013U", body)).body.output.OVRS_RSVN_ODNO;
    const query = {
      ...ACCOUNT,
      INQR_STRT_DT: "20261101",
      INQR_END_DT: "20261130",
      INQR_DVSN_CD: "00",
      PRDT_TYPE_CD: "501",
      OVRS_EXCG_CD: "SEHK",
      ...KEYS,
    };
    const listed = async () => (await get(`${OVERSEAS}/trading/order-resv-list`, "TTTS3014R", query)).body.output;
    expect(await listed()).toMatchObject([
      { ovrs_rsvn_odno: number, pdno: "00700", sll_buy_dvsn_cd: "02", cncl_yn: "N" },
    ]);
    const cancel = { ...body, RVSE_CNCL_DVSN_CD: "02", OVRS_RSVN_ODNO: number };
    expect(codeOf(await post(`${OVERSEAS}/trading/order-resv`, "TTTS3013U", cancel))).toEqual(["0", "APBK0013"]);
    expect(await listed()).toMatchObject([{ cncl_yn: "Y" }]);
  });
});
