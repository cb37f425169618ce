import { describe, expect, test } from "vitest";
import { type Answer, connect, type Wire } from "./kis-client.js";

const codeOf = ({ body }: Wire): string[] => [body.rt_cd, body.msg_cd];
const KEYS = { CTX_AREA_FK200: "", CTX_AREA_NK200: "" };

describe("선물옵션", () => {
  const AT = "/uapi/domestic-futureoption/v1/trading";
  const A = { CANO: "12345678", ACNT_PRDT_CD: "03" };

  async function trading() {
    const connected = await connect();
    const { get, post, kis } = connected;
    kis.setPrice("101W12", 360, "futures");
    const order = (side: "buy" | "sell", changes: Record<string, string> = {}, trId = "TTTO1101U") =>
      post(`${AT}/order`, trId, {
        ...{
          ...A,
          ORD_PRCS_DVSN_CD: "02",
          SLL_BUY_DVSN_CD: side === "sell" ? "01" : "02",
          SHTN_PDNO: "101W12",
          ORD_QTY: "1",
          UNIT_PRICE: "0",
        },
        ...{ NMPR_TYPE_CD: "", KRX_NMPR_CNDT_CD: "", CTAC_TLNO: "", FUOP_ITEM_DVSN_CD: "", ORD_DVSN_CD: "02" },
        ...changes,
      });
    const change = (number: string, changes: Record<string, string> = {}) =>
      post(`${AT}/order-rvsecncl`, "TTTO1103U", {
        ...{ ...A, ORD_PRCS_DVSN_CD: "02", RVSE_CNCL_DVSN_CD: "02", ORGN_ODNO: number, ORD_QTY: "0", UNIT_PRICE: "0" },
        ...{ NMPR_TYPE_CD: "01", KRX_NMPR_CNDT_CD: "0", RMN_QTY_YN: "Y", FUOP_ITEM_DVSN_CD: "01", ORD_DVSN_CD: "01" },
        ...changes,
      });
    const balance = async () =>
      (await get(`${AT}/inquire-balance`, "CTFO6118R", { ...A, MGNA_DVSN: "01", EXCC_STAT_CD: "1", ...KEYS })).body;
    const history = async (changes: Record<string, string> = {}) =>
      (
        await get(`${AT}/inquire-ccnl`, "TTTO5201R", {
          ...{
            ...A,
            STRT_ORD_DT: "20261101",
            END_ORD_DT: "20261130",
            SLL_BUY_DVSN_CD: "00",
            CCLD_NCCS_DVSN: "00",
            SORT_SQN: "AS",
            STRT_ODNO: "",
            PDNO: "",
            MKET_ID_CD: "",
          },
          ...KEYS,
          ...changes,
        })
      ).body;
    const orderable = async (side: "buy" | "sell") =>
      (
        await get(`${AT}/inquire-psbl-order`, "TTTO5105R", {
          ...A,
          PDNO: "101W12",
          SLL_BUY_DVSN_CD: side === "sell" ? "01" : "02",
          UNIT_PRICE: "360",
          ORD_DVSN_CD: "01",
        })
      ).body.output;
    return { ...connected, order, change, balance, history, orderable };
  }

  test("a position binds margin, and pays its profit when it is closed", async () => {
    const { order, balance, kis } = await trading();
    expect(codeOf(await order("buy", { ORD_QTY: "2" }))).toEqual(["0", "APBK0013"]);
    // 360 points of 250,000 won, twice, of which a tenth is put down.
    expect((await balance()).output2).toMatchObject({
      dnca_cash: "100000000",
      mgna_tota: "18000000",
      ord_psbl_cash: "82000000",
    });
    kis.setPrice("101W12", 362, "futures");
    const { output1, output2 } = await balance();
    expect(output1).toMatchObject([
      {
        shtn_pdno: "101W12",
        sll_buy_dvsn_name: "매수",
        cblc_qty: "2",
        ccld_avg_unpr1: "360.0000",
        idx_clpr: "362.00",
        evlu_pfls_amt: "1000000",
        lqd_psbl_qty: "2",
      },
    ]);
    expect(output2).toMatchObject({ futr_evlu_pfls_amt: "1000000", prsm_dpast: "101000000" });
    await order("sell", { ORD_QTY: "2" });
    expect(await balance()).toMatchObject({
      output1: [],
      output2: { dnca_cash: "101000000", mgna_tota: "0", futr_trad_pfls_amt: "1000000" },
    });
  });

  test("what is sold without being held is owed, and turns around", async () => {
    const { order, balance, kis } = await trading();
    await order("sell", { ORD_QTY: "1" });
    kis.setPrice("101W12", 358, "futures");
    expect((await balance()).output1).toMatchObject([
      { sll_buy_dvsn_name: "매도", cblc_qty: "1", evlu_pfls_amt: "500000" },
    ]);
    await order("buy", { ORD_QTY: "3" });
    expect(await balance()).toMatchObject({
      output1: [{ sll_buy_dvsn_name: "매수", cblc_qty: "2", ccld_avg_unpr1: "358.0000" }],
      output2: { dnca_cash: "100500000" },
    });
  });

  test("orders rest, are changed, cancelled and listed", async () => {
    const { order, change, history } = await trading();
    const first = (await order("buy", { ORD_DVSN_CD: "01", UNIT_PRICE: "350", ORD_QTY: "3" })).body.output;
    expect(first).toMatchObject({ ITEM_NAME: "KOSPI200 선물 101W12", TRAD_DVSN_NAME: "매수", ORD_TMD: "110000" });
    const second = [
      (await change(first.ODNO, { RVSE_CNCL_DVSN_CD: "01", UNIT_PRICE: "351.05", RMN_QTY_YN: "N", ORD_QTY: "2" })).body
        .output,
    ].flat()[0];
    expect((await history({ CCLD_NCCS_DVSN: "02" })).output1).toMatchObject([
      { odno: first.ODNO, qty: "1", ord_idx: "350" },
      { odno: second.ODNO, orgn_odno: first.ODNO, qty: "2", ord_idx: "351.05" },
    ]);
    expect(codeOf(await change(second.ODNO))).toEqual(["0", "APBK0013"]);
    expect((await history({ CCLD_NCCS_DVSN: "02" })).output1).toHaveLength(1);
    expect(codeOf(await change("77"))).toEqual(["1", "APBK0344"]);
  });

  test("as much as it says, and not one more", async () => {
    const { order, orderable } = await trading();
    expect(await orderable("buy")).toMatchObject({ ord_psbl_qty: "11", tot_psbl_qty: "11", lqd_psbl_qty1: "0" });
    expect(codeOf(await order("buy", { ORD_QTY: "12" }))).toEqual(["1", "APBK0919"]);
    await order("buy", { ORD_QTY: "11" });
    expect(await orderable("sell")).toMatchObject({ lqd_psbl_qty1: "11", tot_psbl_qty: "11" });
    // Closing needs no money.
    expect(codeOf(await order("sell", { ORD_QTY: "11" }))).toEqual(["0", "APBK0013"]);
  });

  test("by night it is the same account, by other paths and tr_ids", async () => {
    const { order, get } = await trading();
    expect(codeOf(await order("buy", {}, "STTN1101U"))).toEqual(["0", "APBK0013"]);
    const balance = await get(`${AT}/inquire-ngt-balance`, "CTFN6118R", {
      ...A,
      ACNT_PWD: "",
      MGNA_DVSN: "01",
      EXCC_STAT_CD: "1",
      ...KEYS,
    });
    expect(balance.body.output1).toMatchObject([{ cblc_qty: "1", sll_buy_dvsn_cd: "02" }]);
    const deposit = await get(`${AT}/inquire-deposit`, "CTRP6550R", A);
    expect(deposit.body.output).toMatchObject({ dnca_tota: "100000000", brkg_mgna_cash: "9000000" });
    const fills = await get(`${AT}/inquire-ccnl-bstime`, "CTFO5139R", {
      ...A,
      ORD_DT: "20261120",
      FUOP_TR_STRT_TMD: "000000",
      FUOP_TR_END_TMD: "240000",
      ...KEYS,
    });
    expect(fills.body.output1).toMatchObject([
      { pdno: "101W12", ccld_qty: "1", ccld_idx: "360.00", trad_amt: "90000000" },
    ]);
  });
});

describe("해외선물옵션", () => {
  const AT = "/uapi/overseas-futureoption/v1/trading";
  const A = { CANO: "12345678", ACNT_PRDT_CD: "08" };

  async function trading() {
    const connected = await connect();
    const { get, post, kis } = connected;
    kis.setPrice("ESZ26", 5_000, "overseas-futures");
    const order = (side: "buy" | "sell", changes: Record<string, string> = {}) =>
      post(`${AT}/order`, "OTFM3001U", {
        ...{
          ...A,
          OVRS_FUTR_FX_PDNO: "ESZ26",
          SLL_BUY_DVSN_CD: side === "sell" ? "01" : "02",
          FM_LQD_USTL_CCLD_DT: "",
          FM_LQD_USTL_CCNO: "",
          PRIC_DVSN_CD: "2",
        },
        ...{
          FM_LIMIT_ORD_PRIC: "",
          FM_STOP_ORD_PRIC: "",
          FM_ORD_QTY: "1",
          FM_LQD_LMT_ORD_PRIC: "",
          FM_LQD_STOP_ORD_PRIC: "",
          CCLD_CNDT_CD: "6",
        },
        ...{ CPLX_ORD_DVSN_CD: "0", ECIS_RSVN_ORD_YN: "N", FM_HDGE_ORD_SCRN_YN: "N" },
        ...changes,
      });
    const change = (trId: string, number: string, changes: Record<string, string> = {}) =>
      post(`${AT}/order-rvsecncl`, trId, {
        ...A,
        ORGN_ORD_DT: "20261120",
        ORGN_ODNO: number,
        FM_LIMIT_ORD_PRIC: "",
        FM_HDGE_ORD_SCRN_YN: "N",
        ...changes,
      });
    const today = async (state = "01") =>
      (
        await get(`${AT}/inquire-ccld`, "OTFM3116R", {
          ...A,
          CCLD_NCCS_DVSN: state,
          SLL_BUY_DVSN_CD: "%%",
          FUOP_DVSN: "00",
          ...KEYS,
        })
      ).body.output;
    const positions = async () =>
      (await get(`${AT}/inquire-unpd`, "OTFM1412R", { ...A, FUOP_DVSN: "00", CTX_AREA_FK100: "", CTX_AREA_NK100: "" }))
        .body.output;
    const money = async () =>
      (await get(`${AT}/inquire-deposit`, "OTFM1411R", { ...A, CRCY_CD: "USD", INQR_DT: "20261120" })).body.output;
    return { ...connected, order, change, today, positions, money };
  }

  test("a market order opens a position, in dollars", async () => {
    const { order, positions, money, today } = await trading();
    const { ODNO, ORD_DT } = (await order("buy", { FM_ORD_QTY: "2" })).body.output;
    expect([ODNO, ORD_DT]).toEqual(["00000001", "20261120"]);
    expect(await positions()).toMatchObject([
      {
        ovrs_futr_fx_pdno: "ESZ26",
        fm_ustl_qty: "2",
        fm_ccld_avg_pric: "5000.0000",
        fm_now_pric: "5000.00",
        crcy_cd: "USD",
      },
    ]);
    expect(await money()).toMatchObject({
      fm_dnca_rmnd: "200000.00",
      fm_brkg_mgn_amt: "50000.00",
      fm_ord_psbl_amt: "150000.00",
    });
    expect(await today()).toMatchObject([
      { odno: ODNO, fm_ord_qty: "2", fm_ccld_qty: "2", fm_ccld_pric: "5000.00", fm_ord_rmn_qty: "0" },
    ]);
  });

  test("a limit is changed, turned into a market order, and cancelled", async () => {
    const { order, change, today } = await trading();
    const limit = { PRIC_DVSN_CD: "1", FM_LIMIT_ORD_PRIC: "4900" };
    const first = (await order("buy", limit)).body.output.ODNO;
    const second = (await change("OTFM3002U", first, { FM_LIMIT_ORD_PRIC: "4950.25" })).body.output.ODNO;
    expect(await today("03")).toMatchObject([{ odno: second, orgn_odno: first, fm_ord_pric: "4950.25" }]);
    await change("OTFM3002U", second, { FM_MKPR_CVSN_YN: "Y" });
    expect(await today("03")).toEqual([]);
    const third = (await order("buy", limit)).body.output.ODNO;
    expect(codeOf(await change("OTFM3003U", third))).toEqual(["0", "APBK0013"]);
    expect(await today("02")).toHaveLength(1);
  });

  test("a stop waits for its price", async () => {
    const { order, positions, kis } = await trading();
    await order("sell", { PRIC_DVSN_CD: "3", FM_STOP_ORD_PRIC: "4900" });
    expect(await positions()).toEqual([]);
    kis.setPrice("ESZ26", 4_890, "overseas-futures");
    expect(await positions()).toMatchObject([
      { sll_buy_dvsn_cd: "01", fm_ustl_qty: "1", fm_ccld_avg_pric: "4890.0000" },
    ]);
  });

  test("profit is money when the position is closed", async () => {
    const { order, money, get, kis } = await trading();
    await order("buy");
    kis.setPrice("ESZ26", 5_010, "overseas-futures");
    await order("sell");
    expect(await money()).toMatchObject({
      fm_dnca_rmnd: "200500.00",
      fm_lqd_pfls_amt: "500.00",
      fm_brkg_mgn_amt: "0.00",
    });
    const period = { ...A, INQR_TERM_FROM_DT: "20261101", INQR_TERM_TO_DT: "20261130", CRCY_CD: "%%%" };
    const profit = (
      await get(`${AT}/inquire-period-ccld`, "OTFM3118R", { ...period, WHOL_TRSL_YN: "N", FUOP_DVSN: "00", ...KEYS })
    ).body;
    expect(profit.output2).toMatchObject([
      { ovrs_futr_fx_pdno: "ESZ26", fm_buy_qty: "1", fm_sll_qty: "1", fm_lqd_pfls_amt: "500" },
    ]);
    const paid = (
      await get(`${AT}/inquire-period-trans`, "OTFM3114R", {
        ...period,
        ACNT_TR_TYPE_CD: "1",
        PWD_CHK_YN: "",
        CTX_AREA_FK100: "",
        CTX_AREA_NK100: "",
      })
    ).body.output;
    expect(paid).toMatchObject([{ tr_itm_name: "선물청산손익", fm_sttl_amt: "500" }]);
    const fills = (
      await get(`${AT}/inquire-daily-ccld`, "OTFM3122R", {
        ...A,
        STRT_DT: "20261101",
        END_DT: "20261130",
        FUOP_DVSN_CD: "00",
        FM_PDGR_CD: "",
        CRCY_CD: "%%%",
        FM_ITEM_FTNG_YN: "N",
        SLL_BUY_DVSN_CD: "%%",
        ...KEYS,
      })
    ).body;
    expect(fills.output1.map(({ sll_buy_dvsn_cd }: Answer) => sll_buy_dvsn_cd)).toEqual(["02", "01"]);
  });
});

describe("장내채권", () => {
  const AT = "/uapi/domestic-bond/v1/trading";
  const A = { CANO: "12345678", ACNT_PRDT_CD: "01" };
  const CODE = "KR6000001D91";

  async function trading() {
    const connected = await connect();
    const { get, post, kis } = connected;
    kis.setPrice(CODE, 10_000, "bond");
    const common = {
      ...A,
      PDNO: CODE,
      ORD_QTY2: "100",
      BOND_ORD_UNPR: "10000",
      SAMT_MKET_PTCI_YN: "N",
      BOND_RTL_MKET_YN: "N",
      MGCO_APTM_ODNO: "",
      ORD_SVR_DVSN_CD: "0",
      CTAC_TLNO: "",
    };
    const buy = (changes: Record<string, string> = {}) =>
      post(`${AT}/buy`, "TTTC0952U", { ...common, IDCR_STFNO: "", ...changes });
    const sell = (changes: Record<string, string> = {}) =>
      post(`${AT}/sell`, "TTTC0958U", {
        ...common,
        ORD_DVSN: "01",
        SPRX_YN: "N",
        BUY_DT: "",
        BUY_SEQ: "",
        SLL_AGCO_OPPS_SLL_YN: "N",
        ...changes,
      });
    const change = (number: string, changes: Record<string, string> = {}) =>
      post(`${AT}/order-rvsecncl`, "TTTC0953U", {
        ...common,
        ORGN_ODNO: number,
        ORD_QTY2: "",
        QTY_ALL_ORD_YN: "Y",
        RVSE_CNCL_DVSN_CD: "02",
        ...changes,
      });
    const balance = async () =>
      (await get(`${AT}/inquire-balance`, "CTSC8407R", { ...A, INQR_CNDT: "00", PDNO: "", BUY_DT: "", ...KEYS })).body
        .output;
    const openOrders = async () =>
      (await get(`${AT}/inquire-psbl-rvsecncl`, "CTSC8035R", { ...A, ORD_DT: "", ODNO: "", ...KEYS })).body.output;
    const history = async () =>
      (
        await get(`${AT}/inquire-daily-ccld`, "CTSC8013R", {
          ...A,
          INQR_STRT_DT: "20261101",
          INQR_END_DT: "20261130",
          SLL_BUY_DVSN_CD: "%",
          SORT_SQN_DVSN: "01",
          PDNO: "",
          NCCS_YN: "N",
          ...KEYS,
        })
      ).body;
    return { ...connected, buy, sell, change, balance, openOrders, history };
  }

  test("are bought by the thousand won, at a price for ten thousand", async () => {
    const { buy, balance, history, get } = await trading();
    const before = (
      await get(`${AT}/inquire-psbl-order`, "TTTC8910R", {
        ...A,
        PDNO: CODE,
        BOND_ORD_UNPR: "10000",
        SAMT_MKET_PTCI_YN: "N",
      })
    ).body.output;
    expect([before].flat()[0]).toMatchObject({ buy_psbl_amt: "100000000", buy_psbl_qty: "100000" });
    expect(codeOf(await buy())).toEqual(["0", "APBK0013"]);
    expect(await balance()).toMatchObject([{ pdno: CODE, cblc_qty: "1100", ord_psbl_qty: "1100" }]);
    const { output1, output2 } = await history();
    expect([output1].flat()[0]).toMatchObject({ tot_ord_qty: "100", tot_ccld_amt_smtl: "100000" });
    expect([output2].flat()[0]).toMatchObject({
      shtn_pdno: CODE,
      ord_qty: "100",
      bond_avg_unpr: "10000.0",
      tot_ccld_amt: "100000",
    });
  });

  test("rest, are changed and cancelled, and are sold", async () => {
    const { buy, sell, change, openOrders, balance } = await trading();
    const first = (await buy({ BOND_ORD_UNPR: "9900" })).body.output.ODNO;
    const second = (await change(first, { RVSE_CNCL_DVSN_CD: "01", BOND_ORD_UNPR: "9950" })).body.output.ODNO;
    expect(await openOrders()).toMatchObject([
      { odno: second, orgn_odno: first, bond_ord_unpr: "9950", ord_psbl_qty: "100" },
    ]);
    await change(second);
    expect(await openOrders()).toEqual([]);
    await sell({ ORD_QTY2: "400" });
    expect(await balance()).toMatchObject([{ cblc_qty: "600" }]);
    expect(codeOf(await sell({ ORD_QTY2: "610" }))).toEqual(["1", "APBK0400"]);
  });

  test("in the general market by the ten, in the other by one", async () => {
    const { buy } = await trading();
    expect(codeOf(await buy({ ORD_QTY2: "5" }))).toEqual(["1", "APBK0918"]);
    expect(codeOf(await buy({ ORD_QTY2: "5", SAMT_MKET_PTCI_YN: "Y" }))).toEqual(["0", "APBK0013"]);
    expect(codeOf(await buy({ PDNO: "KR1" }))).toEqual(["1", "APBK0656"]);
  });
});
