import fc from "fast-check";
import { InvalidInputError } from "kofin";
import { call, createKis, type KisOperation, type KisOptions } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { balance, hashkey, order, ordered, overseasOrder, price, ranking, revoke, search } from "./operations.js";
import { at, clientOf, type Sent, scripted, success } from "./scripted.js";

const stock = { FID_INPUT_ISCD: "005930" };

/** The only request of one call. */
async function sentBy(operation: KisOperation, input: unknown, options: Partial<KisOptions> = {}): Promise<Sent> {
  const script = scripted(() => success());
  await call(clientOf(script, options), operation, input);
  expect(script.sent).toHaveLength(1);
  return at(script.sent);
}

/** The error of a call that sent nothing, not even for a token. */
async function refused(operation: KisOperation, input: unknown, options: Partial<KisOptions> = {}) {
  const script = scripted(() => success());
  const error = await failure(call(clientOf(script, options), operation, input), InvalidInputError);
  expect([...script.sent, ...script.tokenRequests]).toEqual([]);
  return error;
}

describe("a call", () => {
  it("carries the headers of the protocol, and a GET its input in the query", async () => {
    const keys = { appKey: "the-app-key", appSecret: "the-app-secret" };
    const { headers, method, path, query, text } = await sentBy(price, stock, keys);
    expect({ method, path, query, text }).toEqual({
      method: "GET",
      path: price.path,
      query: { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: "005930" },
      text: "",
    });
    expect(headers).toEqual({
      "content-type": "application/json; charset=utf-8",
      authorization: "Bearer token-1",
      appkey: "the-app-key",
      appsecret: "the-app-secret",
      tr_id: "FHKST01010100",
      custtype: "P",
    });
  });

  it("sends a POST as a JSON text, whose length the transport knows", async () => {
    const { body, method, text } = await sentBy(order, { ...ordered, action: "buy" });
    expect(method).toBe("POST");
    expect(text).toBe(JSON.stringify(body));
    expect(body).toEqual({
      PDNO: "005930",
      ORD_DVSN: "00",
      ORD_QTY: "10",
      ORD_UNPR: "71500",
      EXCG_ID_DVSN_CD: "KRX",
      CANO: "12345678",
      ACNT_PRDT_CD: "01",
    });
  });

  it("sends what is blank, which KIS wants to see", async () => {
    const { query } = await sentBy(balance, {});
    expect(query).toMatchObject({ CTX_AREA_FK100: "", CTX_AREA_NK100: "", OFL_YN: "" });
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
  ])("takes %s for no input", async (_, input) => {
    expect((await sentBy(balance, input)).query.CANO).toBe("12345678");
  });

  it.each(["005930", 5, ["005930"]])("refuses %j as an input", async (input) => {
    expect((await refused(price, input)).code).toBe("INPUT_INVALID");
  });

  it("names what is missing", async () => {
    const error = await refused(price, {});
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "FID_INPUT_ISCD"]);
  });

  it("refuses a client that createKis did not make", async () => {
    const error = await failure(call({} as never, price, stock), InvalidInputError);
    expect(error.message).toContain("createKis");
  });
});

describe("values", () => {
  it("leave as texts: numbers as plain digits, yes and no as Y and N, nothing for nothing", async () => {
    const { body } = await sentBy(order, {
      ...ordered,
      action: "buy",
      ORD_QTY: 12345678901234567890n,
      ORD_UNPR: 0.00000015,
      FLAG: true,
      OFF: false,
      NOTHING: undefined,
      NULL: null,
    });
    expect(body).toMatchObject({ ORD_QTY: "12345678901234567890", ORD_UNPR: "0.00000015", FLAG: "Y", OFF: "N" });
    expect(Object.keys(body)).not.toContain("NOTHING");
    expect(Object.keys(body)).not.toContain("NULL");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e21])(
    "refuse %s, which would lose digits",
    async (quantity) => {
      const error = await refused(order, { ...ordered, action: "buy", ORD_QTY: quantity });
      expect([error.code, error.field]).toEqual(["INPUT_INVALID", "ORD_QTY"]);
    },
  );

  it("are the same number for KIS that they are for the caller, in digits alone", async () => {
    const script = scripted(() => success());
    const kis = clientOf(script);
    const amount = fc.oneof(
      fc.maxSafeInteger(),
      fc.bigInt(),
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(amount, async (quantity) => {
        await call(kis, order, { ...ordered, action: "sell", ORD_QTY: quantity });
        const digits = String(at(script.sent, -1).body.ORD_QTY);
        expect(digits).toMatch(/^-?\d+(\.\d+)?$/);
        expect(typeof quantity === "bigint" ? BigInt(digits) : Number(digits)).toBe(quantity === 0 ? 0 : quantity);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the tr_id", () => {
  const input = { ...ordered, action: "sell" };

  it.each([
    ["real", "TTTC0011U"],
    ["mock", "VTTC0011U"],
  ] as const)("is that of the action on %s, and the action stays here", async (environment, trId) => {
    const { headers, body } = await sentBy(order, input, { environment });
    expect(headers.tr_id).toBe(trId);
    expect(body).not.toHaveProperty("action");
  });

  it("has no default where it depends on the action", async () => {
    const error = await refused(order, ordered);
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "action"]);
    expect(error.message).toContain("sell or buy");
  });

  it.each(["short", "constructor", 1, ""])("does not exist for the action %j", async (action) => {
    const error = await refused(order, { ...ordered, action });
    expect([error.code, error.field]).toEqual(["INPUT_INVALID", "action"]);
    expect(error.message).toContain("sell or buy");
  });

  it.each([
    ["an operation", ranking, {}],
    ["an action", overseasOrder, { action: "asia", OVRS_EXCG_CD: "SEHK" }],
  ])("is missing on the mock host for %s that it does not serve", async (_, operation, given) => {
    const error = await refused(operation, given, { environment: "mock" });
    expect(error.code).toBe("MOCK_UNSUPPORTED");
    expect(error.message).toContain("real");
    expect((await sentBy(operation, given)).path).toBe(operation.path);
  });

  it("fits the fields beside it, or nothing is sent", async () => {
    expect((await sentBy(overseasOrder, { action: "usBuy", OVRS_EXCG_CD: "NYSE" })).headers.tr_id).toBe("TTTT3014U");
    const error = await refused(overseasOrder, { action: "usBuy", OVRS_EXCG_CD: "SEHK" });
    expect([error.code, error.field]).toEqual(["INPUT_INVALID", "OVRS_EXCG_CD"]);
    expect(error.message).toContain("NASD or NYSE or AMEX");
    // Without a rule, or without the field, there is nothing that could contradict.
    await sentBy(overseasOrder, { action: "usSell", OVRS_EXCG_CD: "SEHK" });
    await sentBy(overseasOrder, { action: "usBuy" });
  });
});

describe("the account", () => {
  it.each([
    ["the client's", {}, { CANO: "12345678", ACNT_PRDT_CD: "01" }],
    ["the input's", { account: "87654321-22" }, { CANO: "87654321", ACNT_PRDT_CD: "22" }],
    ["one without a dash", { account: "8765432122" }, { CANO: "87654321", ACNT_PRDT_CD: "22" }],
    ["both parts", { CANO: "11112222", ACNT_PRDT_CD: "03" }, { CANO: "11112222", ACNT_PRDT_CD: "03" }],
    ["another product of the same", { ACNT_PRDT_CD: "03" }, { CANO: "12345678", ACNT_PRDT_CD: "03" }],
    ["the same number by itself", { CANO: "12345678" }, { CANO: "12345678", ACNT_PRDT_CD: "01" }],
    [
      "parts beside an account",
      { account: "87654321-22", ACNT_PRDT_CD: "29" },
      { CANO: "87654321", ACNT_PRDT_CD: "29" },
    ],
  ])("is %s", async (_, input, expected) => {
    const { query } = await sentBy(balance, input);
    expect(query).toMatchObject(expected);
    expect(query).not.toHaveProperty("account");
  });

  it.each(["12345678", "1234567-01", "12345678-1", "12345678-01-02", "abcdefgh-01", 12345678, null, ""])(
    "cannot be %j",
    async (account) => {
      const error = await refused(balance, { account });
      expect([error.code, error.field]).toEqual(["INPUT_INVALID", "account"]);
      expect(error.message).toContain("12345678-01");
    },
  );

  it("is asked for when nobody names one", async () => {
    const error = await refused(balance, {}, { account: undefined as never });
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "account"]);
    expect(error.message).toContain("createKis");
  });

  it("is not pieced together from two", async () => {
    const error = await refused(balance, { CANO: "11112222" });
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "ACNT_PRDT_CD"]);
  });

  it("goes nowhere that does not ask for it", async () => {
    const { query } = await sentBy(price, stock);
    expect(Object.values(query).join()).not.toContain("12345678");
  });
});

describe("what else the client fills in", () => {
  it("the HTS id", async () => {
    expect((await sentBy(search, {}, { htsId: "hts-user" })).query).toEqual({ user_id: "hts-user" });
    expect((await sentBy(search, { user_id: "mine" }, { htsId: "hts-user" })).query).toEqual({ user_id: "mine" });
    const error = await refused(search, {});
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "user_id"]);
  });

  it("the keys, in headers and in fields, without a token", async () => {
    const script = scripted(() => Response.json({ HASH: "h" }));
    const { data } = await call<{ HASH: string }>(clientOf(script, { appKey: "k", appSecret: "s" }), hashkey, ordered);
    expect(data).toEqual({ HASH: "h" });
    expect(script.tokenRequests).toEqual([]);
    expect(at(script.sent).headers).toEqual({
      "content-type": "application/json; charset=utf-8",
      appkey: "k",
      appsecret: "s",
    });
  });

  it("the token at hand, and issues none to revoke it", async () => {
    const script = scripted(({ path }) =>
      path === revoke.path ? Response.json({ code: "200", message: "done" }) : success(),
    );
    const kis = clientOf(script, { appKey: "k-revoke", appSecret: "s" });
    const error = await failure(call(kis, revoke, {}), InvalidInputError);
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "token"]);
    expect(script.tokenRequests).toEqual([]);
    await call(kis, price, stock);
    const reply = await call(kis, revoke, {});
    expect(at(script.sent, -1).body).toEqual({ appkey: "k-revoke", appsecret: "s", token: "token-1" });
    expect(reply).toMatchObject({ code: "200", message: "done", trId: "", data: { code: "200" } });
  });
});

describe("corporate customers", () => {
  const corporate = { personalSecKey: "p".repeat(180), phoneNumber: "0212345678", ipAddress: "203.0.113.7" };

  it("say who they are with each call, under an id of its own", async () => {
    const script = scripted(() => success({}, { gt_uid: "answered" }));
    const kis = clientOf(script, { corporate: { ...corporate, macAddress: "00005e005301" } });
    const replies = [await call(kis, price, stock), await call(kis, price, stock)];
    const [one, other] = script.sent.map(({ headers }) => headers);
    expect(one).toMatchObject({
      custtype: "B",
      personalseckey: corporate.personalSecKey,
      seq_no: "001",
      phone_number: "0212345678",
      ip_addr: "203.0.113.7",
      mac_address: "00005e005301",
      gt_uid: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(other?.gt_uid).not.toBe(one?.gt_uid);
    expect(replies[0]?.transactionId).toBe("answered");
  });

  it("may number their transactions themselves", async () => {
    const { headers } = await sentBy(price, stock, { corporate: { ...corporate, seqNo: "002", gtUid: () => "mine" } });
    expect(headers).toMatchObject({ seq_no: "002", gt_uid: "mine" });
    expect(headers).not.toHaveProperty("mac_address");
  });

  it("have no mock trading", () => {
    const make = () => createKis({ environment: "mock", appKey: "k", appSecret: "s", corporate });
    expect(make).toThrow(
      expect.objectContaining({ code: "MOCK_UNSUPPORTED", message: expect.stringContaining("EGW00210") }),
    );
  });

  it.each(["personalSecKey", "phoneNumber", "ipAddress"])("cannot do without %s", (name) => {
    const make = () =>
      createKis({ environment: "real", appKey: "k", appSecret: "s", corporate: { ...corporate, [name]: "" } });
    expect(make).toThrow(expect.objectContaining({ code: "CREDENTIALS_MISSING", field: `corporate.${name}` }));
  });
});
