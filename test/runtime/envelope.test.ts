import { HttpError, PermissionError, ProviderError } from "kofin";
import { type CodefOperation, call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { reading, registering } from "../support/operations.js";
import { clientOf, refusal, scripted, success, TRANSACTION, urlEncoded } from "../support/scripted.js";

const reply = (response: Response, operation: CodefOperation = reading) =>
  call<unknown>(clientOf(scripted(() => response)), operation, { accountList: [] }, { retries: 0 });

const dataOf = async (data: unknown, many: string[] = []) => (await reply(success(data), { ...reading, many })).data;

describe("a reply", () => {
  it("says what CODEF said", async () => {
    const done = await reply(success({ resAccount: "1" }));
    expect(done).toEqual({
      status: "done",
      data: { resAccount: "1" },
      code: "CF-00000",
      message: "성공",
      transactionId: TRANSACTION,
    });
  });

  it("keeps the whole answer and the response at hand, out of sight of logs", async () => {
    const done = await reply(success({}, { connectedId: "echoed", myKey: "42" }));
    expect(done.raw).toMatchObject({ connectedId: "echoed", myKey: "42" });
    expect(done.response.status).toBe(200);
    expect(Object.keys(done)).not.toEqual(expect.arrayContaining(["raw"]));
    expect(JSON.stringify(done)).not.toContain("echoed");
  });

  it("has no transactionId when CODEF sent none", async () => {
    const done = await reply(new Response(urlEncoded({ result: { code: "CF-00000" }, data: {} })));
    expect(done).toMatchObject({ message: "", transactionId: undefined });
  });

  it("is a success for the codes that the operation counts as one", async () => {
    const data = { successList: [], errorList: [{ code: "CF-04004" }] };
    const done = await reply(refusal("CF-04012", "일부 성공", { data }), registering);
    expect(done).toMatchObject({ status: "done", code: "CF-04012", data });
    await failure(reply(refusal("CF-04012", "일부 성공", { data }), reading), ProviderError);
  });

  it("is never made of an HTTP failure, whatever its body says", async () => {
    const body = urlEncoded({ result: { code: "CF-00000", message: "성공" }, data: {} });
    const error = await failure(reply(new Response(body, { status: 500 })), HttpError);
    expect(error).toMatchObject({ code: "HTTP_500", status: 500 });
  });
});

describe("data", () => {
  it.each([[{}], [[]], [""], [null], [undefined]])("is an empty object when CODEF sends %j", async (nothing) => {
    expect(await dataOf(nothing)).toEqual({});
  });

  it("is read when it arrives as a string of JSON", async () => {
    expect(await dataOf('{"resAccount":"1"}')).toEqual({ resAccount: "1" });
    expect(await dataOf('  [{"resAccount":"1"}]', [""])).toEqual([{ resAccount: "1" }]);
    expect(await dataOf("{not json")).toBe("{not json");
  });

  it.each([
    ["the list", [{ a: "1" }, { a: "2" }], [{ a: "1" }, { a: "2" }]],
    ["the single item", { a: "1" }, [{ a: "1" }]],
    ["{}", {}, []],
    ['""', "", []],
    ["null", null, []],
    ["[]", [], []],
  ])("is a list when the spec says so and CODEF sends %s", async (_, sent, read) => {
    expect(await dataOf(sent, [""])).toEqual(read);
  });

  it("has lists inside where the spec says so, below lists too", async () => {
    const many = ["resList", "resList[].resDetailList", "resBox.resItems"];
    const sent = { resList: { resDetailList: { a: "1" } }, resBox: { resItems: "" }, resOther: { b: "2" } };
    expect(await dataOf(sent, many)).toEqual({
      resList: [{ resDetailList: [{ a: "1" }] }],
      resBox: { resItems: [] },
      resOther: { b: "2" },
    });
  });

  it("has lists below the items of a list", async () => {
    const sent = [{ resItem: { a: "1" } }, { resItem: "" }];
    expect(await dataOf(sent, ["", "[].resItem"])).toEqual([{ resItem: [{ a: "1" }] }, { resItem: [] }]);
  });

  it("does not grow fields that CODEF left out", async () => {
    expect(await dataOf({ resAccount: "1" }, ["resList", "resBox.resItems"])).toEqual({ resAccount: "1" });
  });
});

describe("a refusal", () => {
  it("carries the provider's code, words and reference", async () => {
    const error = await failure(reply(refusal("CF-12100", "기관 오류", { extraMessage: "점검중" })), ProviderError);
    expect(error).toMatchObject({
      name: "ProviderError",
      code: "CF-12100",
      provider: "codef",
      operation: "bank.accountList",
      providerMessage: "기관 오류",
      extraMessage: "점검중",
      transactionId: TRANSACTION,
      status: 200,
    });
    expect(error.message).toContain("CF-12100");
    expect(error.message).toContain("기관 오류");
    expect(error.message).toContain("점검중");
  });

  it("tells the reasons that CF-04000 hides in errorList, and keeps the list out of sight", async () => {
    const data = {
      successList: [],
      errorList: [{ organization: "0004", code: "CF-12801", message: "비밀번호 오류", clientType: "P" }],
    };
    const error = await failure(reply(refusal("CF-04000", "등록 실패", { data }), registering), ProviderError);
    expect(error.message).toContain("CF-12801");
    expect(error.message).toContain("0004");
    expect(error.data).toEqual(data);
    expect(Object.keys(error)).not.toContain("data");
    expect(Object.keys(error)).not.toContain("response");
  });

  it.each([
    ["a message that is no text", { code: "CF-12100", message: { a: 1 }, extraMessage: null }, {}],
    [
      "an errorList of anything",
      { code: "CF-04000" },
      { errorList: [null, 1, "x", { message: { toString: 1, valueOf: 1 } }] },
    ],
    ["an errorList that is none", { code: "CF-04000" }, { errorList: { code: "x" } }],
  ])("stands %s", async (_, result, data) => {
    const error = await failure(reply(new Response(urlEncoded({ result, data }))), ProviderError);
    expect(error.code).toBe(result.code);
  });

  it.each(["CF-00003", "CF-00013", "CF-00401", "CF-12049"])(
    "%s means that the client lacks the right",
    async (code) => {
      const error = await failure(reply(refusal(code)), PermissionError);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error.code).toBe(code);
    },
  );
});

describe("an HTTP failure", () => {
  it.each([400, 404, 405, 500, 502])("%i without a readable body is an HttpError", async (status) => {
    const error = await failure(reply(new Response("<html>oops</html>", { status })), HttpError);
    expect(error).toMatchObject({ code: `HTTP_${status}`, status, operation: "bank.accountList" });
    expect(error.message).not.toContain("oops");
  });

  it.each([204, 205, 304])("%i without a body is typed too", async (status) => {
    const error = await failure(reply(new Response(null, { status })));
    expect(error.code).toBe(status < 300 ? "DECODE" : `HTTP_${status}`);
  });

  it("403 means that the client lacks the right to a group of products", async () => {
    const body = urlEncoded({ error: "access_denied", error_description: "Access is denied" });
    const error = await failure(reply(new Response(body, { status: 403 })), PermissionError);
    expect(error.status).toBe(403);
  });

  it("with an envelope is the provider's refusal", async () => {
    const body = urlEncoded({ result: { code: "CF-00001", message: "필수 입력" }, data: {} });
    const error = await failure(reply(new Response(body, { status: 400 })), ProviderError);
    expect(error).toMatchObject({ code: "CF-00001", status: 400 });
  });
});
