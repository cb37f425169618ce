import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { ACCOUNT, connect, type Headings, keysOf, OVERSEAS, open, STOCK, signIn, specs, stocks } from "./kis-client.js";

const PRICE = `${STOCK}/quotations/inquire-price`;
const QUERY = { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" };
const CORPORATE = {
  custtype: "B",
  personalseckey: "k".repeat(180),
  seq_no: "001",
  phone_number: "01000000000",
  ip_addr: "192.0.2.1",
  gt_uid: "g".repeat(32),
};

describe("what the gateway refuses, with HTTP 500 and the envelope", () => {
  test.each<[string, Headings, string]>([
    ["no app key", { appkey: undefined }, "EGW00102"],
    ["another app key", { appkey: "P".repeat(36) }, "EGW00103"],
    ["no secret", { appsecret: undefined }, "EGW00104"],
    ["another secret", { appsecret: "s".repeat(180) }, "EGW00105"],
    ["no authorization", { authorization: undefined }, "EGW00122"],
    ["another kind of authorization", { authorization: "Basic abc" }, "EGW00205"],
    ["another token", { authorization: "Bearer abc" }, "EGW00121"],
    ["a tr_id that nobody has", { tr_id: "XXXX0000X" }, "EGW00310"],
    ["another kind of customer", { custtype: "C" }, "EGW00208"],
    ["a company without its key", { ...CORPORATE, personalseckey: undefined }, "EGW00304"],
    ["a company without its number", { ...CORPORATE, seq_no: undefined }, "EGW00209"],
    ["a company without a phone number", { ...CORPORATE, phone_number: undefined }, "EGW00212"],
    ["a company without an address", { ...CORPORATE, ip_addr: undefined }, "EGW00207"],
    ["a company without a number for the request", { ...CORPORATE, gt_uid: undefined }, "EGW00101"],
  ])("%s", async (_, changes, code) => {
    const { get } = await connect();
    const { status, body } = await get(PRICE, "FHKST01010100", QUERY, changes);
    expect([status, body]).toEqual([500, { rt_cd: "1", msg_cd: code, msg1: expect.stringMatching(/./) }]);
  });

  test("a company with all of it, and a person who does not say to be one, pass", async () => {
    const { get } = await connect();
    expect((await get(PRICE, "FHKST01010100", QUERY, CORPORATE)).body.rt_cd).toBe("0");
    expect((await get(PRICE, "FHKST01010100", QUERY, { custtype: undefined })).body.rt_cd).toBe("0");
  });

  test("a token of another app", async () => {
    const other = { appKey: "other".padEnd(36, "0"), appSecret: "secret", environment: "real" } as const;
    const { get } = await connect({ clients: [other] });
    const changes = { appkey: other.appKey, appsecret: other.appSecret };
    expect((await get(PRICE, "FHKST01010100", QUERY, changes)).body.msg_cd).toBe("EGW00121");
  });

  test("a path that nobody has", async () => {
    const { get } = await connect();
    expect(await get("/uapi/no/such/path", "FHKST01010100")).toMatchObject({
      status: 500,
      body: { msg_cd: "EGW00203" },
    });
  });

  test("a body in pieces, under another name, empty, or no JSON", async () => {
    const { post } = await connect();
    const path = `${STOCK}/trading/order-cash`;
    const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
    const codeOf = async (body: unknown, changes: Headings = {}) =>
      (await post(path, "TTTC0012U", body, changes)).body.msg_cd;
    expect(await codeOf(order, { "transfer-encoding": "chunked" })).toBe("EGW00202");
    expect(await codeOf(order, { "content-type": "text/plain" })).toBe("EGW00132");
    expect(await codeOf("")).toBe("OPSQ9995");
    expect(await codeOf("[]")).toBe("OPSQ9997");
    expect(await codeOf("{")).toBe("OPSQ9997");
    expect(await codeOf(order)).toBe("APBK0013");
  });
});

describe("tr_id", () => {
  test("one of another operation, and none at all, are refused behind the gateway", async () => {
    const { get } = await connect();
    expect(await get(PRICE, "FHKST01010400", QUERY)).toMatchObject({
      status: 200,
      body: { rt_cd: "1", msg_cd: "OPSQ0002" },
    });
    expect(await get(PRICE, "", QUERY)).toMatchObject({ status: 200, body: { msg_cd: "OPSQ9999" } });
  });

  test("older ones are taken, on the mock server with a V", async () => {
    const { sandbox } = open();
    for (const [environment, trId] of [
      ["real", "TTTC0802U"],
      ["mock", "VTTC0802U"],
    ] as const) {
      const { post } = await signIn(sandbox, environment);
      const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
      expect((await post(`${STOCK}/trading/order-cash`, trId, order)).body.rt_cd).toBe("0");
    }
    expect(sandbox.kis.orders().map(({ environment, side }) => [environment, side])).toEqual([
      ["real", "buy"],
      ["mock", "buy"],
    ]);
  });

  test("for another exchange than the body names", async () => {
    const { post } = await connect();
    const order = {
      ...ACCOUNT,
      OVRS_EXCG_CD: "SEHK",
      PDNO: "00700",
      ORD_QTY: "100",
      OVRS_ORD_UNPR: "400",
      ORD_SVR_DVSN_CD: "0",
      ORD_DVSN: "00",
    };
    expect((await post(`${OVERSEAS}/trading/order`, "TTTT1002U", order)).body).toMatchObject({
      rt_cd: "1",
      msg_cd: "APBK0656",
    });
    expect((await post(`${OVERSEAS}/trading/order`, "TTTS1002U", order)).body.rt_cd).toBe("0");
  });
});

describe("the mock server", () => {
  test("has tr_ids of its own, and not every operation", async () => {
    const { sandbox } = open();
    const { get, post } = await signIn(sandbox, "mock");
    const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
    expect(await post(`${STOCK}/trading/order-cash`, "TTTC0012U", order)).toMatchObject({
      status: 500,
      body: { msg_cd: "EGW02006" },
    });
    expect((await post(`${STOCK}/trading/order-cash`, "VTTC0012U", order)).body.rt_cd).toBe("0");
    expect(
      (
        await get(`${STOCK}/quotations/chk-holiday`, "CTCA0903R", {
          BASS_DT: "20261120",
          CTX_AREA_NK: "",
          CTX_AREA_FK: "",
        })
      ).body.msg_cd,
    ).toBe("EGW02006");
    expect((await get(PRICE, "FHKST01010100", QUERY)).body.rt_cd).toBe("0");
  });

  test("its tr_ids are nobody's on the real one", async () => {
    const { post } = await connect();
    const order = { ...ACCOUNT, PDNO: "005930", ORD_DVSN: "01", ORD_QTY: "1", ORD_UNPR: "0" };
    expect((await post(`${STOCK}/trading/order-cash`, "VTTC0012U", order)).body.msg_cd).toBe("OPSQ0002");
  });

  test("is not for companies", async () => {
    const { get } = await connect({}, "mock");
    expect((await get(PRICE, "FHKST01010100", QUERY, CORPORATE)).body.msg_cd).toBe("EGW00210");
  });

  test("its keys do not open the real server, where that is called by its name", async () => {
    const { sandbox } = open();
    const mock = await signIn(sandbox, "mock", sandbox.fetch, "https://openapi.koreainvestment.com:9443");
    expect(await mock.get(PRICE, "FHKST01010100", QUERY)).toMatchObject({ status: 500, body: { msg_cd: "EGW02004" } });
    const there = await signIn(sandbox, "real", sandbox.fetch, "https://openapi.koreainvestment.com:9443");
    expect((await there.get(PRICE, "FHKST01010100", QUERY)).body.rt_cd).toBe("0");
  });

  test("has books of its own", async () => {
    const { sandbox } = open();
    const mock = stocks(await signIn(sandbox, "mock"), "mock");
    await mock.order("buy", { ORD_DVSN: "01", ORD_UNPR: "0", ORD_QTY: "7" });
    const real = stocks(await signIn(sandbox));
    expect((await mock.balance()).body.output1[0].hldg_qty).toBe("107");
    expect((await real.balance()).body.output1[0].hldg_qty).toBe("100");
  });
});

describe("parameters", () => {
  const balance = `${STOCK}/trading/inquire-balance`;

  test("one that is missing is named, behind the gateway; a blank one is there", async () => {
    const { get } = await connect();
    const { status, body } = await get(PRICE, "FHKST01010100", { FID_COND_MRKT_DIV_CODE: "J" });
    expect([status, body]).toEqual([
      200,
      { rt_cd: "2", msg_cd: "OPSQ2001", msg1: "ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD]" },
    ]);
    expect((await get(PRICE, "FHKST01010100", { ...QUERY, FID_INPUT_ISCD: "" })).body.rt_cd).toBe("0");
  });

  test("names in a query may be in lower case, but for the account's", async () => {
    const { get, ...rest } = await connect();
    const query = { fid_cond_mrkt_div_code: "J", fid_input_iscd: "005930" };
    expect((await get(PRICE, "FHKST01010100", query)).body.output.stck_shrn_iscd).toBe("005930");
    const { body } = await rest.balance();
    expect(body.rt_cd).toBe("0");
    expect((await get(balance, "TTTC8434R", { cano: "12345678", acnt_prdt_cd: "01" })).body.rt_cd).toBe("2");
  });

  test("names in a body are in upper case, and values are texts", async () => {
    const { post, order } = await connect();
    const path = `${STOCK}/trading/order-cash`;
    const lower = { cano: "12345678", acnt_prdt_cd: "01", pdno: "005930", ord_dvsn: "01", ord_qty: "1", ord_unpr: "0" };
    expect((await post(path, "TTTC0012U", lower)).body.msg_cd).toBe("OPSQ2001");
    expect((await order("buy", { ORD_QTY: 1 as unknown as string })).body.msg_cd).toBe("OPSQ2002");
  });

  test.each([
    ["another customer", { CANO: "99999999" }],
    ["another product", { ACNT_PRDT_CD: "77" }],
    ["a number that is too short", { CANO: "1234" }],
  ])("an account that is not there: %s", async (_, changes) => {
    const connected = await connect();
    expect(await connected.balance(changes)).toMatchObject({
      status: 200,
      body: { rt_cd: "2", msg_cd: "OPSQ2000", msg1: "ERROR : INPUT INVALID_CHECK_ACNO" },
    });
  });

  test("accounts are added by option", async () => {
    const { balance: ask } = await connect({ accounts: [{ account: "87654321-01", cash: { KRW: 5_000 } }] });
    const { body } = await ask({ CANO: "87654321" });
    expect([body.output1, body.output2[0].dnca_tot_amt]).toEqual([[], "5000"]);
  });
});

describe("every answer", () => {
  test("says which operation it is of, and has a number of its own", async () => {
    const { quote } = await connect();
    const [first, second] = [await quote(), await quote()];
    expect(first.headers.get("tr_id")).toBe("FHKST01010100");
    expect(first.headers.get("gt_uid")).toMatch(/^[0-9a-f]{32}$/);
    expect(first.headers.get("gt_uid")).not.toBe(second.headers.get("gt_uid"));
    expect(first.headers.get("content-type")).toMatch(/^application\/json/);
  });

  test("is logged with its request", async () => {
    const { quote, order, kis } = await connect();
    await quote();
    await order("buy");
    expect(kis.requests.map(({ method, path }) => [method, path])).toEqual([
      ["POST", "/oauth2/tokenP"],
      ["GET", PRICE],
      ["POST", `${STOCK}/trading/order-cash`],
    ]);
    expect(kis.requests[1]?.body).toEqual(QUERY);
    expect(kis.requests[2]?.body).toMatchObject({ PDNO: "005930" });
  });

  test("the keys have the lengths of KIS's", () => {
    const sandbox = createSandbox({ specs });
    for (const environment of ["real", "mock"] as const) {
      const { appKey, appSecret } = keysOf(sandbox, environment);
      expect([appKey.length, appSecret.length]).toEqual([36, 180]);
    }
  });
});
