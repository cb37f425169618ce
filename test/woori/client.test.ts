import { AuthenticationError, InvalidInputError, type Token } from "kofin";
import { createCodef } from "kofin/codef";
import { call, createWoori, WOORI_HOST } from "kofin/woori";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { consultation, period, rates, tokencheck, transactions } from "./operations.js";
import { clientOf, refusal, scripted, success } from "./scripted.js";

const loan = { SLF_ANL_ICM_AM: "60000000" };

describe("where a call goes", () => {
  it("to the one host that is known, or to the caller's own", async () => {
    const known = clientOf(() => success());
    await call(known.woori, transactions, period);
    expect(known.sent[0]?.url).toBe(`${WOORI_HOST}/oai/wb/v1/finance/getAccTransList`);
    const own = clientOf(() => success(), { baseUrl: "https://api.example.com:8443/" });
    await call(own.woori, transactions, period);
    expect(own.sent[0]?.url).toBe("https://api.example.com:8443/oai/wb/v1/finance/getAccTransList");
  });

  it("needs a client that createWoori made", async () => {
    const codef = createCodef() as never;
    const error = await failure(call(codef, transactions, period), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", provider: "woori" });
  });
});

describe("credentials", () => {
  it("an app key is all that most calls need", async () => {
    const { woori, sent } = clientOf(() => success());
    await call(woori, transactions, period);
    expect(sent[0]?.headers).toMatchObject({ appkey: "app-key", "content-type": "application/json" });
    expect(sent[0]?.headers).not.toHaveProperty("token");
    expect(() => createWoori({ appKey: "" })).toThrow(InvalidInputError);
  });

  it("stand under the names that each document gives them: bare as token, with its kind as Authorization", async () => {
    const { woori, sent } = clientOf(() => success(), { secretKey: "secret-key", token: "user-token" });
    await call(woori, transactions, period);
    await call(woori, rates, {});
    await call(woori, consultation, loan);
    expect(sent[0]?.headers).toMatchObject({ appkey: "app-key", token: "user-token" });
    expect(sent[0]?.headers).not.toHaveProperty("secretkey");
    expect(sent[1]?.headers).toMatchObject({ appkey: "app-key", authorization: "Bearer user-token" });
    expect(sent[2]?.headers).toMatchObject({ secretkey: "secret-key", authorization: "Bearer user-token" });
  });

  it.each([
    ["secretKey", { token: "t" }, consultation],
    ["token", { secretKey: "s" }, consultation],
    ["token", {}, tokencheck],
  ])("a %s that the document requires is missed before anything is sent", async (field, options, operation) => {
    const { woori, sent } = clientOf(() => success(), options);
    const error = await failure(call(woori, operation, {}), InvalidInputError);
    expect(error).toMatchObject({ code: "CREDENTIALS_MISSING", field, operation: operation.id });
    expect(sent).toEqual([]);
  });

  it("headers that only callers know are part of the input, and leave the body alone", async () => {
    const { woori, sent } = clientOf(() => success());
    await call(woori, rates, { itcsno: "00000012345", PDCD: "P020012300001" });
    expect(sent[0]?.headers).toMatchObject({ itcsno: "00000012345" });
    expect(sent[0]?.headers).not.toHaveProperty("ebnk_utzpe_no");
    expect(sent[0]?.body.dataBody).toEqual({ PDCD: "P020012300001" });
  });

  it("headers without a rule can be added to a call", async () => {
    const { woori, sent } = clientOf(() => success());
    await call(woori, transactions, period, { headers: { hashVAL: "abc" } });
    expect(sent[0]?.headers.hashval).toBe("abc");
  });
});

describe("tokens from a source", () => {
  const issuing = () => {
    const refused: Token[] = [];
    let count = 0;
    let current: Token | undefined;
    const source = {
      get: async () => {
        current ??= { value: `token-${++count}`, expiresAt: Date.now() + 60_000 };
        return current;
      },
      invalidate(token: Token) {
        refused.push(token);
        current = undefined;
      },
    };
    return { source, refused };
  };

  it("a refused one is renewed once, and the call sent again", async () => {
    const { source, refused } = issuing();
    const { woori, sent } = clientOf(
      ({ headers }) => (headers.token === "token-1" ? refusal("SYSCD03001") : success()),
      {
        token: source,
      },
    );
    await call(woori, transactions, period);
    expect(sent.map(({ headers }) => headers.token)).toEqual(["token-1", "token-2"]);
    expect(refused.map(({ value }) => value)).toEqual(["token-1"]);
  });

  it("a second refusal is the end", async () => {
    const { source } = issuing();
    const { woori, sent } = clientOf(() => refusal("SYSCD03001"), { token: source });
    const error = await failure(call(woori, transactions, period), AuthenticationError);
    expect(error).toMatchObject({ code: "SYSCD03001", advice: "renew-token" });
    expect(sent).toHaveLength(2);
  });

  it("a text cannot be renewed, so it is not tried again", async () => {
    const { woori, sent } = clientOf(() => refusal("SYSCD03001"), { token: "user-token" });
    await failure(call(woori, transactions, period), AuthenticationError);
    expect(sent).toHaveLength(1);
  });
});

describe("the device block", () => {
  const EMPTY = {
    UTZPE_CNCT_IPAD: "",
    UTZPE_CNCT_MCHR_UNQ_ID: "",
    UTZPE_CNCT_TEL_NO_TXT: "",
    UTZPE_CNCT_MCHR_IDF_SRNO: "",
    UTZ_MCHR_OS_DSCD: "",
    UTZ_MCHR_OS_VER_NM: "",
    UTZ_MCHR_MDL_NM: "",
    UTZ_MCHR_APP_VER_NM: "",
  };

  it("is empty texts unless the client says more, and a call can say otherwise", async () => {
    const unknown = clientOf(() => success());
    await call(unknown.woori, transactions, period);
    expect(unknown.sent[0]?.body.dataHeader).toEqual(EMPTY);

    const device = { UTZPE_CNCT_IPAD: "10.0.0.1", UTZ_MCHR_OS_DSCD: "1" };
    const { woori, sent } = clientOf(() => success(), { device });
    await call(woori, transactions, period);
    await call(woori, transactions, period, { device: { UTZPE_CNCT_IPAD: "10.0.0.2" } });
    expect(sent[0]?.body.dataHeader).toEqual({ ...EMPTY, ...device });
    expect(sent[1]?.body.dataHeader).toEqual({ ...EMPTY, ...device, UTZPE_CNCT_IPAD: "10.0.0.2" });
  });
});

describe("a call without a spec", () => {
  it("goes with whatever the client has, in the same envelope", async () => {
    const { woori, sent } = clientOf(() => success({ X: 1 }), { secretKey: "secret-key", token: "user-token" });
    const { data } = await woori.request<{ X: number }>("/oai/wb/v1/some/new", { INQ_ACNO: "1" });
    expect(data.X).toBe(1);
    expect(sent[0]).toMatchObject({
      method: "POST",
      headers: { appkey: "app-key", secretkey: "secret-key", authorization: "Bearer user-token" },
      body: { dataBody: { INQ_ACNO: "1" } },
    });
  });

  it("outside the business APIs the body is the caller's own", async () => {
    const { woori, sent } = clientOf(() => Response.json({ access: "yes" }));
    const { data } = await woori.request("/oap/wb/v2/oauth/some", { grant: "x" });
    expect(sent[0]?.body).toEqual({ grant: "x" });
    expect(data).toEqual({ access: "yes" });
  });
});

describe("middleware of the caller", () => {
  it("sees requests and answers, but no credentials", async () => {
    const { fetch, sent } = scripted(() => success({ GRID_CNT: 0 }));
    const seen: { names: string[]; text: string }[] = [];
    const woori = createWoori({ appKey: "app-key", token: "user-token", fetch }).use({
      async onRequest({ request }) {
        seen.push({ names: [...request.headers.keys()], text: await request.clone().text() });
        request.headers.set("hashVAL", "of the body");
        return request;
      },
      onResponse: ({ response }) => response.clone(),
    });
    const { data } = await call(woori, transactions, period);
    expect(data).toEqual({ GRID_CNT: 0 });
    expect(seen[0]?.names).toEqual(["content-type"]);
    expect(JSON.parse(seen[0]?.text ?? "")).toMatchObject({ dataBody: period });
    expect(sent[0]?.headers).toMatchObject({ appkey: "app-key", token: "user-token", hashval: "of the body" });
  });
});
