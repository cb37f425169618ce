import { DecodeError } from "kofin";
import { call } from "kofin/woori";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { order, period, tokencheck, transactions, transfer } from "./operations.js";
import { clientOf, success } from "./scripted.js";

const answer = async (response: Response, operation = transactions) => {
  const { woori } = clientOf(() => response, { token: "t" });
  return call<Record<string, unknown>>(woori, operation, period);
};

describe("a successful answer", () => {
  it("is its dataBody, as it came", async () => {
    const dataBody = { GRID_CNT: "2", GRID: [{ RCV_AM: "3014050.000", TRN_DT: "2021-02-15" }, { RCV_AM: 71_888 }] };
    const reply = await answer(success(dataBody, { GLBL_ID: "20260115103000WB0000000000000001" }));
    expect(reply).toEqual({
      data: dataBody,
      code: "HTTP_200",
      message: "",
      transactionId: "20260115103000WB0000000000000001",
    });
    expect(reply.raw).toMatchObject({ dataBody });
    expect(reply.response.status).toBe(200);
    expect(Object.keys(reply)).not.toContain("raw");
  });

  it.each([{}, { GLBL_ID: "" }, undefined, "", null, { GLBL_ID: 7 }])(
    "has no transactionId when dataHeader is %j",
    async (dataHeader) => {
      expect((await answer(Response.json({ dataHeader, dataBody: {} }))).transactionId).toBeUndefined();
    },
  );

  it.each([{}, "", null])("with a dataBody of %j has nothing in it", async (dataBody) => {
    expect((await answer(Response.json({ dataHeader: {}, dataBody }))).data).toEqual({});
  });

  it("is understood with a partner's envelope around it", async () => {
    const response = { dataHeader: { GLBL_ID: "G" }, dataBody: { GRID_CNT: 1 } };
    const reply = await answer(Response.json({ rtncd: 0, rtnmsg: "", response }));
    expect(reply).toMatchObject({ data: { GRID_CNT: 1 }, transactionId: "G" });
    expect(reply.raw).toMatchObject({ rtncd: 0 });
  });

  it("fields of its own that say that nothing failed are left alone", async () => {
    const dataBody = { ERR_CD: "0000000", ERR_TXT: "정상", ERRORLIST: [], ERRCODE: "", RSP_RTCD: "0000" };
    expect((await answer(success(dataBody))).data).toEqual(dataBody);
  });
});

describe("names and lists", () => {
  const basics = {
    ...transactions,
    also: { SGI_TSBSR_NO: ["SGL_TSBSR_NO"] },
    many: ["ACCOUNT_LIST"],
  };

  it.each(["SGI_TSBSR_NO", "SGL_TSBSR_NO", "sgi_tsbsr_no"])("%s is read as SGI_TSBSR_NO", async (name) => {
    expect((await answer(success({ [name]: "1005905932948090" }), basics)).data).toEqual({
      SGI_TSBSR_NO: "1005905932948090",
    });
  });

  it.each([
    ["", []],
    [{}, []],
    [{ CUS_USG_ACNO: "1" }, [{ CUS_USG_ACNO: "1" }]],
    [[{ CUS_USG_ACNO: "1" }], [{ CUS_USG_ACNO: "1" }]],
  ])("a list that arrives as %j is %j", async (list, rows) => {
    expect((await answer(success({ ACCOUNT_LIST: list }), basics)).data).toEqual({ ACCOUNT_LIST: rows });
  });
});

describe("an answer that is none", () => {
  it.each(["", "<html></html>", "[]", "{}", '{"dataHeader":{}}', "null", '{"dataBody":'])(
    "%j cannot be understood, and is not quoted",
    async (text) => {
      const error = await failure(answer(new Response(text)), DecodeError);
      expect(error).toMatchObject({ code: "DECODE", provider: "woori", operation: "finance.getAccTransList" });
    },
  );

  it("of a transfer leaves open what became of it", async () => {
    const { woori } = clientOf(() => new Response("<html></html>"));
    expect(await failure(call(woori, transfer, order))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      cause: { code: "DECODE" },
    });
  });
});

describe("tokencheck, whose answer nobody has described", () => {
  it.each([
    ["", {}],
    ["{}", {}],
    ['{"active":true}', { active: true }],
    ['{"dataHeader":{},"dataBody":{"X":1}}', { X: 1 }],
  ])("%j is %j", async (text, data) => {
    const { woori, sent } = clientOf(() => new Response(text), { token: "user-token" });
    expect((await call(woori, tokencheck)).data).toEqual(data);
    expect(sent[0]).toMatchObject({ method: "GET", body: null, headers: { authorization: "Bearer user-token" } });
  });
});
