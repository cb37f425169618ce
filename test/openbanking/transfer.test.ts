import { inspect } from "node:util";
import * as fc from "fast-check";
import { AuthenticationError, InvalidInputError, NetworkError, OutcomeUnknownError } from "kofin";
import { BankError, call, type OpenBanking, type OpenBankingOptions, type SendNotice } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { idle, silence } from "../support/wait.js";
import { balance, deposit, deposited, depositItem, depositing, register, withdraw, withdrawal } from "./operations.js";
import { bankSuccess, clientOf, refusal, type Script, type Scripted, scripted, success, userOf } from "./scripted.js";

const NOON = Date.UTC(2026, 10, 21, 3, 0, 0);

const kinds = [
  ["a withdrawal", withdraw, withdrawal, "1", (code: string) => bankSuccess({ bank_rsp_code: code })],
  ["a deposit", deposit, depositing, "2", (code: string) => success(deposited(code))],
] as const;

async function moving(script: Scripted, options: Partial<OpenBankingOptions> = {}): Promise<OpenBanking> {
  return userOf(clientOf(script, { now: () => NOON, ...options }));
}

async function refused(operation: typeof withdraw, input: object): Promise<InvalidInputError> {
  const script = scripted(() => bankSuccess());
  const error = await failure(call(await moving(script), operation, input), InvalidInputError);
  expect([script.sent.length, script.oauth.length]).toEqual([0, 0]);
  return error;
}

const item = (more: object) => ({ ...depositing, req_list: [{ ...depositItem, ...more }] });

describe("a transfer is not sent", () => {
  const amounts = [0, "0", -1, "-50000", "1,000", "1e4", 0.5, "050000", "1000000000000", "", " 1", "일만"];

  it.each(amounts)("with the amount %j", async (tran_amt) => {
    const input = { code: "INPUT_INVALID" };
    expect(await refused(withdraw, { ...withdrawal, tran_amt })).toMatchObject({ ...input, field: "tran_amt" });
    expect(await refused(deposit, item({ tran_amt }))).toMatchObject({ ...input, field: "req_list[].tran_amt" });
  });

  it.each([
    [{ recv_client_name: undefined }, "INPUT_MISSING", "recv_client_name"],
    [{ recv_client_bank_code: undefined }, "INPUT_MISSING", "recv_client_bank_code"],
    [{ recv_client_account_num: undefined }, "INPUT_MISSING", "recv_client_account_num"],
    [{ transfer_purpose: "ST", recv_client_name: undefined }, "INPUT_MISSING", "recv_client_name"],
    [{ req_client_fintech_use_num: undefined }, "INPUT_MISSING", "req_client_account_num"],
    [{ req_client_account_num: "1" }, "INPUT_INVALID", "req_client_fintech_use_num"],
    [{ req_client_account_num: "1", req_client_fintech_use_num: undefined }, "INPUT_MISSING", "req_client_bank_code"],
    [{ tran_amt: undefined }, "INPUT_MISSING", "tran_amt"],
    [{ tran_dtime: "20260230000000" }, "INPUT_INVALID", "tran_dtime"],
    [{ bank_tran_id: "T000000000U000000000" }, "INPUT_INVALID", "bank_tran_id"],
  ])("as a withdrawal with %j", async (more, code, field) => {
    expect(await refused(withdraw, { ...withdrawal, ...more })).toMatchObject({ code, field });
  });

  it.each([
    [{ req_list: [] }, "INPUT_INVALID", "req_list"],
    [{ req_list: [depositItem, depositItem] }, "INPUT_INVALID", "req_list"],
    [{ req_list: depositItem }, "INPUT_INVALID", "req_list"],
    [{ req_list: ["x"] }, "INPUT_INVALID", "req_list[]"],
    [{ req_cnt: "2" }, "INPUT_INVALID", "req_cnt"],
    [item({ account_holder_name: undefined }), "INPUT_MISSING", "req_list[].account_holder_name"],
    [item({ req_client_account_num: undefined }), "INPUT_MISSING", "req_list[].req_client_account_num"],
    [item({ bank_tran_id: "x" }), "INPUT_INVALID", "req_list[].bank_tran_id"],
  ])("as a deposit with %j", async (more, code, field) => {
    expect(await refused(deposit, { ...depositing, ...more })).toMatchObject({ code, field });
  });

  it("without a spec either, when it lacks what finds it again", async () => {
    const openBanking = clientOf(scripted(() => bankSuccess()));
    const { tran_amt, ...rest } = withdrawal;
    const send = (input: object) => failure(openBanking.request(withdraw.path, input), InvalidInputError);
    expect(await send(rest)).toMatchObject({ code: "INPUT_MISSING", field: "bank_tran_id" });
    expect(await send({ ...rest, bank_tran_id: "x" })).toMatchObject({ code: "INPUT_MISSING", field: "tran_dtime" });
    const whole = { ...rest, bank_tran_id: "x", tran_dtime: "20261121000000", tran_amt };
    expect((await openBanking.request(withdraw.path, whole)).code).toBe("A0000");
  });
});

describe("a transfer is sent", () => {
  it("with any amount of won up to twelve digits, in any form", async () => {
    const script = scripted(() => bankSuccess());
    const user = await moving(script);
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 999_999_999_999n }), fc.nat(2), async (amount, form) => {
        const tran_amt = [amount, String(amount), Number(amount)][form];
        await call(user, withdraw, { ...withdrawal, tran_amt });
        expect(script.sent.at(-1)?.fields.tran_amt).toBe(String(amount));
      }),
    );
  });

  it.each([
    {
      transfer_purpose: "RC",
      recv_client_name: undefined,
      recv_client_bank_code: undefined,
      recv_client_account_num: undefined,
    },
    { req_client_fintech_use_num: undefined, req_client_account_num: "1", req_client_bank_code: "097" },
  ])("as a withdrawal with %j", async (more) => {
    const { code } = await call(await moving(scripted(() => bankSuccess())), withdraw, { ...withdrawal, ...more });
    expect(code).toBe("A0000");
  });

  it("as a deposit whose holder is not checked", async () => {
    const script = scripted(() => success(deposited("000")));
    const input = { ...item({ account_holder_name: undefined }), name_check_option: "off" };
    expect((await call(await moving(script), deposit, input)).code).toBe("A0000");
  });
});

describe("beforeSend", () => {
  it.each(kinds)(
    "is told of %s right before it leaves, and waited for",
    async (_, operation, input, checkType, answer) => {
      const order: string[] = [];
      const notices: SendNotice[] = [];
      const script = scripted(() => {
        order.push("sent");
        return answer("000");
      });
      const user = await moving(script, {
        beforeSend: async (notice) => {
          notices.push(notice);
          await idle();
          order.push("written down");
        },
      });
      await call(user, operation, input);
      expect(order).toEqual(["written down", "sent"]);
      const fields = script.sent[0]?.fields as { bank_tran_id?: string; req_list?: { bank_tran_id: string }[] };
      const bankTranId = fields.bank_tran_id ?? fields.req_list?.[0]?.bank_tran_id;
      const tranDtime = "20261121120000";
      const reference = {
        checkType,
        orgBankTranId: bankTranId,
        orgBankTranDate: "20261121",
        orgTranAmt: "50000",
        tranDtime,
      };
      expect(notices).toEqual([{ operation: operation.id, bankTranId, tranDtime, amount: "50000", reference }]);
    },
  );

  it("stops the call when it throws", async () => {
    const script = scripted(() => bankSuccess());
    const cause = new Error("no database");
    const beforeSend = () => Promise.reject(cause);
    const error = await failure(call(await moving(script, { beforeSend }), withdraw, withdrawal), InvalidInputError);
    expect(error).toMatchObject({ code: "STOPPED", field: "beforeSend", operation: withdraw.id, cause });
    expect(script.sent).toHaveLength(0);
  });

  it("stops the call when it takes longer than the call may", async () => {
    const script = scripted(() => bankSuccess());
    const user = await moving(script, { beforeSend: () => idle(40), timeoutMs: 10 });
    const error = await failure(call(user, withdraw, withdrawal), NetworkError);
    expect(error).toMatchObject({ code: "TIMEOUT", mayHaveArrived: false });
    await idle(60);
    expect(script.sent).toHaveLength(0);
  });

  it("of a call takes the place of the client's", async () => {
    const told: string[] = [];
    const user = await moving(
      scripted(() => bankSuccess()),
      { beforeSend: () => told.push("client") },
    );
    await call(user, withdraw, withdrawal, { beforeSend: () => told.push("call") });
    await call(user, withdraw, withdrawal);
    expect(told).toEqual(["call", "client"]);
  });

  it("is told the new number when a refused token makes it leave again", async () => {
    const numbers: string[] = [];
    const script = scripted((_, count) => (count === 1 ? refusal("O0002") : bankSuccess()));
    const user = await moving(script, { beforeSend: ({ bankTranId }) => numbers.push(bankTranId) });
    await call(user, withdraw, withdrawal);
    expect(numbers).toEqual(script.sent.map(({ fields }) => fields.bank_tran_id));
    expect(new Set(numbers).size).toBe(2);
  });

  it("is told of what must not be repeated for other reasons, and not of look-ups", async () => {
    const notices: SendNotice[] = [];
    const script = scripted(() => bankSuccess());
    const openBanking = clientOf(script, { institutionScope: "sa", beforeSend: (notice) => notices.push(notice) });
    await call(openBanking, balance, { fintech_use_num: "1" });
    await call(openBanking, register, {});
    const bankTranId = script.sent[1]?.fields.bank_tran_id;
    const bare = { tranDtime: undefined, amount: undefined, reference: undefined };
    expect(notices).toEqual([{ operation: register.id, bankTranId, ...bare }]);
  });
});

describe.each(kinds)("what became of %s", (_, operation, input, checkType, answer) => {
  async function outcome(script: Script, options: object = {}) {
    const told = scripted(script);
    const error = await failure(call(await moving(told), operation, input, options));
    expect(told.sent).toHaveLength(1);
    return { error, sent: told.sent[0] };
  }

  it.each<[string, Script, string]>([
    ["A0001", () => refusal("A0001"), "A0001"],
    ["A0003", () => refusal("A0003"), "A0003"],
    ["A0007", () => refusal("A0007"), "A0007"],
    ["A0017", () => refusal("A0017"), "A0017"],
    ["bank 400", () => answer("400"), "A0000"],
    ["bank 803", () => answer("803"), "A0000"],
    ["bank 804", () => answer("804"), "A0000"],
    ["bank 819", () => answer("819"), "A0000"],
    ["bank 822", () => answer("822"), "A0000"],
    ["bank 804 under A0002", () => refusal("A0002", "", { bank_rsp_code: "804" }), "A0002"],
    ["bank 804 in the list under A0009", () => refusal("A0009", "", deposited("804")), "A0009"],
    ["A0002 without a word of the bank", () => refusal("A0002"), "A0002"],
    ["a code that nobody knows", () => refusal("A9999"), "A9999"],
    ["a bank's code that nobody knows", () => refusal("A0002", "", { bank_rsp_code: "998" }), "A0002"],
    ["a refusal of a server in trouble", () => refusal("A0103", "", {}, 500), "A0103"],
    ["a success of a server in trouble", () => refusal("A0000", "", {}, 502), "HTTP_502"],
    ["HTTP 500", () => new Response("", { status: 500 }), "HTTP_500"],
    ["HTTP 504", () => new Response("", { status: 504 }), "HTTP_504"],
    ["RFC 6749 of a server in trouble", () => Response.json({ error: "server_error" }, { status: 500 }), "HTTP_500"],
    ["a success without a word of the bank", () => success(), "DECODE"],
    ["a success with an empty list", () => success({ res_cnt: "0", res_list: [] }), "DECODE"],
    ["a page", () => new Response("<html>"), "DECODE"],
    ["half of an answer", () => new Response('{"rsp_code":"A00'), "DECODE"],
    ["a lost connection", () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" })), "NETWORK"],
  ])("is unknown after %s", async (_, script, code) => {
    const { error, sent } = await outcome(script);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    const fields = sent?.fields as { bank_tran_id?: string; req_list?: { bank_tran_id: string }[] };
    expect(error).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      advice: "check-outcome",
      settledBy: "transfer/transferResult",
      cause: { code },
      reference: {
        checkType,
        orgBankTranId: fields.bank_tran_id ?? fields.req_list?.[0]?.bank_tran_id,
        orgBankTranDate: "20261121",
        orgTranAmt: "50000",
        tranDtime: "20261121120000",
      },
    });
    expect(inspect(error)).not.toContain("orgBankTranId");
  });

  it("is unknown when no answer comes in time, or the caller does not wait for it", async () => {
    expect((await outcome(silence, { timeoutMs: 10 })).error).toMatchObject({ cause: { code: "TIMEOUT" } });
    const controller = new AbortController();
    const aborted = outcome(
      () => {
        controller.abort();
        return silence();
      },
      { signal: controller.signal },
    );
    expect((await aborted).error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { code: "ABORTED" } });
  });

  it.each<[string, Script, abstract new (...args: never[]) => Error]>([
    ["bank 453", () => answer("453"), BankError],
    ["bank 412 in the list", () => refusal("A0009", "", deposited("412")), BankError],
    ["bank 453 under A0002", () => refusal("A0002", "", { bank_rsp_code: "453" }), BankError],
    ["A0004", () => refusal("A0004"), Error],
    ["A0103", () => refusal("A0103"), Error],
    ["A0322", () => refusal("A0322"), Error],
    ["O0001", () => refusal("O0001"), AuthenticationError],
    ["HTTP 403", () => new Response("", { status: 403 }), Error],
    ["HTTP 404", () => new Response("", { status: 404 }), Error],
    [
      "a refused connection",
      () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" })),
      NetworkError,
    ],
  ])("is certain after %s: nothing", async (_, script, kind) => {
    const { error } = await outcome(script);
    expect(error).toBeInstanceOf(kind);
    expect(error).not.toBeInstanceOf(OutcomeUnknownError);
  });

  it("is certain when everybody says so", async () => {
    const { code, bankCode, failures } = await call(await moving(scripted(() => answer("000"))), operation, input);
    expect([code, failures]).toEqual(["A0000", []]);
    expect(bankCode).toBe(checkType === "1" ? "000" : undefined);
  });
});
