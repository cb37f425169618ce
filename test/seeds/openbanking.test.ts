/**
 * 센터인증 as a developer's report of 2019 walks through it on the center's test environment: first the institution's access token,
 * then the user's, then the balance. Their words and paths, on the sandbox.
 * @module
 */
import { InvalidInputError } from "kofin";
import { authorizeUrl, createOpenBanking, exchangeCode, readCallback } from "kofin/openbanking";
import { accountBalanceFinNum, accountTransactionListFinNumPages } from "kofin/openbanking/account";
import { bankStatus } from "kofin/openbanking/manage";
import { token } from "kofin/openbanking/oauth";
import { userMe } from "kofin/openbanking/user";
import { createSandbox, type Sandbox } from "kofin/sandbox";
import { beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});

const client = () => createOpenBanking({ ...sandbox.openBanking.options });

/** What the user does in the browser, and what the institution's callback then does. */
async function consent(openBanking: ReturnType<typeof client>, scope = "login inquiry transfer") {
  const { url, state } = authorizeUrl(openBanking, { scope });
  return exchangeCode(openBanking, readCallback(await sandbox.openBanking.consent(url), state));
}

describe("센터인증", () => {
  it("1. 이용기관 Access Token: 토큰발급 API", async () => {
    const { data } = await token(client(), { grant_type: "client_credentials", scope: "oob" });
    const { useCode } = sandbox.openBanking.options;
    expect(data).toMatchObject({ token_type: "Bearer", scope: "oob", client_use_code: useCode });
    expect(sandbox.openBanking.requests.at(-1)).toMatchObject({
      method: "POST",
      path: "/oauth/2.0/token",
      body: { grant_type: "client_credentials", scope: "oob", client_id: expect.any(String) },
    });
  });

  it("1. … is what the institution's own look-ups are made with", async () => {
    const { data } = await bankStatus(client());
    expect(data.res_list).toContainEqual({ bank_code_std: "097", bank_name: "오픈은행", bank_status: "Y" });
    const paths = sandbox.openBanking.requests.map(({ path }) => path);
    expect(paths).toEqual(["/oauth/2.0/token", "/v2.0/bank/status"]);
  });

  it("2. 개인 Access Token: three parties, the user among them", async () => {
    const { userSeqNo, scope } = await consent(client());
    expect(scope).toEqual(["login", "inquiry", "transfer"]);
    expect(sandbox.openBanking.users[0]).toMatchObject({ userSeqNo });
    expect(sandbox.openBanking.requests.at(-1)).toMatchObject({
      path: "/oauth/2.0/token",
      body: { grant_type: "authorization_code" },
    });
  });

  it("이 AccessToken으로 잔액조회: with the 핀테크이용번호, never with the account number", async () => {
    const openBanking = client();
    const { userSeqNo } = await consent(openBanking);
    const user = openBanking.user(userSeqNo);
    const me = await userMe(user, { user_seq_no: userSeqNo });
    const [account] = me.data.res_list ?? [];
    expect(account).not.toHaveProperty("account_num");
    const fintech_use_num = account?.fintech_use_num ?? "";
    const { data, code, bankCode } = await accountBalanceFinNum(user, { fintech_use_num });
    expect([code, bankCode]).toEqual(["A0000", "000"]);
    const [kept] = sandbox.openBanking.users[0]?.accounts ?? [];
    expect(data).toMatchObject({ fintech_use_num, bank_name: "오픈은행", balance_amt: String(kept?.balance) });
    const { body } = sandbox.openBanking.requests.at(-1) ?? {};
    expect(body).toEqual({
      bank_tran_id: expect.stringMatching(new RegExp(`^${openBanking.useCode}U[A-Z0-9]{9}$`)),
      fintech_use_num,
      tran_dtime: expect.stringMatching(/^\d{14}$/),
    });
  });

  it("and the rest of the account, page after page", async () => {
    const openBanking = client();
    const { userSeqNo } = await consent(openBanking);
    const { fintechUseNum = "", balance } = sandbox.openBanking.users[0]?.accounts[0] ?? {};
    const pages = [];
    for await (const page of accountTransactionListFinNumPages(openBanking.user(userSeqNo), {
      fintech_use_num: fintechUseNum,
      inquiry_type: "A",
      inquiry_base: "D",
      from_date: "20200101",
      to_date: "20991231",
      sort_order: "D",
    })) {
      pages.push(page.data.res_list ?? []);
    }
    expect(pages.map((rows) => rows.length)).toEqual([25, 25, 10]);
    expect(pages[0]?.[0]?.after_balance_amt).toBe(String(balance));
    const ids = sandbox.openBanking.requests.flatMap(
      ({ body }) => (body as { bank_tran_id?: string }).bank_tran_id ?? [],
    );
    expect(new Set(ids).size).toBe(3);
  });

  it("without the user's consent there is no balance: nothing is sent", async () => {
    const error = await failure(
      accountBalanceFinNum(client().user("1100000001"), { fintech_use_num: "1".repeat(24) }),
      InvalidInputError,
    );
    expect(error.code).toBe("SCOPE_MISSING");
    expect(sandbox.openBanking.requests).toEqual([]);
  });
});
