import * as fc from "fast-check";
import { InvalidInputError, NetworkError, OutcomeUnknownError, PermissionError } from "kofin";
import {
  call,
  type OpenBankingOptions,
  type SendNotice,
  type SettleOptions,
  settleTransfer,
  type TransferReference,
} from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { idle } from "../support/wait.js";
import { deposit, deposited, depositItem, depositing, register, withdraw, withdrawal } from "./operations.js";
import { bearer, clientOf, refusal, type Script, scripted, success, userOf } from "./scripted.js";

const NOON = Date.UTC(2026, 10, 21, 3, 0, 0);

const reference: TransferReference = {
  checkType: "1",
  orgBankTranId: "T990000123UABC123XYZ",
  orgBankTranDate: "20261121",
  orgTranAmt: "50000",
  tranDtime: "20261121120000",
};

const found = (...codes: string[]) =>
  success({
    res_cnt: String(codes.length),
    res_list: codes.map((code, i) => ({ tran_no: String(i + 1), bank_rsp_code: code })),
  });

/** Settles against answers in turn, the last one for ever: the first five seconds after the transfer, and five more for each look. */
async function settle(
  answers: Script[],
  options: SettleOptions = {},
  more: Partial<OpenBankingOptions> = {},
  given = reference,
) {
  const script = scripted((sent, count) => (answers[count - 1] ?? answers.at(-1) ?? (() => success()))(sent, count));
  const openBanking = clientOf(script, { now: () => NOON + 5_000 * (script.sent.length + 1), ...more });
  const settlement = settleTransfer(openBanking, given, { delayMs: 1, attempts: 4, lateMs: 9_000, ...options });
  return { settlement, script };
}

describe("settleTransfer", () => {
  it("asks transfer/result with the institution's token for what it is told", async () => {
    const { settlement, script } = await settle([() => found("000")]);
    expect(await settlement).toMatchObject({ status: "done", bankCode: "000", reply: { code: "A0000" } });
    expect(script.sent).toHaveLength(1);
    const [sent] = script.sent;
    expect(sent).toMatchObject({ method: "POST", url: { pathname: "/v2.0/transfer/result" } });
    expect(bearer(sent)).toBe("institution-token-1");
    expect(sent?.fields).toEqual({
      check_type: "1",
      tran_dtime: "20261121120005",
      req_cnt: "1",
      req_list: [
        {
          tran_no: "1",
          org_bank_tran_id: "T990000123UABC123XYZ",
          org_bank_tran_date: "20261121",
          org_tran_amt: "50000",
        },
      ],
    });
  });

  it.each<[string, Script[], string, string | undefined, number]>([
    ["a bank that moved it", [() => found("000")], "done", "000", 1],
    ["a bank that refused it", [() => found("453")], "not-done", "453", 1],
    ["a bank that moved it in the end", [() => found("400"), () => found("804"), () => found("000")], "done", "000", 3],
    ["a bank that refused it in the end", [() => found("400"), () => found("412")], "not-done", "412", 2],
    ["a bank that has never heard of it, and not later either", [() => found("701")], "not-done", "701", 2],
    ["a center that has never heard of it, and not later either", [() => refusal("A0310")], "not-done", undefined, 2],
    [
      "701 in the list under A0009",
      [() => refusal("A0009", "", { res_list: [{ bank_rsp_code: "701" }] })],
      "not-done",
      "701",
      2,
    ],
    [
      "701 in the list under A0002",
      [() => refusal("A0002", "", { res_list: [{ bank_rsp_code: "701" }] })],
      "not-done",
      "701",
      2,
    ],
    ["701 beside A0002", [() => refusal("A0002", "", { bank_rsp_code: "701" })], "not-done", "701", 2],
    ["a transfer that was late", [() => found("701"), () => found("000")], "done", "000", 2],
    [
      "a transfer that was late and slow",
      [() => found("701"), () => found("400"), () => found("701")],
      "not-done",
      "701",
      3,
    ],
    ["a bank that never makes up its mind", [() => found("400")], "unknown", "400", 4],
    ["a bank's code that nobody knows", [() => found("998")], "unknown", "998", 4],
    ["an empty list", [() => success({ res_list: [] })], "unknown", undefined, 4],
    ["an item without a code", [() => success({ res_list: [{}] })], "unknown", undefined, 4],
    ["a center that is still at it", [() => refusal("A0001"), () => found("000")], "done", "000", 2],
    ["A0009 with the item", [() => refusal("A0009", "", { res_list: [{ bank_rsp_code: "000" }] })], "done", "000", 1],
    ["a bad connection", [() => Promise.reject(new Error("reset")), () => found("000")], "done", "000", 2],
    [
      "gateways in trouble",
      [() => new Response("", { status: 502 }), () => new Response("<html>"), () => found("000")],
      "done",
      "000",
      3,
    ],
    ["a connection that stays bad", [() => Promise.reject(new Error("reset"))], "unknown", undefined, 4],
  ])("with %s", async (_, answers, status, bankCode, looks) => {
    const { settlement, script } = await settle(answers);
    const settled = await settlement;
    expect([settled.status, settled.bankCode, script.sent.length]).toEqual([status, bankCode, looks]);
    expect(script.sent.every(({ url }) => url.pathname === "/v2.0/transfer/result")).toBe(true);
  });

  it("says why the last look brought nothing", async () => {
    const { settlement } = await settle([() => Promise.reject(new Error("reset"))]);
    expect((await settlement).error).toBeInstanceOf(NetworkError);
  });

  it("believes that there is no transfer when none can be under way any more, and never before", async () => {
    const at = (ms: number) => ({ now: () => NOON + ms });
    const late = { lateMs: undefined as never };
    const old = await settle([() => found("701")], late, at(180_999));
    expect([(await old.settlement).status, old.script.sent.length]).toEqual(["not-done", 1]);
    const young = await settle([() => found("701")], late, at(180_998));
    expect([(await young.settlement).status, young.script.sent.length]).toEqual(["unknown", 4]);
    const once = await settle([() => found("701")], { ...late, attempts: 1 });
    expect([(await once.settlement).status, once.script.sent.length]).toEqual(["unknown", 1]);
  });

  it("counts from the end of the call, whatever the clock of the system says and however long it was on its way", async () => {
    const clock = { now: NOON };
    const script = scripted((sent) => {
      if (sent.url.pathname.endsWith("/result")) return found("701");
      clock.now += 3_600_000;
      return Promise.reject(new Error("reset"));
    });
    const user = await userOf(clientOf(script, { now: () => clock.now }));
    const error = await failure(call(user, withdraw, withdrawal), OutcomeUnknownError);
    const looks = { delayMs: 1, attempts: 3 };
    expect((await settleTransfer(user, error, looks)).status).toBe("unknown");
    expect((await settleTransfer(user, error, { ...looks, lateMs: 0 })).status).toBe("not-done");
  });

  it("looks at both days around midnight", async () => {
    const late = { ...reference, tranDtime: "20261121235500" };
    const days = (fields: Record<string, unknown>) =>
      (fields.req_list as { org_bank_tran_date: string }[]).map(({ org_bank_tran_date }) => org_bank_tran_date);
    const next = await settle([() => found("701", "000")], {}, {}, late);
    expect((await next.settlement).status).toBe("done");
    expect(days(next.script.sent[0]?.fields ?? {})).toEqual(["20261121", "20261122"]);
    const early = await settle([() => found("000", "701")], {}, {}, { ...reference, tranDtime: "20261121000003" });
    expect((await early.settlement).status).toBe("done");
    expect(days(early.script.sent[0]?.fields ?? {})).toEqual(["20261120", "20261121"]);
    const half = await settle([() => found("701")], {}, {}, late);
    expect((await half.settlement).status).toBe("unknown");
    const nextNoon = { now: () => NOON + 86_400_000 };
    const never = await settle([() => found("701", "701")], {}, nextNoon, late);
    expect((await never.settlement).status).toBe("not-done");
    const failed = await settle([() => found("701", "453")], {}, {}, late);
    expect(await failed.settlement).toMatchObject({ status: "not-done", bankCode: "453" });
    const slow = await settle([() => found("701", "400")], {}, {}, late);
    expect((await slow.settlement).status).toBe("unknown");
  });

  it("throws what no other look would mend", async () => {
    const { settlement, script } = await settle([() => refusal("A0011")]);
    await failure(settlement, PermissionError);
    expect(script.sent).toHaveLength(1);
  });

  it("ends with the caller's signal, while it looks and while it waits", async () => {
    for (const delayMs of [1, 60_000]) {
      const controller = new AbortController();
      const { settlement } = await settle([() => found("400")], { signal: controller.signal, delayMs, attempts: 99 });
      const settled = failure(settlement, NetworkError);
      await idle(20);
      controller.abort();
      expect((await settled).code).toBe("ABORTED");
    }
  });

  it.each([
    {},
    { ...reference, checkType: "3" },
    { ...reference, orgTranAmt: 50_000 },
    { checkType: "1", orgBankTranId: "T990000123UABC123XYZ" },
  ])("does not take %j", async (given) => {
    const { settlement, script } = await settle([() => found("000")], {}, {}, given as TransferReference);
    expect(await failure(settlement, InvalidInputError)).toMatchObject({ code: "INPUT_INVALID", field: "transfer" });
    expect(script.sent).toHaveLength(0);
  });

  it("does not take the error of what was no transfer", async () => {
    const openBanking = clientOf(
      scripted(() => refusal("A0007")),
      { institutionScope: "sa" },
    );
    const error = await failure(call(openBanking, register, {}), OutcomeUnknownError);
    expect((await failure(settleTransfer(openBanking, error))).code).toBe("INPUT_INVALID");
  });

  it("takes the error of a deposit, and what a hook wrote down", async () => {
    const notices: SendNotice[] = [];
    const script = scripted((sent) => (sent.url.pathname.endsWith("/result") ? found("000") : refusal("A0007")));
    const openBanking = clientOf(script, { beforeSend: (notice) => notices.push(notice) });
    const error = await failure(call(openBanking, deposit, depositing), OutcomeUnknownError);
    expect((await settleTransfer(openBanking, error)).status).toBe("done");
    const written = JSON.parse(JSON.stringify(notices[0]?.reference));
    expect((await settleTransfer(clientOf(script), written)).status).toBe("done");
    expect(script.sent.slice(1).map(({ fields }) => fields.req_list)).toEqual(
      Array(2).fill([expect.objectContaining({ org_bank_tran_id: notices[0]?.bankTranId, org_tran_amt: "50000" })]),
    );
    expect(script.sent[1]?.fields.check_type).toBe("2");
  });
});

/** What befalls a transfer on its way. */
const FATES = [
  "fine",
  "refused",
  "lost",
  "carried out and lost",
  "slow",
  "slow and refused",
  "twice slow",
  "broken",
] as const;

/** A bank with books, which knows every transfer by its number. */
function bank(fates: readonly (typeof FATES)[number][]) {
  const books = new Map<string, { amount: number; code: string; pending: number }>();
  const transfer: Script = (sent, count) => {
    const fate = fates[count - 1] ?? "fine";
    const item = sent.url.pathname.includes("deposit")
      ? (sent.fields.req_list as Record<string, string>[])[0]
      : sent.fields;
    const id = String(item?.bank_tran_id);
    if (books.has(id)) throw new Error(`${id} came twice`);
    const code = fate.includes("refused") ? "453" : "000";
    if (fate !== "lost") {
      const pending = { slow: 1, "slow and refused": 1, "twice slow": 2 }[fate as "slow"] ?? 0;
      books.set(id, { amount: Number(item?.tran_amt), code, pending });
    }
    if (fate === "lost" || fate === "carried out and lost") return Promise.reject(new Error("reset"));
    if (fate === "broken") return new Response("bad gateway", { status: 502 });
    const words = fate.includes("slow") ? "400" : code;
    return words === "000"
      ? success({ ...deposited("000"), bank_rsp_code: "000" })
      : refusal("A0002", "", { bank_rsp_code: words });
  };
  const result: Script = ({ fields }) => {
    const codes = (fields.req_list as { org_bank_tran_id: string }[]).map(({ org_bank_tran_id }) => {
      const entry = books.get(org_bank_tran_id);
      if (!entry) return "701";
      if (entry.pending > 0) {
        entry.pending -= 1;
        return "400";
      }
      return entry.code;
    });
    return found(...codes);
  };
  const moved = () =>
    [...books.values()].filter(({ code }) => code === "000").reduce((sum, { amount }) => sum + amount, 0);
  return { transfer, result, moved };
}

describe("books", () => {
  it("agree with the bank's once every unknown outcome is settled", async () => {
    const step = fc.record({
      fate: fc.constantFrom(...FATES),
      amount: fc.integer({ min: 1, max: 1_000 }),
      isDeposit: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { transfer, result, moved } = bank(steps.map(({ fate }) => fate));
        let count = 0;
        const script = scripted((sent) =>
          sent.url.pathname.endsWith("/result") ? result(sent, 0) : transfer(sent, ++count),
        );
        const user = await userOf(clientOf(script));
        let own = 0;
        for (const { amount, isDeposit } of steps) {
          const sending = isDeposit
            ? call(user, deposit, { ...depositing, req_list: [{ ...depositItem, tran_amt: amount }] })
            : call(user, withdraw, { ...withdrawal, tran_amt: amount });
          try {
            await sending;
            own += amount;
          } catch (error) {
            if (!(error instanceof OutcomeUnknownError)) continue;
            const { status } = await settleTransfer(user, error, { delayMs: 0, lateMs: 0 });
            expect(status).not.toBe("unknown");
            if (status === "done") own += amount;
          }
        }
        expect(own).toBe(moved());
        expect(count).toBe(steps.length);
      }),
      { numRuns: 60 },
    );
  });
});
