import { type CallEvent, ProviderError, settle } from "kofin";
import { answerChallenge, type CodefOperation, callTwoWay, createCodef, encryptText } from "kofin/codef";
import {
  addAccount,
  createAccount,
  deleteAccount,
  getAccountList,
  getConnectedIdList,
  updateAccount,
} from "kofin/codef/account";
import { accountList, accountTransactionList, organizations } from "kofin/codef/bank";
import { businessStatus } from "kofin/codef/public-nts";
import { createSandbox } from "kofin/sandbox";
import { beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";

const sandbox = createSandbox();
const codef = createCodef({ ...sandbox.codef.options, retryDelayMs: 1 });
beforeEach(() => sandbox.reset());

const login = (organization: string, id = "hong1234") =>
  ({ businessType: "BK", clientType: "P", organization, loginType: "1", id, password: "비밀 번호+1" }) as const;

describe("generated functions on the sandbox", () => {
  it("register, list, add, change and remove accounts, with passwords that only the sandbox can open", async () => {
    const { data } = await createAccount(codef, { accountList: [login(organizations.KB국민은행)] });
    const connectedId = data.connectedId ?? "";
    const sent = sandbox.codef.requests.at(-1)?.body as { accountList: { password: string; countryCode: string }[] };
    expect(sandbox.codef.decrypt(sent.accountList[0]?.password ?? "")).toBe("비밀 번호+1");
    expect(sent.accountList[0]?.countryCode).toBe("KR");

    await addAccount(codef, { connectedId, accountList: [login(organizations.우리은행)] });
    await updateAccount(codef, { connectedId, accountList: [login(organizations.우리은행, "other")] });
    const listed = await getAccountList(codef, { connectedId });
    expect(listed.data.accountList?.map(({ organization }) => organization).sort()).toEqual(["0004", "0020"]);
    await deleteAccount(codef, { connectedId, accountList: [login(organizations.우리은행)] });
    expect((await getAccountList(codef, { connectedId })).data.accountList).toHaveLength(1);
    expect((await getConnectedIdList(codef)).data).toMatchObject({
      connectedIdList: [connectedId],
      pageNo: 0,
      hasNext: false,
    });
  });

  it("read accounts, transactions and the state of businesses", async () => {
    const connected = { connectedId: "sandbox_connectedId", organization: organizations.KB국민은행 };
    expect((await accountList(codef, connected)).data.resDepositTrust).toBeInstanceOf(Array);
    const period = { startDate: "20260101", endDate: "20260131" };
    const { data } = await accountTransactionList(codef, {
      ...connected,
      ...period,
      account: "12345678901234",
      orderBy: "0",
    });
    expect(data.resTrHistoryList).toBeInstanceOf(Array);
    const asked = [{ reqIdentity: "3333344444" }, { reqIdentity: "1234567890" }];
    expect((await businessStatus(codef, { reqIdentityList: asked })).data).toHaveLength(2);
  });

  it("tell a partial success from a failure", async () => {
    const some = await createAccount(codef, { accountList: [login("0004"), login("0020", "wrong-password")] });
    expect(some).toMatchObject({ code: "CF-04012", data: { errorList: [{ code: "CF-12801" }] } });
    const events: CallEvent[] = [];
    const watched = createCodef({ ...sandbox.codef.options, onEvent: (event) => events.push(event) });
    const error = await failure(
      createAccount(watched, { accountList: [login("0020", "wrong-password")] }),
      ProviderError,
    );
    expect(error.code).toBe("CF-04000");
    expect(error.message).toContain("CF-12801");
    expect(JSON.stringify([error, ...events])).not.toMatch(/비밀 번호|wrong-password/);
    // A registration that failed is never tried again by itself.
    expect(events.filter(({ type }) => type === "request")).toHaveLength(1);
  });

  it("go on after faults that pass, and after the token has ended", async () => {
    const input = { connectedId: "sandbox_connectedId", organization: "0004" };
    sandbox.codef.failNext({ status: 503 });
    sandbox.codef.failNext({ code: "CF-01002" });
    sandbox.codef.failNext({ status: 401 });
    expect((await accountList(codef, input)).code).toBe("CF-00000");
    const { error } = await settle(accountList(codef, { ...input, connectedId: "nobody" }));
    expect(error?.code).toBe("CF-04019");
  });

  it("take values that were encrypted elsewhere", async () => {
    const encrypted = await encryptText(sandbox.codef.publicKey, "kept elsewhere");
    const reply = await createAccount(codef, { accountList: [{ ...login("0004"), password: { encrypted } }] });
    expect(reply.code).toBe("CF-00000");
  });
});

describe("추가인증 on the sandbox", () => {
  const path = "/v1/kr/bank/p/account/account-list";
  const operation: CodefOperation = { id: "bank.accountList", method: "POST", path, retry: "safe", twoWay: true };
  const input = { connectedId: "sandbox_connectedId", organization: "0004" };

  it("asks round after round, and is answered by another client", async () => {
    sandbox.codef.script(path, [
      { method: "secureNo", answer: "8261" },
      { method: "smsAuthNo", answer: "135790" },
      { method: "simpleAuth" },
    ]);
    let reply = await callTwoWay<{ resDepositTrust: unknown[] }, object>(codef, operation, input);
    const answers: Record<string, string> = { secureNo: "8261", smsAuthNo: "135790", simpleAuth: "1" };
    const methods: string[] = [];
    while (reply.status === "challenge") {
      const stored = JSON.parse(JSON.stringify(reply.challenge)) as typeof reply.challenge;
      methods.push(stored.method);
      if (stored.method === "simpleAuth" && stored.premature === 1) sandbox.codef.approve(stored.twoWayInfo.jti);
      const elsewhere = createCodef({ ...sandbox.codef.options });
      reply = await answerChallenge(elsewhere, stored, { [stored.method]: answers[stored.method] ?? "" });
    }
    expect(methods).toEqual(["secureNo", "smsAuthNo", "simpleAuth", "simpleAuth"]);
    expect(reply.data.resDepositTrust).toBeInstanceOf(Array);
  });

  it("ends with the institution's refusal of a wrong answer", async () => {
    sandbox.codef.script(path, [{ method: "smsAuthNo", answer: "135790" }]);
    const reply = await callTwoWay(codef, operation, input);
    if (reply.status !== "challenge") throw new Error("a challenge was expected");
    const error = await failure(answerChallenge(codef, reply.challenge, { smsAuthNo: "000000" }), ProviderError);
    expect(error.code).toBe("CF-13300");
  });
});
