import { ProviderError } from "kofin";
import { answerChallenge } from "kofin/codef";
import { createAccount } from "kofin/codef/account";
import { accountHolder, accountList, accountTransactionList, fastAccountTransactionList } from "kofin/codef/bank";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { asked, done, setUp, stored } from "./setup.js";

const JUNE = { startDate: "20260601", endDate: "20260630" } as const;
const NOW = () => Date.UTC(2026, 6, 15, 3);

test("from registration to transactions, each step with what the one before said", async () => {
  const { codef } = setUp({ now: NOW });
  const organization = "0004";
  const { connectedId = "" } = (
    await createAccount(codef, {
      accountList: [
        { businessType: "BK", clientType: "P", organization, loginType: "1", id: "hong1234", password: "x" },
      ],
    })
  ).data;
  const accounts = (await accountList(codef, { organization, connectedId })).data.resDepositTrust ?? [];
  expect(accounts.length).toBeGreaterThan(0);
  for (const { resAccount: account = "" } of accounts) {
    const { data } = await accountTransactionList(codef, { organization, connectedId, account, ...JUNE });
    expect(data).toMatchObject({ resAccount: account, commStartDate: "20260601", commEndDate: "20260630" });
    const dates = (data.resTrHistoryList ?? []).map(({ resAccountTrDate }) => resAccountTrDate);
    expect(dates.length).toBeGreaterThan(0);
    for (const date of dates) expect(date).toMatch(/^202606/);
  }
});

test("another institution's account is not behind the connectedId", async () => {
  const { codef } = setUp();
  const input = { organization: "0088", connectedId: "nobody" } as const;
  const error = await failure(accountList(codef, input), ProviderError);
  expect(error.code).toBe("CF-04019");
});

test("빠른계좌 asks for an SMS number, which another process answers from the stored challenge", async () => {
  const { codef, sandbox, another } = setUp({ now: NOW });
  sandbox.codef.script("bank.fastAccountTransactionList", [{ method: "smsAuthNo", answer: "482913" }]);
  const input = { organization: "0004", account: "98765432101234", accountPassword: "1234", ...JUNE } as const;
  const challenge = asked(await fastAccountTransactionList(codef, input));
  expect(challenge).toMatchObject({ method: "smsAuthNo", round: 1, twoWayInfo: { jobIndex: 0, threadIndex: 0 } });
  expect(JSON.stringify(challenge)).not.toContain('"1234"');

  const reply = await answerChallenge(another(), stored(challenge), { smsAuthNo: "482913" });
  expect(done(reply).resTrHistoryList?.length).toBeGreaterThan(0);
  const [first, second] = sandbox.codef.requests.filter(({ path }) => path.includes("fast-account"));
  expect(second?.body).toEqual({
    ...(first?.body as object),
    smsAuthNo: "482913",
    is2Way: true,
    twoWayInfo: challenge.twoWayInfo,
  });
});

test("a wrong SMS number ends the job with CODEF's own code", async () => {
  const { codef, sandbox } = setUp();
  sandbox.codef.script("bank.fastAccountTransactionList", [{ method: "smsAuthNo", answer: "482913" }]);
  const challenge = asked(await fastAccountTransactionList(codef, { organization: "0004", account: "1", ...JUNE }));
  const wrong = await failure(answerChallenge(codef, challenge, { smsAuthNo: "000000" }), ProviderError);
  expect(wrong.code).toBe("CF-13300");
  const again = await failure(answerChallenge(codef, challenge, { smsAuthNo: "482913" }), ProviderError);
  expect(again.code).toBe("CF-00025");
});

test("예금주명 needs no connectedId", async () => {
  const { codef } = setUp();
  const { data } = await accountHolder(codef, { organization: "0004", account: "98765432101234" });
  expect(data.name).toEqual(expect.any(String));
});
