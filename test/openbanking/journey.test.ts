import { type KofinError, OutcomeUnknownError } from "kofin";
import {
  authorizeRequest,
  authorizeUrl,
  BankError,
  ConsentError,
  consentsOf,
  createOpenBanking,
  exchangeCode,
  forgetUser,
  type OpenBankingOptions,
  readCallback,
  refreshToken,
  revokeToken,
  settleTransfer,
} from "kofin/openbanking";
import { accountBalanceFinNum, accountList, accountTransactionListFinNumPages } from "kofin/openbanking/account";
import { inquiryRealName } from "kofin/openbanking/inquiry";
import { authorize, token } from "kofin/openbanking/oauth";
import { transferDepositFinNum, transferResult, transferWithdrawFinNum } from "kofin/openbanking/transfer";
import { userMe } from "kofin/openbanking/user";
import { createSandbox, type OpenBankingSandboxOptions } from "kofin/sandbox";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";

/** The whole way from a consent to a client for the user, on the sandbox. */
async function consented(
  options: Partial<OpenBankingOptions> = {},
  openBankingOptions: OpenBankingSandboxOptions = {},
) {
  const sandbox = createSandbox({ openBanking: openBankingOptions });
  const { openBanking: center } = sandbox;
  const openBanking = createOpenBanking({ ...center.options, retryDelayMs: 1, ...options });
  const { url, state } = authorizeUrl(openBanking, { scope: ["login", "inquiry", "transfer"] });
  const callback = readCallback(await center.consent(url), state);
  const consent = await exchangeCode(openBanking, callback);
  const user = openBanking.user(consent.userSeqNo);
  const { data } = await accountList(user, { user_seq_no: consent.userSeqNo, include_cancel_yn: "N", sort_order: "A" });
  const fintech_use_num = data.res_list?.[0]?.fintech_use_num ?? "";
  return { center, openBanking, consent, user, fintech_use_num };
}

type Here = Awaited<ReturnType<typeof consented>>;

function withdrawal({ center, fintech_use_num }: Here, tran_amt = 10_000) {
  return {
    cntr_account_type: "N",
    cntr_account_num: center.contractAccounts.collecting,
    dps_print_content: "충전",
    fintech_use_num,
    tran_amt,
    req_client_name: "홍길동",
    req_client_num: "HONG1234",
    req_client_fintech_use_num: fintech_use_num,
    transfer_purpose: "RC",
  } as const;
}

function deposit({ center, fintech_use_num }: Here, tran_amt = 5_000) {
  const item = {
    tran_no: 1,
    fintech_use_num,
    print_content: "환급",
    tran_amt,
    req_client_name: "홍길동",
    req_client_num: "HONG1234",
    req_client_fintech_use_num: fintech_use_num,
    transfer_purpose: "ST",
  } as const;
  const account = { cntr_account_type: "N", cntr_account_num: center.contractAccounts.paying } as const;
  return { ...account, wd_pass_phrase: "NONE", wd_print_content: "환급", req_list: [item] };
}

describe("센터인증, on the sandbox", () => {
  it("leads from the consent to the balance", async () => {
    const here = await consented();
    const { consent, user, fintech_use_num } = here;
    expect(consent.scope).toEqual(["login", "inquiry", "transfer"]);
    const me = await userMe(user, { user_seq_no: consent.userSeqNo });
    expect(me.data.user_name).toBe("홍길동");
    const balance = await accountBalanceFinNum(user, { fintech_use_num });
    expect(balance).toMatchObject({ code: "A0000", bankCode: "000" });
    expect(Number(balance.data.balance_amt)).toBe(here.center.users[0]?.accounts[0]?.balance);
  });

  it("reads every page of an account's transactions", async () => {
    const { user, fintech_use_num } = await consented();
    const period = {
      inquiry_type: "A",
      inquiry_base: "D",
      from_date: "20260101",
      to_date: "20261231",
      sort_order: "D",
    };
    const rows: unknown[] = [];
    let count = 0;
    for await (const { data, next } of accountTransactionListFinNumPages(user, { fintech_use_num, ...period })) {
      rows.push(...(data.res_list ?? []));
      count += 1;
      expect(next === undefined).toBe(data.next_page_yn !== "Y");
    }
    expect(rows.length).toBeGreaterThan(25 * (count - 1));
  });

  it("asks with the institution's own token where only that will do", async () => {
    const { openBanking, center } = await consented();
    const [account] = center.users[0]?.accounts ?? [];
    const { data } = await inquiryRealName(openBanking, {
      bank_code_std: account?.bankCode ?? "",
      account_num: account?.accountNum ?? "",
      account_holder_info_type: " ",
      account_holder_info: center.users[0]?.birth.slice(2) ?? "",
    });
    expect(data.account_holder_name).toBe("홍길동");
  });

  it("takes tokens that have ended for a reason to refresh, and dead refresh tokens for one to consent again", async () => {
    const { center, user, fintech_use_num } = await consented();
    center.expireTokens();
    await accountBalanceFinNum(user, { fintech_use_num });
    await refreshToken(user);
    center.expireTokens({ refresh: true });
    const error = await failure<KofinError & { advice: string }>(accountBalanceFinNum(user, { fintech_use_num }));
    expect(error).toMatchObject({ code: "O0015", advice: "ask-user" });
  });

  it("skips the user's authentication by headers, through the generated function as well", async () => {
    const { center, openBanking, user } = await consented();
    const userCi = center.users[0]?.ci ?? "";
    const parameters = { scope: "login", auth_type: "2" } as const;
    const { url, headers, state } = await authorizeRequest(user, parameters, { userCi });
    const { fetch } = center.options;
    const answer = await fetch(url, { headers });
    expect(answer.status).toBeLessThan(400);
    expect(headers["Kftc-Bfop-UserSeqNo"]).toBe(user.userSeqNo);
    expect(state).toHaveLength(32);
    const redirect_uri = "https://nobody.example.com/";
    const wrong = await failure(authorize(openBanking, { redirect_uri, scope: "login", state, auth_type: "0" }));
    expect(wrong.code).toBe("O0001");
  });

  it("revokes and forgets", async () => {
    const { user, openBanking, fintech_use_num } = await consented();
    await revokeToken(user);
    expect(await consentsOf(user)).toEqual([]);
    expect((await failure(accountBalanceFinNum(user, { fintech_use_num }))).code).toBe("SCOPE_MISSING");
    await forgetUser(user);
    await revokeToken(openBanking);
  });

  it("says what the user did not consent to", async () => {
    const sandbox = createSandbox();
    const openBanking = createOpenBanking(sandbox.openBanking.options);
    const { url, state } = authorizeUrl(openBanking, { scope: "login" });
    const back = await sandbox.openBanking.consent(url, { deny: true });
    expect(() => readCallback(back, state)).toThrow(ConsentError);
  });

  it("issues tokens to those who want them by themselves", async () => {
    const sandbox = createSandbox();
    const openBanking = createOpenBanking(sandbox.openBanking.options);
    const { data } = await token(openBanking, { grant_type: "client_credentials", scope: "oob" });
    expect(data).toMatchObject({ token_type: "Bearer", client_use_code: openBanking.useCode });
    const refused = await failure(token(openBanking, { grant_type: "client_credentials", scope: "sa" }));
    expect(refused).toMatchObject({ code: "O0011", advice: "fix-request" });
  });
});

describe("money, on the sandbox", () => {
  it("moves out of and into an account", async () => {
    const here = await consented();
    const { user, openBanking, fintech_use_num } = here;
    const balance = async () => Number((await accountBalanceFinNum(user, { fintech_use_num })).data.balance_amt);
    const before = await balance();
    const out = await transferWithdrawFinNum(user, withdrawal(here));
    expect(out).toMatchObject({ code: "A0000", bankCode: "000", data: { tran_amt: "10000" } });
    const back = await transferDepositFinNum(openBanking, deposit(here));
    expect(back.data.res_list?.[0]?.bank_rsp_code).toBe("000");
    expect(await balance()).toBe(before - 5_000);
  });

  it("that there is not does not, and the bank says so", async () => {
    const here = await consented();
    const error = await failure(transferWithdrawFinNum(here.user, withdrawal(here, 9_999_999)), BankError);
    expect(error).toMatchObject({ code: "A0002", bankCode: "453", advice: "ask-user" });
    expect(here.center.ledger().transfers.filter(({ outcome }) => outcome === "000")).toEqual([]);
  });

  const answers = ["A0001", "A0003", "A0007", "A0017", "400", "803", "804", "819", "822", 500, 504, "drop"] as const;

  it.each(answers)("of which nobody knows after %s is found out, whether it moved or not", async (answer) => {
    const here = await consented({}, { missingTransfer: answer === "drop" ? "A0310" : "A0009" });
    const { center, user, openBanking } = here;
    for (const [happens, status] of [
      [true, "done"],
      [false, "not-done"],
    ] as const) {
      for (const send of [
        () => transferWithdrawFinNum(user, withdrawal(here)),
        () => transferDepositFinNum(openBanking, deposit(here)),
      ]) {
        center.unknownNext({ happens, answer, stillProcessing: 1 });
        const count = center.ledger().transfers.length;
        const error = await failure(send(), OutcomeUnknownError);
        expect(error.settledBy).toBe("transfer/transferResult");
        const settled = await settleTransfer(openBanking, error, { delayMs: 1, lateMs: 5 });
        expect(settled.status).toBe(status);
        expect(center.ledger().transfers.length - count).toBe(happens ? 1 : 0);
      }
    }
  });

  it("is looked up by hand, item by item", async () => {
    const here = await consented();
    await transferWithdrawFinNum(here.user, withdrawal(here));
    const [moved] = here.center.ledger().transfers;
    const known = { org_bank_tran_date: moved?.date ?? "", org_tran_amt: 10_000 };
    const { data, failures } = await transferResult(here.openBanking, {
      check_type: "1",
      req_cnt: 2,
      req_list: [
        { tran_no: 1, org_bank_tran_id: moved?.bankTranId ?? "", ...known },
        { tran_no: 2, org_bank_tran_id: await here.openBanking.nextBankTranId(), ...known },
      ],
    });
    expect(data.res_list?.map(({ bank_rsp_code }) => bank_rsp_code)).toEqual(["000", "701"]);
    expect(failures).toMatchObject([{ list: "res_list", index: 1, bankCode: "701", advice: "empty" }]);
  });
});
