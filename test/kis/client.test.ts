import { InvalidInputError, OutcomeUnknownError, ProviderError } from "kofin";
import { call, createKis, HOSTS, type KisOptions } from "kofin/kis";
import { describe, expect, it, vi } from "vitest";
import { failure } from "../support/failure.js";
import { order, ordered, price } from "./operations.js";
import { at, clientOf, refusal, scripted, success } from "./scripted.js";

const stock = { FID_INPUT_ISCD: "005930" };

function thrownBy(options: Partial<KisOptions>): InvalidInputError {
  try {
    createKis({ environment: "real", appKey: "k", appSecret: "s", ...options });
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("createKis", () => {
  it("has no default for what decides about real money", () => {
    const error = thrownBy({ environment: undefined as never });
    expect([error.code, error.field]).toEqual(["INPUT_MISSING", "environment"]);
    expect(error.message).toMatch(/real.+mock/);
    for (const environment of ["demo", "", "toString"]) {
      expect(thrownBy({ environment: environment as never }).code).toBe("INPUT_INVALID");
    }
  });

  it.each([
    ["appKey", { appKey: "" }],
    ["appKey", { appKey: undefined as never, appSecret: undefined as never }],
    ["appSecret", { appSecret: "" }],
  ])("says where to get the %s", (field, options) => {
    const error = thrownBy(options);
    expect([error.code, error.field]).toEqual(["CREDENTIALS_MISSING", field]);
    expect(error.message).toContain("apiportal.koreainvestment.com");
  });

  it("refuses an account that cannot be one", () => {
    expect(thrownBy({ account: "12345678" })).toMatchObject({ code: "INPUT_INVALID", field: "account" });
  });

  it.each([
    ["perSecond", 0],
    ["perSecond", Number.NaN],
    ["burst", -1],
    ["ledgerPerSecond", Number.POSITIVE_INFINITY],
    ["tokenPerMinute", "1" as never],
    ["persecond", 5],
  ])("refuses the limit %s: %s", (name, value) => {
    expect(thrownBy({ limits: { [name]: value } })).toMatchObject({ code: "INPUT_INVALID", field: `limits.${name}` });
  });

  it("sends nothing by itself, and shows no secret", () => {
    const script = scripted(() => success());
    const kis = clientOf(script, { environment: "mock" });
    expect(kis.environment).toBe("mock");
    expect(Object.keys(kis).sort()).toEqual(["environment", "request", "use"]);
    expect(JSON.stringify(kis)).toBe('{"environment":"mock"}');
    expect([...script.sent, ...script.tokenRequests]).toEqual([]);
  });

  it.each(["real", "mock"] as const)("speaks to the %s host", async (environment) => {
    const urls: string[] = [];
    const script = scripted(() => success());
    const fetch: typeof script.fetch = (url, init) => {
      urls.push(new URL(url).origin);
      return script.fetch(url, init);
    };
    await call(clientOf({ fetch }, { environment }), price, stock);
    expect(urls).toEqual([HOSTS[environment], HOSTS[environment]]);
  });

  it("uses the platform's fetch of the moment, and any host", async () => {
    const script = scripted(() => success());
    const fetch = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation((url, init) => script.fetch(String(url), init as never));
    try {
      await call(clientOf({ fetch: undefined as never }, { baseUrl: "http://localhost:1/" }), price, stock);
      expect(fetch.mock.calls.map(([url]) => String(url).split("?")[0])).toEqual([
        "http://localhost:1/oauth2/tokenP",
        `http://localhost:1${price.path}`,
      ]);
    } finally {
      fetch.mockRestore();
    }
  });
});

describe("kis.request", () => {
  it("calls what has no spec: texts, headers, envelope", async () => {
    const script = scripted(() => success({ output: { a: "1" } }, { tr_cont: "M" }));
    const { data, trId, trCont } = await clientOf(script).request<{ output: { a: string } }>("XXXX0001R", {
      path: "/uapi/some/new",
      query: { COUNT: 5, account: "12345678-01" },
      trCont: "N",
    });
    expect({ data, trId, trCont }).toEqual({ data: { output: { a: "1" } }, trId: "XXXX0001R", trCont: "M" });
    const { method, query, headers } = at(script.sent);
    expect({ method, query }).toEqual({ method: "GET", query: { COUNT: "5", CANO: "12345678", ACNT_PRDT_CD: "01" } });
    expect(headers).toMatchObject({ tr_id: "XXXX0001R", tr_cont: "N", custtype: "P" });
  });

  it("posts a body", async () => {
    const script = scripted(() => success());
    await clientOf(script).request("XXXX0001U", { method: "POST", path: "/uapi/new", body: { QTY: 1e-7 } });
    expect(at(script.sent)).toMatchObject({ method: "POST", body: { QTY: "0.0000001" } });
  });

  it("is sent once unless it is said to be a look-up", async () => {
    const script = scripted(() => refusal("EGW00001"));
    const kis = clientOf(script);
    await failure(kis.request("XXXX0001R", { path: "/uapi/new" }), OutcomeUnknownError);
    expect(script.sent).toHaveLength(1);
    await failure(kis.request("XXXX0001R", { path: "/uapi/new", retry: "safe" }), ProviderError);
    expect(script.sent).toHaveLength(4);
  });

  it("keeps what looks personal out of errors", async () => {
    const script = scripted(() => refusal("APBK0918", "87654321 hong-gildong 005930"));
    const error = await failure(
      clientOf(script).request("X", {
        path: "/uapi/new",
        query: { CANO: "87654321", USER_ID: "hong-gildong", PDNO: "005930" },
      }),
      ProviderError,
    );
    expect(error.message).toBe("APBK0918 ‹redacted› ‹redacted› 005930");
  });
});

describe("middleware of the caller", () => {
  it("sees calls before they are signed, and never a token request", async () => {
    const script = scripted(() => success());
    const seen: Request[] = [];
    const kis = clientOf(script).use({
      onRequest({ request }) {
        seen.push(request.clone());
        request.headers.set("x-trace", "42");
        return request;
      },
    });
    await call(kis, order, { ...ordered, action: "buy" });
    expect(seen.map(({ url }) => new URL(url).pathname)).toEqual([order.path]);
    expect(Object.keys(Object.fromEntries(seen[0]?.headers ?? []))).not.toContain("authorization");
    expect(seen[0]?.headers.has("appsecret")).toBe(false);
    expect(at(script.sent).headers).toMatchObject({ "x-trace": "42", authorization: "Bearer token-1" });
    expect(at(script.sent).body).toMatchObject({ PDNO: "005930", ORD_QTY: "10" });
  });

  it("sees no call that was refused before sending", async () => {
    const onRequest = vi.fn();
    const kis = clientOf(scripted(() => success())).use({ onRequest });
    await failure(call(kis, order, ordered), InvalidInputError);
    expect(onRequest).not.toHaveBeenCalled();
  });
});
