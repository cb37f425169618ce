import { AuthenticationError, DecodeError, HttpError, PermissionError, ProviderError } from "kofin";
import { call } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { balance, hashkey, order, ordered, price } from "./operations.js";
import { clientOf, refusal, scripted, success } from "./scripted.js";

const stock = { FID_INPUT_ISCD: "005930" };
const once = { retries: 0 };

function answered(answer: () => Response, operation = price) {
  const input = operation === order ? { ...ordered, action: "buy" } : stock;
  return call<Record<string, unknown>>(clientOf(scripted(answer)), operation, input, once);
}

describe("a success", () => {
  it("is its sections, with the envelope beside them", async () => {
    const reply = await answered(() =>
      success({ output1: { stck_prpr: "71500" }, ctx_area_nk100: "  key " }, { tr_cont: "M ", gt_uid: "uid" }),
    );
    expect({ ...reply }).toEqual({
      data: { output1: { stck_prpr: "71500" }, ctx_area_nk100: "  key " },
      code: "MCA00000",
      message: "정상처리 되었습니다.",
      transactionId: "uid",
      trId: "FHKST01010100",
      trCont: "M",
    });
    expect(reply.raw).toMatchObject({ rt_cd: "0", msg_cd: "MCA00000" });
    expect(reply.response.status).toBe(200);
    expect(Object.keys(reply)).not.toContain("raw");
  });

  it("may come with a number for rt_cd, padded, or without anything to show", async () => {
    expect((await answered(() => Response.json({ rt_cd: 0 }))).data).toEqual({});
    const reply = await answered(() => Response.json({ rt_cd: "0 ", msg_cd: " KIOK0560 ", msg1: "없음      " }));
    expect(reply).toMatchObject({ code: "KIOK0560", message: "없음", transactionId: undefined, trCont: "" });
  });

  it("has lists as lists, objects as objects, and fields under the names of the spec", async () => {
    const answers = [
      { output1: { pdno: "1" }, output2: [{ tot: "9" }] },
      { output1: "", output2: [] },
    ];
    const script = scripted((_, count) => success(answers[count - 1]));
    const kis = clientOf(script);
    expect((await call(kis, balance)).data).toEqual({ output1: [{ pdno: "1" }], output2: { tot: "9" } });
    expect((await call(kis, balance)).data).toEqual({ output1: [], output2: {} });
    const bought = await answered(() => success({ output: { odno: "0000117057", ORD_TMD: "121052" } }), order);
    expect(bought.data).toEqual({ output: { ODNO: "0000117057", ORD_TMD: "121052" } });
  });
});

describe("a refusal", () => {
  it.each([200, 400, 403, 500])("is told by its envelope under HTTP %i", async (status) => {
    const error = await failure(
      answered(() => refusal("APBK1943", "시장가 주문 불가  ", status)),
      ProviderError,
    );
    expect(error).toMatchObject({
      code: "APBK1943",
      message: "APBK1943 시장가 주문 불가",
      providerMessage: "시장가 주문 불가",
      advice: "ask-user",
      status,
      provider: "kis",
      operation: price.id,
    });
  });

  it("may come in the form of the token endpoint", async () => {
    const body = { error_code: "EGW00132", error_description: "Content-Type" };
    const error = await failure(
      answered(() => Response.json(body, { status: 403 })),
      ProviderError,
    );
    expect(error).toMatchObject({ code: "EGW00132", providerMessage: "Content-Type", advice: "fix-request" });
  });

  it("keeps what stood beside it, out of sight", async () => {
    const error = await failure(
      answered(() => Response.json({ rt_cd: "7", msg_cd: "APBK0955", msg1: "m", output: { a: "1" } })),
      ProviderError,
    );
    expect(error.data).toEqual({ output: { a: "1" } });
    expect(Object.keys(error)).not.toContain("data");
  });

  it("without a code has one made of rt_cd", async () => {
    const error = await failure(
      answered(() => Response.json({ rt_cd: "1" })),
      ProviderError,
    );
    expect(error).toMatchObject({ code: "RT_CD_1", advice: "ask-user" });
  });

  it("for want of a right is a PermissionError", async () => {
    expect(
      (
        await failure(
          answered(() => refusal("EGW00206")),
          PermissionError,
        )
      ).advice,
    ).toBe("apply");
  });

  it.each(["EGW00103", "EGW00105", "EGW00304"])("of the keys (%s) is not one of the token", async (code) => {
    const script = scripted(() => refusal(code));
    const error = await failure(call(clientOf(script), price, stock), AuthenticationError);
    expect(error.advice).toBe("apply");
    expect(error.message).toContain("real and mock have different pairs");
    expect([script.sent.length, script.tokenRequests.length]).toEqual([1, 1]);
  });
});

describe("an answer without a word of KIS", () => {
  it.each([
    [404, "report"],
    [400, "report"],
    [302, "report"],
    [429, "retry"],
    [500, "retry"],
    [503, "retry"],
  ])("and HTTP %i is an HttpError to %s", async (status, advice) => {
    for (const body of ["", "<html>down</html>", JSON.stringify({ timestamp: 1, error: "x" })]) {
      const error = await failure(
        answered(() => new Response(body, { status })),
        HttpError,
      );
      expect(error).toMatchObject({ code: `HTTP_${status}`, advice, status });
    }
  });

  it.each(["", "<html>", "[]", '"text"', "null", "{}", '{"output":{}}'])(
    "and HTTP 200 cannot be understood: %j",
    async (body) => {
      const error = await failure(
        answered(() => new Response(body)),
        DecodeError,
      );
      expect(error).toMatchObject({ code: "DECODE", operation: price.id });
    },
  );

  it("is not believed when a success comes with a failure's status", async () => {
    const failed = () => Response.json({ rt_cd: "0", msg_cd: "MCA00000", output: {} }, { status: 502 });
    await failure(answered(failed), HttpError);
  });

  it("may be a whole answer where there is no envelope", async () => {
    expect((await answered(() => Response.json({ HASH: "h" }), hashkey)).data).toEqual({ HASH: "h" });
  });
});
