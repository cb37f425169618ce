/** 체결통보: what the sandbox's own orders bring about, from the order by REST to the decrypted record. */
import type { Kis, Subscription } from "kofin/kis";
import { orderRvsecncl as changeFuture, order as orderFuture } from "kofin/kis/domestic-futureoption-trading";
import { orderCash, orderRvsecncl } from "kofin/kis/domestic-stock-trading";
import { order as orderOverseasFuture } from "kofin/kis/overseas-futureoption-trading";
import { order as orderOverseas } from "kofin/kis/overseas-stock-trading";
import {
  domesticNotice,
  futureOptionNotice,
  nightFutureNotice,
  nightOptionNotice,
  overseasFutureFillNotice,
  overseasFutureOrderNotice,
  overseasNotice,
} from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { connect, open, take, turn } from "./setup.js";

async function noticed<Row extends object>(
  listen: (kis: Kis) => Subscription<Row>,
  environment: "real" | "mock" = "real",
  account?: string,
) {
  const opened = open();
  const connected = connect(opened.sandbox, {}, { environment, ...(account && { account }) });
  const notices = listen(connected.client);
  await notices.ready;
  return { ...opened, ...connected, notices };
}

const samsung = { PDNO: "005930", ORD_QTY: "3" } as const;
const market = { ...samsung, ORD_DVSN: "01", ORD_UNPR: "0" } as const;
const limit = (price: number) => ({ ...samsung, ORD_DVSN: "00", ORD_UNPR: String(price) }) as const;

/** What tells one kind of notice from another. */
function kindOf({
  RCTF_CLS,
  RFUS_YN,
  CNTG_YN,
  ACPT_YN,
}: Record<"RCTF_CLS" | "RFUS_YN" | "CNTG_YN" | "ACPT_YN", string>) {
  return `${RCTF_CLS}${RFUS_YN}${CNTG_YN}${ACPT_YN}`;
}

const RECEIPT = "0011";
const FILL = "0022";
const MODIFIED = "1012";
const CANCELLED = "2012";
const REJECTED = "0112";
const NOT_AT_ONCE = "2013";

describe("domestic notices", () => {
  test("an order at any price: the receipt with what was ordered, the fill with what was done", async () => {
    const { client, notices, kis } = await noticed(domesticNotice);
    const { data } = await orderCash(client, { action: "buy", ...market });
    const [receipt, fill] = await take(notices, 2);
    const price = String(kis.price("005930")).padStart(9, "0");
    const common = {
      CUST_ID: kis.options.htsId,
      ACNT_NO: "1234567801",
      ODER_NO: data.output?.ODNO,
      OODER_NO: "",
      SELN_BYOV_CLS: "02",
      ODER_KIND: "01",
      STCK_SHRN_ISCD: "005930",
      CNTG_QTY: "0000000003",
      ODER_QTY: "000000003",
      STCK_CNTG_HOUR: "110000",
      BRNC_NO: "91252",
      CNTG_ISNM40: "삼성전자",
    };
    expect(receipt).toMatchObject({ ...common, CNTG_UNPR: "000000000", CNTG_YN: "1", ACPT_YN: "1" });
    expect(fill).toMatchObject({ ...common, CNTG_UNPR: price, CNTG_YN: "2", ACPT_YN: "2" });
    notices.close();
  });

  test("parts, a change and a cancellation", async () => {
    const { client, notices, kis } = await noticed(domesticNotice);
    const price = kis.price("005930") - 2_000;
    const { data } = await orderCash(client, { action: "buy", ...limit(price) });
    const number = data.output?.ODNO ?? "";
    kis.fill(number, { quantity: 1 });
    const change = { KRX_FWDG_ORD_ORGNO: "", ORGN_ODNO: number, ORD_DVSN: "00", QTY_ALL_ORD_YN: "Y" } as const;
    const modified = await orderRvsecncl(client, {
      ...change,
      RVSE_CNCL_DVSN_CD: "01",
      ORD_QTY: "0",
      ORD_UNPR: String(price - 100),
    });
    const next = modified.data.output?.ODNO ?? "";
    await orderRvsecncl(client, {
      ...change,
      ORGN_ODNO: next,
      RVSE_CNCL_DVSN_CD: "02",
      ORD_QTY: "0",
      ORD_UNPR: "0",
    });
    const rows = await take(notices, 4);
    expect(rows.map(kindOf)).toEqual([RECEIPT, FILL, MODIFIED, CANCELLED]);
    expect(rows.map(({ CNTG_QTY }) => Number(CNTG_QTY))).toEqual([3, 1, 2, 2]);
    expect(rows.map(({ OODER_NO }) => OODER_NO)).toEqual(["", "", number, next]);
    expect(rows.map(({ ODER_PRC }) => Number(ODER_PRC))).toEqual([price, price, price - 100, price - 100]);
    notices.close();
  });

  test("the exchange refuses what waits, and takes an IOC order back that finds nobody", async () => {
    const { client, notices, kis } = await noticed(domesticNotice);
    const price = kis.price("005930") - 2_000;
    const { data } = await orderCash(client, { action: "buy", ...limit(price) });
    kis.reject(data.output?.ODNO ?? "");
    await orderCash(client, { action: "buy", ...limit(price), ORD_DVSN: "11" });
    const rows = await take(notices, 4);
    expect(rows.map(kindOf)).toEqual([RECEIPT, REJECTED, RECEIPT, NOT_AT_ONCE]);
    expect(rows[3]?.ODER_COND).toBe("1");
    expect(() => kis.reject(data.output?.ODNO ?? "")).toThrow(/nothing left/);
    notices.close();
  });

  test("an order that REST refuses brings none; one that lapses with the day neither", async () => {
    const { client, notices, kis, clock, live } = await noticed(domesticNotice);
    await expect(orderCash(client, { action: "sell", ...market, ORD_QTY: "1000000" })).rejects.toThrow("APBK0400");
    await orderCash(client, { action: "buy", ...limit(kis.price("005930") - 5_000) });
    clock.now += 24 * 3_600_000;
    live.tick();
    live.publish("H0STCNI0", kis.options.htsId, { ODER_NO: "last" });
    const [receipt, next] = await take(notices, 2);
    expect(receipt && kindOf(receipt)).toBe(RECEIPT);
    expect(next?.ODER_NO).toBe("last");
    notices.close();
  });

  test("of the mock server have a name of their own, and are of its orders", async () => {
    const { sandbox, client, notices, live } = await noticed(domesticNotice, "mock");
    expect(notices.trId).toBe("H0STCNI9");
    expect(live.sessions).toMatchObject([{ environment: "mock", subscriptions: [{ trId: "H0STCNI9" }] }]);
    const real = connect(sandbox).client;
    await orderCash(real, { action: "buy", ...market, ORD_QTY: "7" });
    await orderCash(client, { action: "sell", ...market });
    const rows = await take(notices, 2);
    expect(rows.map(({ SELN_BYOV_CLS, ODER_QTY }) => [SELN_BYOV_CLS, ODER_QTY])).toEqual([
      ["01", "000000003"],
      ["01", "000000003"],
    ]);
    notices.close();
  });

  test("go on after a drop, with new keys; what happened meanwhile is a gap", async () => {
    const { client, notices, live, happened } = await noticed(domesticNotice);
    await orderCash(client, { action: "buy", ...market });
    expect((await take(notices, 2)).map(kindOf)).toEqual([RECEIPT, FILL]);
    live.drop();
    await turn();
    await turn();
    while (happened("gap").length === 0) await turn();
    await orderCash(client, { action: "sell", ...market });
    expect((await take(notices, 2)).map(({ SELN_BYOV_CLS }) => SELN_BYOV_CLS)).toEqual(["01", "01"]);
    notices.close();
  });
});

describe("other notices", () => {
  test("of stocks overseas: prices with their decimals, and once more with four without a point", async () => {
    const { client, notices, kis } = await noticed(overseasNotice);
    const price = kis.price("AAPL", "NASD");
    await orderOverseas(client, {
      action: "usBuy",
      OVRS_EXCG_CD: "NASD",
      PDNO: "AAPL",
      ORD_QTY: "2",
      OVRS_ORD_UNPR: price.toFixed(2),
      ORD_SVR_DVSN_CD: "0",
      ORD_DVSN: "00",
    });
    const [receipt, fill] = await take(notices, 2);
    expect([receipt, fill].map((row) => row && kindOf(row))).toEqual([RECEIPT, FILL]);
    expect(fill).toMatchObject({
      STCK_SHRN_ISCD: "AAPL",
      ODER_COND: "6",
      ODER_KIND2: "2",
      CNTG_QTY: "0000000002",
      CNTG_UNPR: price.toFixed(2).padStart(9, "0"),
      CNTG_UNPR12: price.toFixed(4).replace(".", "").padStart(12, "0"),
      CNTG_ISNM: "애플",
    });
    notices.close();
  });

  const future = (code: string) =>
    ({
      ORD_PRCS_DVSN_CD: "02",
      SHTN_PDNO: code,
      SLL_BUY_DVSN_CD: "02",
      ORD_QTY: "1",
      UNIT_PRICE: "0",
      NMPR_TYPE_CD: "02",
      KRX_NMPR_CNDT_CD: "0",
      ORD_DVSN_CD: "02",
    }) as const;

  test("of futures by day", async () => {
    const { client, notices } = await noticed(futureOptionNotice, "real", "12345678-03");
    await orderFuture(client, { action: "day", ...future("101W12") });
    const rows = await take(notices, 2);
    expect(rows.map(kindOf)).toEqual([RECEIPT, FILL]);
    expect(rows.map(({ ODER_KIND2, STCK_SHRN_ISCD, ACNT_NO }) => [ODER_KIND2, STCK_SHRN_ISCD, ACNT_NO])).toEqual([
      ["L", "101W12", "1234567803"],
      ["0", "101W12", "1234567803"],
    ]);
    notices.close();
  });

  test("of futures and of options by night, changes included", async () => {
    const { client, notices, kis } = await noticed(nightFutureNotice, "real", "12345678-03");
    const options = nightOptionNotice(client);
    await options.ready;
    const price = (kis.price("101W12", "futures") - 5).toFixed(2);
    const { data } = await orderFuture(client, {
      action: "night",
      ...future("101W12"),
      UNIT_PRICE: price,
      NMPR_TYPE_CD: "01",
      ORD_DVSN_CD: "01",
    });
    await changeFuture(client, {
      action: "night",
      ORD_PRCS_DVSN_CD: "02",
      RVSE_CNCL_DVSN_CD: "02",
      ORGN_ODNO: data.output?.ODNO ?? "",
      ORD_QTY: "0",
      UNIT_PRICE: "0",
      NMPR_TYPE_CD: "",
      KRX_NMPR_CNDT_CD: "",
      RMN_QTY_YN: "Y",
      FUOP_ITEM_DVSN_CD: "",
      ORD_DVSN_CD: "01",
    });
    await orderFuture(client, { action: "night", ...future("201W12360") });
    expect((await take(notices, 2)).map(kindOf)).toEqual([RECEIPT, CANCELLED]);
    expect((await take(options, 2)).map(kindOf)).toEqual([RECEIPT, FILL]);
    notices.close();
    options.close();
  });

  test("of futures overseas: orders and fills are told apart", async () => {
    const { client, notices, kis } = await noticed(overseasFutureOrderNotice, "real", "12345678-08");
    const fills = overseasFutureFillNotice(client);
    await fills.ready;
    await orderOverseasFuture(client, {
      OVRS_FUTR_FX_PDNO: "ESM26",
      SLL_BUY_DVSN_CD: "02",
      FM_LQD_USTL_CCLD_DT: "",
      FM_LQD_USTL_CCNO: "",
      PRIC_DVSN_CD: "2",
      FM_LIMIT_ORD_PRIC: "",
      FM_STOP_ORD_PRIC: "",
      FM_ORD_QTY: "2",
      FM_LQD_LMT_ORD_PRIC: "",
      FM_LQD_STOP_ORD_PRIC: "",
      CCLD_CNDT_CD: "2",
      CPLX_ORD_DVSN_CD: "0",
      ECIS_RSVN_ORD_YN: "N",
      FM_HDGE_ORD_SCRN_YN: "N",
    });
    const [[order], [fill]] = [await take(notices, 1), await take(fills, 1)];
    expect(order).toMatchObject({ USER_ID: kis.options.htsId, SERIES: "ESM26", PRCE_TP: "2", ORD_QTY: "2" });
    expect(order).toMatchObject({ TOT_CCLD_QTY: "0", ORD_REMQ: "2", FM_EXCG_RCIT_DVSN_CD: "02" });
    const price = kis.price("ESM26", "overseas-futures").toFixed(2);
    expect(fill).toMatchObject({ ODNO: order?.ODNO, CCLD_QTY: "2", FM_CCLD_PRIC: price, ORD_REMQ: "0" });
    notices.close();
    fills.close();
  });
});
