import { describe, expect, test } from "vitest";
import { ACCOUNT, type Answer, connect, type Headings, OVERSEAS, STOCK, type Wire } from "./kis-client.js";

/** Turns pages until the header says that there are no more, as the documents have it. */
async function turn(
  ask: (keys: Record<string, string>, headings: Headings) => Promise<Wire>,
  keysOf: (body: Answer) => Record<string, string>,
  first: Record<string, string>,
) {
  const pages: Wire[] = [];
  let keys = first;
  let headings: Headings = { tr_cont: "" };
  for (let count = 0; count < 20; count++) {
    const page = await ask(keys, headings);
    pages.push(page);
    if (page.headers.get("tr_cont") !== "M") return pages;
    keys = keysOf(page.body);
    headings = { tr_cont: "N" };
  }
  throw new Error("There is no end to it");
}

const keys100 = ({ ctx_area_fk100, ctx_area_nk100 }: Answer) => ({
  CTX_AREA_FK100: ctx_area_fk100,
  CTX_AREA_NK100: ctx_area_nk100,
});
const BLANK100 = { CTX_AREA_FK100: "", CTX_AREA_NK100: "" };

/** An account with so many holdings. */
async function rich(count: number, pageSize?: number, environment: "real" | "mock" = "real") {
  const holdings = Array.from({ length: count }, (_, row) => ({
    code: String(100_000 + row),
    quantity: 1,
    price: 1_000,
  }));
  return connect({ accounts: [{ account: "12345678-01", holdings }], ...(pageSize && { pageSize }) }, environment);
}

describe("tr_cont: the header and the keys together", () => {
  test("F, M, E, with every row once and the totals on each page", async () => {
    const { balance } = await rich(7, 3);
    const pages = await turn((keys, headings) => balance(keys, headings), keys100, BLANK100);
    expect(pages.map(({ headers }) => headers.get("tr_cont"))).toEqual(["M", "M", "E"]);
    expect(pages.map(({ body }) => body.output1.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flatMap(({ body }) => body.output1.map(({ pdno }: Answer) => pdno))).size).toBe(7);
    for (const { body } of pages) expect(body.output2).toEqual(pages[0]?.body.output2);
    expect(pages.map(({ body }) => body.msg_cd)).toEqual(["KIOK0500", "KIOK0500", "KIOK0460"]);
  });

  test("D where there is one page", async () => {
    const { balance } = await rich(3, 3);
    const { headers, body } = await balance();
    expect([headers.get("tr_cont"), body.msg_cd]).toEqual(["D", "KIOK0510"]);
  });

  test.each([
    ["real", 50],
    ["mock", 20],
  ] as const)("the %s server has %i rows on a page", async (environment, size) => {
    const { balance } = await rich(size + 1, undefined, environment);
    const { headers, body } = await balance();
    expect([headers.get("tr_cont"), body.output1.length]).toEqual(["M", size]);
  });

  test("keys are padded with blanks, carry the account, and the last page has no position", async () => {
    const { balance } = await rich(2, 1);
    const first = (await balance()).body;
    expect(first.ctx_area_fk100).toHaveLength(100);
    expect(first.ctx_area_nk100).toHaveLength(100);
    expect(first.ctx_area_fk100).toMatch(/^12345678\^01\^ +$/);
    const last = (await balance(keys100(first), { tr_cont: "N" })).body;
    expect(last.ctx_area_fk100.trim()).toBe("12345678^01^");
    expect(last.ctx_area_nk100.trim()).toBe("");
  });

  test("keys without their blanks are as good; without the header they are nothing", async () => {
    const { balance } = await rich(3, 1);
    const first = (await balance()).body;
    const trimmed = Object.fromEntries(Object.entries(keys100(first)).map(([name, value]) => [name, value.trim()]));
    expect((await balance(trimmed, { tr_cont: "N" })).body.output1[0].pdno).toBe("100001");
    expect((await balance(keys100(first))).body.output1[0].pdno).toBe("100000");
  });

  test("orders are paged as well", async () => {
    const { order, history } = await connect({ pageSize: 2 });
    for (let count = 0; count < 5; count++) await order("buy", { ORD_UNPR: "60000" });
    const first = await history();
    expect([first.headers.get("tr_cont"), first.body.output1.length]).toEqual(["M", 2]);
    // The totals are of all orders, on every page.
    expect(first.body.output2.tot_ord_qty).toBe("5");
  });

  test("made-up lists have several pages", async () => {
    const { get } = await connect();
    const query = {
      INQR_DVSN: "",
      CUST_RNCNO25: "",
      HMID: "",
      ...ACCOUNT,
      INQR_STRT_DT: "20260101",
      INQR_END_DT: "20261120",
      RGHT_TYPE_CD: "",
      PDNO: "",
      PRDT_TYPE_CD: "",
    };
    const ask = (keys: Record<string, string>, headings: Headings) =>
      get(`${STOCK}/trading/period-rights`, "CTRGA011R", { ...query, ...keys }, headings);
    const pages = await turn(ask, keys100, BLANK100);
    expect(pages.map(({ body }) => body.output.length)).toEqual([20, 20, 5]);
  });
});

describe("tr_cont: without keys", () => {
  const PATH = `${STOCK}/quotations/investor-trade-by-stock-daily`;
  const QUERY = {
    FID_COND_MRKT_DIV_CODE: "J",
    FID_INPUT_ISCD: "005930",
    FID_INPUT_DATE_1: "20261120",
    FID_ORG_ADJ_PRC: "",
    FID_ETC_CLS_CODE: "1",
  };

  test("the header alone moves on, and its absence begins anew", async () => {
    const { get } = await connect();
    const ask = (headings: Headings) => get(PATH, "FHPTJ04160001", QUERY, headings);
    const pages = await turn(
      (_, headings) => ask(headings),
      () => ({}),
      {},
    );
    expect(pages.map(({ headers }) => headers.get("tr_cont"))).toEqual(["M", "E"]);
    const dates = pages.flatMap(({ body }) => body.output2.map(({ stck_bsop_date }: Answer) => stck_bsop_date));
    expect([dates.length, new Set(dates).size]).toEqual([30, 30]);
    const again = await ask({});
    expect([again.headers.get("tr_cont"), again.body.output2[0].stck_bsop_date]).toEqual(["M", dates[0]]);
  });

  test("two questions do not get into each other's way", async () => {
    const { get } = await connect();
    const ask = async (code: string, headings: Headings) =>
      (await get(PATH, "FHPTJ04160001", { ...QUERY, FID_INPUT_ISCD: code }, headings)).headers.get("tr_cont");
    expect([
      await ask("005930", {}),
      await ask("000660", {}),
      await ask("005930", { tr_cont: "N" }),
      await ask("000660", { tr_cont: "N" }),
    ]).toEqual(["M", "M", "E", "E"]);
  });
});

describe("ctx: the keys alone", () => {
  test("go on while they come back with something in them", async () => {
    const { get } = await connect();
    const dates: string[] = [];
    let keys = { CTX_AREA_FK: "", CTX_AREA_NK: "" };
    const sizes: number[] = [];
    for (let count = 0; count < 10; count++) {
      const { body } = await get(`${STOCK}/quotations/chk-holiday`, "CTCA0903R", { BASS_DT: "20261120", ...keys });
      const rows = [body.output].flat();
      sizes.push(rows.length);
      dates.push(...rows.map(({ bass_dt }: Answer) => bass_dt));
      expect(body.ctx_area_nk).toHaveLength(20);
      if (body.ctx_area_nk.trim() === "" && body.ctx_area_fk.trim() === "") break;
      keys = { CTX_AREA_FK: body.ctx_area_fk, CTX_AREA_NK: body.ctx_area_nk };
    }
    expect(sizes).toEqual([20, 20, 20]);
    expect(new Set(dates).size).toBe(60);
  });

  test("open orders overseas", async () => {
    const { get, post, kis } = await connect({ pageSize: 2 });
    kis.setPrice("AAPL", 200, "NASD");
    const order = {
      ...ACCOUNT,
      OVRS_EXCG_CD: "NASD",
      PDNO: "AAPL",
      ORD_QTY: "1",
      OVRS_ORD_UNPR: "150",
      ORD_SVR_DVSN_CD: "0",
      ORD_DVSN: "00",
    };
    for (let count = 0; count < 3; count++) await post(`${OVERSEAS}/trading/order`, "TTTT1002U", order);
    const ask = (keys: Record<string, string>) =>
      get(`${OVERSEAS}/trading/inquire-nccs`, "TTTS3018R", {
        ...ACCOUNT,
        OVRS_EXCG_CD: "NASD",
        SORT_SQN: "DS",
        ...keys,
      });
    const first = (await ask({ CTX_AREA_FK200: "", CTX_AREA_NK200: "" })).body;
    const second = (await ask({ CTX_AREA_FK200: first.ctx_area_fk200, CTX_AREA_NK200: first.ctx_area_nk200 })).body;
    expect([...first.output, ...second.output].map(({ odno }: Answer) => Number(odno))).toEqual([1, 2, 3]);
    expect(second.ctx_area_nk200.trim()).toBe("");
  });
});
