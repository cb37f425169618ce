import { createAccount } from "kofin/codef/account";
import { accountList, balanceInquiry, organizations, transactionList } from "kofin/codef/stock";
import { expect, test } from "vitest";
import { lastBody, setUp } from "./setup.js";

test("accounts, then the holdings and the transactions of each; the password leaves encrypted", async () => {
  const { codef, sandbox } = setUp({ now: () => Date.UTC(2026, 6, 15, 3) });
  const organization = organizations.삼성증권;
  const login = { loginType: "1", id: "hong1234", password: "x" } as const;
  const { connectedId = "" } = (
    await createAccount(codef, { accountList: [{ businessType: "ST", clientType: "A", organization, ...login }] })
  ).data;
  const accounts = (await accountList(codef, { organization, connectedId })).data;
  expect(accounts.length).toBeGreaterThan(0);
  for (const { resAccount: account = "" } of accounts) {
    const input = { organization, connectedId, account, accountPassword: "0987" } as const;
    const balance = await balanceInquiry(codef, input);
    expect(balance.data.resItemList?.length).toBeGreaterThan(0);
    const sent = lastBody(sandbox);
    expect(sandbox.codef.decrypt(sent.accountPassword ?? "")).toBe("0987");
    const { data } = await transactionList(codef, { ...input, startDate: "20260601", endDate: "20260630" });
    expect(data).toMatchObject({ resAccount: account, commStartDate: "20260601" });
  }
});
