import { readFileSync } from "node:fs";
import {
  AuthenticationError,
  type CallEvent,
  HttpError,
  type KofinError,
  OutcomeUnknownError,
  ProviderError,
} from "kofin";
import { call } from "kofin/woori";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { failure } from "../support/failure.js";
import { order, period, transactions, transfer } from "./operations.js";
import { clientOf, refusal, success } from "./scripted.js";

const file = new URL("../../specs/woori/result-codes.yaml", import.meta.url);
const codes = Object.entries(parse(readFileSync(file, "utf8")) as Record<string, { advice: string }>);

const errorOf = (response: () => Response, operation = transactions) =>
  failure(call(clientOf(response, { retries: 0 }).woori, operation, { ...period, ...order }));

describe("the bank's codes", () => {
  it("are the 24 of the documents", () => {
    expect(codes).toHaveLength(24);
  });

  it.each(codes)("%s of a look-up is advised as its spec says", async (code, { advice }) => {
    expect(await errorOf(() => refusal(code))).toMatchObject({ code, advice, status: 400 });
  });

  it("become the error that says what is to be mended", async () => {
    expect(await errorOf(() => refusal("SYSCD01000"))).toBeInstanceOf(ProviderError);
    expect(await errorOf(() => refusal("SYSCD03001"))).toBeInstanceOf(AuthenticationError);
    expect(await errorOf(() => refusal("SYSCD03003"))).toBeInstanceOf(AuthenticationError);
  });

  it.each([200, 400, 500, 503])("are read with HTTP %i", async (status) => {
    expect(await errorOf(() => refusal("SYSCD01008", { status }))).toMatchObject({ code: "SYSCD01008", status });
  });

  it("ERRCODE, ERRORCODE, or the code of the list alone", async () => {
    const bodies = [
      { ERRCODE: "SYSCD01008", ERRUSRMSG: "자릿수 오류" },
      { ERRORCODE: "SYSCD01008", ERRUSRMSG: "자릿수 오류" },
      { ERRORLIST: [{ MSG_CD: "SYSCD01008", MAIN_MSG_TXT: "자릿수 오류" }] },
      { ERRORLIST: { MSG_CD: "SYSCD01008", MAIN_MSG_TXT: "자릿수 오류" } },
    ];
    for (const dataBody of bodies) {
      const error = await errorOf(() => Response.json({ dataHeader: {}, dataBody }));
      expect(error).toMatchObject({ code: "SYSCD01008", advice: "fix-request" });
      expect(error.message).toContain("자릿수 오류");
      // A gateway may answer without the envelope.
      expect(await errorOf(() => Response.json(dataBody))).toMatchObject({ code: "SYSCD01008" });
    }
  });

  it("the bank's own words stand beside the message, with everything that came hidden", async () => {
    const list = [
      { MSG_CD: "BAD1234", MAIN_MSG_TXT: "동일조건 에러" },
      { MSG_CD: "BAD5678", MAIN_MSG_TXT: "한도 초과" },
    ];
    const error = (await errorOf(() => refusal("SYSCD01002", { message: "전문 처리 중 에러", list }))) as ProviderError;
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      code: "SYSCD01002",
      providerMessage: "전문 처리 중 에러",
      extraMessage: "BAD1234 동일조건 에러; BAD5678 한도 초과",
      advice: "ask-user",
    });
    expect(error.data).toMatchObject({ ERRORLIST: list });
    expect(JSON.stringify(error)).not.toContain("ERRORLIST");
  });

  it("are read through a partner's envelope, with the bank's reference", async () => {
    const dataBody = { ERRORLIST: [], ERRORCODE: "SYSCD01006", ERRUSRMSG: "입력값 오류" };
    const wrapped = { rtncd: 5000, rtnmsg: "다시", response: { dataHeader: { GLBL_ID: "G-1" }, dataBody } };
    expect(await errorOf(() => Response.json(wrapped))).toMatchObject({ code: "SYSCD01006", transactionId: "G-1" });
  });

  it.each([
    [{ ERR_CD: "E000123", ERR_TXT: "한도 없음", LN_AVL_AM: "0" }, "E000123", "한도 없음"],
    [{ RSP_RTCD: 1002, RSP_ERR_TXT: "조회 불가" }, "1002", "조회 불가"],
    [{ ERRORCODE: 1002, ERRUSRMSG: "입력값 오류" }, "1002", "입력값 오류"],
  ])("may stand among the data, or be a number: %j", async (dataBody, code, providerMessage) => {
    expect(await errorOf(() => success(dataBody))).toMatchObject({ code, providerMessage });
  });

  it("no refusal are the zeros of a success", async () => {
    for (const dataBody of [{ ERR_CD: "0000000" }, { RSP_RTCD: "0000" }, { RSP_RTCD: 0 }, { ERR_CD: "" }]) {
      const { woori } = clientOf(() => success(dataBody));
      expect(await woori.request("/v1/a")).toMatchObject({ data: dataBody });
    }
  });

  it("of a partner's server are read where it has no answer of the bank, and leave open what became of a payment", async () => {
    const answer = () => Response.json({ rtncd: 5000, rtnmsg: "다시 시도해주세요." });
    expect(await errorOf(answer)).toMatchObject({
      code: "5000",
      providerMessage: "다시 시도해주세요.",
      advice: "report",
    });
    expect(await errorOf(answer, transfer)).toBeInstanceOf(OutcomeUnknownError);
  });

  it("one that nobody knows is to be reported", async () => {
    expect(await errorOf(() => refusal("SYSCD07777"))).toMatchObject({ code: "SYSCD07777", advice: "report" });
    expect(await errorOf(() => refusal("WB00123", { status: 500 }))).toMatchObject({ advice: "report" });
  });
});

describe("statuses without a code", () => {
  it.each([
    [400, "fix-request"],
    [403, "apply"],
    [404, "fix-request"],
    [405, "fix-request"],
    [500, "report"],
    [302, "report"],
    [503, "unavailable"],
  ])("%i is %s", async (status, advice) => {
    const error = await errorOf(() => new Response("<html>", { status }));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: `HTTP_${status}`, advice, provider: "woori" });
  });

  it("401 is about the token", async () => {
    const error = await errorOf(() => new Response("", { status: 401 }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "CLIENT_REFUSED", advice: "renew-token" });
  });
});

describe("what a transfer's failure says of the money", () => {
  const ofTransfer = (response: () => Response | Promise<Response>) =>
    failure(call(clientOf(response, { retries: 5 }).woori, transfer, order));
  const open: [string, () => Response | Promise<Response>][] = [
    ["시간초과", () => refusal("SYSCD01003")],
    ["서버 오류", () => refusal("SYSCD01999")],
    ["게이트웨이 내부 오류", () => refusal("SYSCD09999")],
    ["전문 처리 오류 without a reason", () => refusal("SYSCD01002")],
    ["a system code that nobody knows", () => refusal("SYSCD01777")],
    ["an unknown code with HTTP 500", () => refusal("WB00123", { status: 500 })],
    ["HTTP 500", () => new Response("", { status: 500 })],
    ["HTTP 503", () => new Response("", { status: 503 })],
    ["no answer", () => Promise.reject(new Error("socket hang up"))],
  ];

  it.each(open)("%s: nobody knows, and it is not sent again", async (_, response) => {
    const { woori, sent } = clientOf(response, { retries: 5 });
    const error = await failure(call(woori, transfer, order), OutcomeUnknownError);
    expect(error.settledBy).toBe("finance/getAccTransList");
    expect(error.reference).toEqual({ ...order, TRN_AM: "50000" });
    expect(JSON.stringify(error)).not.toContain(order.WDR_ACNO);
    expect(sent).toHaveLength(1);
  });

  const refused: [string, () => Response][] = [
    ["잔액 부족, in the bank's own words", () => refusal("SYSCD01002", { list: [{ MSG_CD: "BAD1234" }] })],
    ["a code of the bank's own system", () => refusal("WB00123")],
    ["초당 건수 초과", () => refusal("SYSCD03101", { status: 503 })],
    ["필수 입력 누락", () => refusal("SYSCD01000")],
    ["토큰 오류", () => refusal("SYSCD03001")],
    ["HTTP 404", () => new Response("", { status: 404 })],
  ];

  it.each(refused)("%s: it did not happen", async (_, response) => {
    const error: KofinError = await ofTransfer(response);
    expect(error).not.toBeInstanceOf(OutcomeUnknownError);
  });

  it("a connection that never came about is none either", async () => {
    const refusedConnection = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(await ofTransfer(() => Promise.reject(refusedConnection))).toMatchObject({
      code: "NETWORK",
      mayHaveArrived: false,
    });
  });

  it("passwords are not part of what it is to be found by", async () => {
    const { woori } = clientOf(() => refusal("SYSCD01003"));
    const input = { ...order, ENCY_ACT_PWNO: "1234", RNPE_ENCY_ACNM_NO: "900101" };
    const error = await failure(call(woori, transfer, input), OutcomeUnknownError);
    expect(error.reference).toEqual({ ...order, TRN_AM: "50000" });
  });
});

describe("what is tried again", () => {
  it("look-ups that were too many, and those that nobody answered", async () => {
    for (const fault of [() => refusal("SYSCD03101"), () => Promise.reject(new Error("reset"))]) {
      const { woori, sent } = clientOf(fault);
      await failure(call(woori, transactions, period));
      expect(sent).toHaveLength(3);
    }
  });

  it("no other code, and no bare status", async () => {
    for (const [code, { advice }] of codes) {
      const { woori, sent } = clientOf(() => refusal(code));
      await failure(call(woori, transactions, period));
      expect([code, sent.length]).toEqual([code, advice === "retry" ? 3 : 1]);
    }
    expect(codes.filter(([, { advice }]) => advice === "retry").map(([code]) => code)).toEqual(["SYSCD03101"]);
    for (const status of [429, 500, 502, 503, 504]) {
      const { woori, sent } = clientOf(() => new Response("", { status }));
      await failure(call(woori, transactions, period));
      expect([status, sent.length]).toEqual([status, 1]);
    }
  });

  it("never a transfer", async () => {
    const { woori, sent } = clientOf(() => refusal("SYSCD03101"));
    await failure(call(woori, transfer, order));
    expect(sent).toHaveLength(1);
  });
});

describe("secrets", () => {
  it("stand in no error and no event, whatever the bank repeats", async () => {
    const events: CallEvent[] = [];
    const device = { UTZPE_CNCT_TEL_NO_TXT: "01012341234", UTZPE_CNCT_IPAD: "203.0.113.7" };
    const keys = { appKey: "the-app-key", secretKey: "the-secret-key", token: "the-token" };
    const said = `${Object.values(keys).join(" ")} ${period.INQ_ACNO} ${Object.values(device).join(" ")}`;
    const list = [{ MSG_CD: "X", MAIN_MSG_TXT: said }];
    const { woori } = clientOf(() => refusal("SYSCD01002", { message: said, list }), {
      ...keys,
      device,
      onEvent: (event) => events.push(event),
    });
    const error = await failure(call(woori, transactions, period));
    const told = JSON.stringify([error, error.message, error.stack, events]);
    for (const secret of [...Object.values(keys), period.INQ_ACNO, ...Object.values(device)]) {
      expect(told).not.toContain(secret);
    }
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "error"]);
    expect(JSON.stringify(woori)).not.toContain("the-secret-key");
  });

  it("of a call without a spec nothing that was passed is repeated", async () => {
    const { woori } = clientOf(() => refusal("SYSCD01006", { message: "계좌 110-222-333333 오류" }));
    const error = await failure(woori.request("/oai/wb/v1/some/new", { list: [{ ACNO: "110-222-333333" }] }));
    expect(error.message).toBe("SYSCD01006 계좌 ‹redacted› 오류");
  });
});
