import { inspect } from "node:util";
import { InvalidInputError } from "kofin";
import { call, createOpenBanking, type OpenBanking, type OpenBankingOptions } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { balance, realName } from "./operations.js";
import { bankSuccess, bearer, CLIENT, clientOf, scripted, success, USER, userOf } from "./scripted.js";

function refused(options: object): InvalidInputError {
  try {
    createOpenBanking({ ...CLIENT, ...options } as OpenBankingOptions);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
  }
  throw new Error("was taken");
}

describe("createOpenBanking", () => {
  it.each([
    [{ environment: undefined }, "INPUT_MISSING", "environment"],
    [{ environment: "sandbox" }, "INPUT_INVALID", "environment"],
    [{ environment: "toString" }, "INPUT_INVALID", "environment"],
    [{ clientId: "" }, "CREDENTIALS_MISSING", "clientId"],
    [{ clientSecret: undefined }, "CREDENTIALS_MISSING", "clientSecret"],
    [{ clientSecret: `${CLIENT.clientSecret}\n` }, "INPUT_INVALID", "clientSecret"],
    [{ clientId: "x".repeat(41) }, "INPUT_INVALID", "clientId"],
    [{ useCode: undefined }, "CREDENTIALS_MISSING", "useCode"],
    [{ useCode: "F990000123" }, "INPUT_INVALID", "useCode"],
    [{ useCode: "T99000012" }, "INPUT_INVALID", "useCode"],
    [{ useCode: "t990000123" }, "INPUT_INVALID", "useCode"],
    [{ environment: "production" }, "INPUT_INVALID", "useCode"],
    [{ institutionScope: undefined }, "INPUT_MISSING", "institutionScope"],
    [{ institutionScope: "inquiry" }, "INPUT_INVALID", "institutionScope"],
    [{ redirectUri: "/callback" }, "INPUT_INVALID", "redirectUri"],
  ])("does not take %j", (options, code, field) => {
    const error = refused(options);
    expect(error).toMatchObject({ code, field, provider: "openbanking" });
    expect(error.message).not.toContain(CLIENT.clientSecret);
  });

  it.each([
    { environment: "test", useCode: "M990000123" },
    { environment: "production", useCode: "F990000123" },
  ] as const)("takes %j", (options) => {
    expect(createOpenBanking({ ...CLIENT, ...options })).toMatchObject(options);
  });

  it("sends nothing before the first call", () => {
    const script = scripted(() => success());
    clientOf(script);
    expect(script.oauth).toHaveLength(0);
  });

  it.each([
    ["test", CLIENT.useCode, "https://testapi.openbanking.or.kr"],
    ["production", "F990000123", "https://openapi.openbanking.or.kr"],
  ] as const)("speaks to the host of %s, tokens included", async (environment, useCode, origin) => {
    const script = scripted(
      () => bankSuccess(),
      () => Response.json({ access_token: "t", expires_in: "100" }),
    );
    await call(clientOf(script, { environment, useCode }), realName, { bank_code_std: "097", account_num: "1" });
    expect([...script.sent, ...script.oauth].map(({ url }) => url.origin)).toEqual([origin, origin]);
  });

  it("speaks to another host when told so", async () => {
    const script = scripted(() => success());
    await clientOf(script, { baseUrl: "http://localhost:4010" }).request("/v2.0/x");
    expect(script.sent[0]?.url.href).toBe("http://localhost:4010/v2.0/x");
    expect(script.oauth[0]?.url.href).toBe("http://localhost:4010/oauth/2.0/token");
  });
});

describe("a client", () => {
  it("shows no secret and no user when it is printed", async () => {
    const openBanking = clientOf(scripted(() => success()));
    const user = await userOf(openBanking);
    const text = inspect([openBanking, user], { depth: 9 }) + JSON.stringify([openBanking, user]);
    expect(text).toContain(CLIENT.useCode);
    for (const secret of [CLIENT.clientSecret, CLIENT.clientId, "user-token", USER]) expect(text).not.toContain(secret);
    expect(user.userSeqNo).toBe(USER);
    expect(openBanking.userSeqNo).toBeUndefined();
  });

  it("is what createOpenBanking returned, and nothing else", async () => {
    const error = await failure(call({ ...clientOf(scripted(() => success())) }, balance, {}), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "client" });
  });

  it.each(["", "한글", "U99000012345", "a b", undefined])("has no view for %j", (userSeqNo) => {
    const openBanking = clientOf(scripted(() => success()));
    expect(() => openBanking.user(userSeqNo as string)).toThrow(InvalidInputError);
  });

  it("makes a view of a view for another user", async () => {
    const openBanking = clientOf(scripted(() => success()));
    expect(openBanking.user("U1").user("U2").userSeqNo).toBe("U2");
  });

  it("calls what has no spec: by POST, once, with the token there is, and shows nothing of the input", async () => {
    const events: unknown[] = [];
    const script = scripted((_, count) => (count === 1 ? success({ any: 1 }) : new Response("no", { status: 503 })));
    const openBanking = clientOf(script, { onEvent: (event) => events.push(event) });
    const { data } = await openBanking.request<{ any: number }>("/v2.0/new/api", { bank_tran_id: "x", amount: 10 });
    expect(data.any).toBe(1);
    expect(script.sent[0]).toMatchObject({ method: "POST", fields: { bank_tran_id: "x", amount: "10" } });
    expect(bearer(script.sent[0])).toBe("institution-token-1");
    await (await userOf(openBanking)).request("/v2.0/new/api", { a: "b" }, { method: "GET" }).catch(() => {});
    expect(script.sent).toHaveLength(2);
    expect(bearer(script.sent[1])).toBe("user-token-0");
    expect(script.sent[1]?.url.search).toBe("?a=b");
    expect(events[0]).toEqual({ type: "token", provider: "openbanking", expiresAt: expect.any(Number) });
    expect(events[1]).toEqual({ type: "request", provider: "openbanking", operation: "/v2.0/new/api", attempt: 1 });
  });

  it("scrubs everything that was passed to what has no spec from the center's words", async () => {
    const script = scripted(({ text }) => Response.json({ rsp_code: "A0004", rsp_message: `bad: ${text}` }));
    const input = { list: [{ name: "심은이름" }], account: "110123000067" };
    const error = await failure(clientOf(script).request("/v2.0/new/api", input));
    expect(error.message).toContain("A0004");
    expect(error.message).not.toMatch(/심은이름|110123000067/);
  });

  it("lets middleware see calls of every view, but neither tokens nor token requests", async () => {
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script);
    const user: OpenBanking = await userOf(openBanking);
    const seen: (string | null)[] = [];
    openBanking.use({
      onRequest: ({ request }) => {
        seen.push(`${new URL(request.url).pathname} ${request.headers.get("authorization")}`);
      },
    });
    await call(user, balance, { fintech_use_num: "1" });
    await call(user, realName, { bank_code_std: "097", account_num: "1" });
    expect(seen).toEqual(["/v2.0/account/balance/fin_num null", "/v2.0/inquiry/real_name null"]);
    expect(script.sent.map(bearer)).toEqual(["user-token-0", "institution-token-1"]);
  });
});
