import { inspect } from "node:util";
import {
  AuthenticationError,
  DecodeError,
  HttpError,
  NetworkError,
  OutcomeUnknownError,
  PermissionError,
  ProviderError,
} from "kofin";
import { BankError, call, type OpenBankingOperation } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { balance, deposit, depositing, realName, register, result, transactions, unlink } from "./operations.js";
import {
  bankSuccess,
  clientOf,
  refusal,
  type Script,
  scripted,
  success,
  TRANSACTION,
  USER,
  userOf,
} from "./scripted.js";

const inputs: Record<string, object> = {
  [balance.id]: { fintech_use_num: "1" },
  [realName.id]: { bank_code_std: "097", account_num: "1101230000678" },
  [transactions.id]: { fintech_use_num: "1", from_date: "20260101", to_date: "20260131" },
  [unlink.id]: { user_seq_no: USER },
  [deposit.id]: depositing,
};

async function ask(operation: OpenBankingOperation, answer: Script, options = {}) {
  const script = scripted(answer);
  const openBanking = clientOf(script, { institutionScope: operation === register ? "sa" : "oob", ...options });
  const user = await userOf(openBanking);
  return { reply: call<Record<string, unknown>>(user, operation, inputs[operation.id] ?? {}), script };
}

async function refused(operation: OpenBankingOperation, answer: Script, options = {}) {
  const { reply, script } = await ask(operation, answer, options);
  return { error: await failure<ProviderError>(reply), count: script.sent.length };
}

describe("a success", () => {
  it("is A0000 and 000; its data is the whole body", async () => {
    const { reply } = await ask(balance, () => bankSuccess({ balance_amt: "1250000" }));
    const answer = await reply;
    expect(answer).toMatchObject({
      code: "A0000",
      message: "",
      bankCode: "000",
      failures: [],
      transactionId: TRANSACTION,
    });
    expect(answer.data).toMatchObject({ rsp_code: "A0000", balance_amt: "1250000" });
    expect(answer.raw.balance_amt).toBe("1250000");
    expect(inspect(answer)).not.toContain("Response {");
  });

  it("needs no bank where none takes part", async () => {
    const { reply } = await ask(unlink, () => success());
    expect(await reply).toMatchObject({ code: "A0000", bankCode: undefined });
  });

  it("has its fields under the names of the spec, and its lists as lists", async () => {
    const operation = {
      ...transactions,
      also: { "res_list[].print_content": ["printed_content"], page_record_cnt: [] },
    };
    const row = { tran_date: "20260115", printed_content: "급여" };
    const { reply } = await ask(operation, () => bankSuccess({ res_list: row, "page_record_cnt ": "1" }));
    const { data, raw } = await reply;
    expect(data).toMatchObject({ res_list: [{ tran_date: "20260115", print_content: "급여" }], page_record_cnt: "1" });
    expect(raw.res_list).toEqual(row);
  });
});

describe("a refusal of the center", () => {
  it.each([
    ["A0004", ProviderError, "fix-request"],
    ["A0011", PermissionError, "apply"],
    ["A0018", ProviderError, "empty"],
    ["A0103", ProviderError, "limit"],
    ["A0305", ProviderError, "ask-user"],
    ["O0011", ProviderError, "fix-request"],
    ["O0004", PermissionError, "apply"],
    ["O0014", AuthenticationError, "ask-user"],
    ["A9999", ProviderError, "report"],
  ])("%s is %o with the advice %s", async (code, kind, advice) => {
    const { error } = await refused(balance, () => refusal(code, "메시지"));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      code,
      advice,
      transactionId: TRANSACTION,
      provider: "openbanking",
      operation: balance.id,
    });
    expect(error.message).toContain("메시지");
  });

  it.each([
    ["인증 파라미터 오류([992])", {}],
    ["Header 오류 [992]", {}],
    ["인증 파라미터 오류", { error_code: "992" }],
  ])("behind O0001 says what its number means: %s %j", async (message, further) => {
    const { error } = await refused(balance, () => refusal("O0001", message, further));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error.message).toMatch(/ \(there is no Authorization/);
  });

  it.each([
    [{ ainfo_rsp_code: "0102", ainfo_rsp_message: "조회 불가" }, "0102", "조회 불가"],
    [{ claim_bank_rsp_code: "412", claim_bank_rsp_message: "계좌 오류" }, "412", "계좌 오류"],
  ])("may stand under A0000, in the words of somebody else: %j", async (words, bankCode, bankMessage) => {
    const { error } = await refused(balance, () => success(words));
    expect(error).toBeInstanceOf(BankError);
    expect(error).toMatchObject({ code: "A0000", bankCode, bankMessage });
  });

  it("keeps its own reason where the bank has one as well", async () => {
    const { error } = await refused(balance, () => refusal("A0004", "포맷", { bank_rsp_code: "453" }));
    expect(error).toMatchObject({ code: "A0004", bankCode: "453", advice: "fix-request" });
  });

  it("is heard with HTTP 4xx as well", async () => {
    const { error } = await refused(balance, () => refusal("A0301", "권한", {}, 403));
    expect(error).toMatchObject({ code: "A0301", status: 403, advice: "apply" });
  });

  it("hides the answer, which may hold personal data", async () => {
    const { error } = await refused(balance, () => refusal("A0004", "포맷", { account_holder_name: "심은이름" }));
    expect(inspect(error, { depth: 9 })).not.toContain("심은이름");
    expect(error.data).toMatchObject({ account_holder_name: "심은이름" });
  });
});

describe("a refusal of the institution", () => {
  it.each(["A0002", "A0000"])("under %s is the reason, with its own advice", async (code) => {
    const words = { bank_rsp_code: "453", bank_rsp_message: "예금잔액 부족" };
    const { error, count } = await refused(balance, () => refusal(code, "참가기관 오류", words));
    expect(error).toBeInstanceOf(BankError);
    expect(error).toMatchObject({ code, bankCode: "453", bankMessage: "예금잔액 부족", advice: "ask-user" });
    expect(error.message).toBe(`${code} 참가기관 오류 (453 예금잔액 부족)`);
    expect(count).toBe(1);
  });

  it("that nobody knows is to be reported", async () => {
    const { error } = await refused(balance, () => refusal("A0002", "", { bank_rsp_code: "998" }));
    expect(error).toMatchObject({ bankCode: "998", advice: "report" });
  });
});

describe("items of a list", () => {
  const list = [
    { tran_no: "1", bank_rsp_code: "000", bank_rsp_message: "" },
    { tran_no: "2", bank_rsp_code: "701", bank_rsp_message: "원거래 없음" },
    { tran_no: "3", bank_rsp_code: "998" },
  ];
  const failures = [
    { list: "res_list", index: 1, bankCode: "701", bankMessage: "원거래 없음", advice: "empty" },
    { list: "res_list", index: 2, bankCode: "998", bankMessage: "", advice: "report" },
  ];

  it.each(["A0000", "A0002", "A0009"])(
    "that were refused stand beside the good ones when they are read (%s)",
    async (code) => {
      const { reply } = await ask(result, () => refusal(code, "", { res_cnt: "3", res_list: list }));
      const answer = await reply;
      expect(answer).toMatchObject({ code, failures });
      expect(answer.data.res_list).toEqual(list);
    },
  );

  it("that were refused make A0009 an error when there is none to read", async () => {
    const { error } = await refused(result, () => refusal("A0009", "세부 업무 실패"));
    expect(error).toMatchObject({ code: "A0009" });
  });

  it.each(["A0000", "A0009", "A0002"])(
    "that were refused are the error of what changes something (%s)",
    async (code) => {
      const { error } = await refused(deposit, () =>
        refusal(code, "", { res_list: [{ bank_rsp_code: "412", bank_rsp_message: "계좌 없음" }] }),
      );
      expect(error).toBeInstanceOf(BankError);
      expect(error).toMatchObject({ code, bankCode: "412", advice: "ask-user" });
    },
  );
});

describe("an answer that is none", () => {
  const redirect = { status: 302, headers: { Location: "https://x.example.com/?code=1" } };

  it.each<[string, Script, abstract new (...args: never[]) => Error, string]>([
    ["a page", () => new Response("<html>"), DecodeError, "DECODE"],
    ["a list", () => new Response("[]"), DecodeError, "DECODE"],
    ["null", () => new Response("null"), DecodeError, "DECODE"],
    ["JSON of something else", () => Response.json({ any: 1 }), DecodeError, "DECODE"],
    ["a code that is a number", () => Response.json({ rsp_code: 0 }), DecodeError, "DECODE"],
    ["an empty code", () => Response.json({ rsp_code: "" }), DecodeError, "DECODE"],
    ["nothing", () => new Response(null, { status: 204 }), DecodeError, "DECODE"],
    ["HTTP 404", () => new Response("no", { status: 404 }), HttpError, "HTTP_404"],
    ["HTTP 403", () => new Response("no", { status: 403 }), PermissionError, "HTTP_403"],
    ["a redirect", () => new Response(null, redirect), HttpError, "HTTP_302"],
    ["a success around which a gateway failed", () => refusal("A0000", "", {}, 500), HttpError, "HTTP_500"],
  ])("is %s", async (_, answer, kind, code) => {
    const { error } = await refused(realName, answer);
    expect(error).toBeInstanceOf(kind);
    expect(error.code).toBe(code);
  });
});

describe("what is asked again", () => {
  const thrice: [string, Script][] = [
    ["HTTP 503", () => new Response("", { status: 503 })],
    ["HTTP 429", () => new Response("", { status: 429 })],
    ["no answer", () => Promise.reject(new Error("reset"))],
    ["A0331", () => refusal("A0331")],
    ["a time-out of the center", () => refusal("A0007")],
    ["a time-out of the bank", () => refusal("A0002", "", { bank_rsp_code: "804" })],
    ["a number used before", () => refusal("A0002", "", { bank_rsp_code: "822" })],
    ["RFC 6749 in trouble", () => Response.json({ error: "temporarily_unavailable" })],
  ];

  it.each(thrice)("is a look-up that met %s, under a new number each time", async (_, answer) => {
    const { reply, script } = await ask(realName, answer);
    const error = await failure<ProviderError>(reply);
    expect(error.advice).toBe(error instanceof NetworkError ? "check-outcome" : "retry");
    const numbers = script.sent.map(({ fields }) => fields.bank_tran_id);
    expect([numbers.length, new Set(numbers).size]).toEqual([3, 3]);
  });

  it.each(thrice)("is never what changes something and met %s", async (_, answer) => {
    for (const operation of [deposit, unlink, register]) {
      const { count } = await refused(operation, answer);
      expect([operation.id, count]).toEqual([operation.id, 1]);
    }
  });

  it.each(["A0103", "A0018", "O0008", "O0013", "A0020", "A9999"])("is never %s", async (code) => {
    expect((await refused(realName, () => refusal(code))).count).toBe(1);
  });

  it("is as often as the client or the call says", async () => {
    expect((await refused(realName, () => refusal("A0331"), { retries: 0 })).count).toBe(1);
    expect((await refused(realName, () => refusal("A0331"), { retries: 4 })).count).toBe(5);
  });
});

describe("what changes something without being a transfer", () => {
  it("is open with its number when nobody knows", async () => {
    const { error } = await refused(register, () => refusal("A0007"));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    const { reference } = error as unknown as OutcomeUnknownError;
    expect(reference).toEqual({ bankTranId: expect.stringMatching(/^T990000123U/) });
  });

  it("without a number at the bank is refused with what nobody knows", async () => {
    const { error } = await refused(unlink, () => refusal("A9999"));
    expect(error).toMatchObject({ code: "A9999", advice: "report" });
  });

  it("may answer without a bank's word", async () => {
    const { reply } = await ask(register, () => success());
    expect((await reply).code).toBe("A0000");
  });
});
