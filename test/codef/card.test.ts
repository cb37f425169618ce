import { createAccount } from "kofin/codef/account";
import { approvalList, billingList, cardList, organizations } from "kofin/codef/card";
import { expect, test } from "vitest";
import { lastBody, setUp } from "./setup.js";

const organization = organizations.KB국민카드;

async function register() {
  const setting = setUp({ now: () => Date.UTC(2026, 6, 15, 3) });
  const login = { loginType: "1", id: "hong1234", password: "x" } as const;
  const { data } = await createAccount(setting.codef, {
    accountList: [{ businessType: "CD", clientType: "P", organization, ...login }],
  });
  return { ...setting, connected: { organization, connectedId: data.connectedId ?? "" } };
}

test("cards, then what one of them paid in a month, then the bill", async () => {
  const { codef, connected, sandbox } = await register();
  const cards = (await cardList(codef, connected)).data;
  const [card] = cards;
  expect(card?.resCardNo).toEqual(expect.any(String));
  const approvals = await approvalList(codef, {
    ...connected,
    startDate: "20260601",
    endDate: "20260630",
    inquiryType: "0",
    cardName: card?.resCardName ?? "",
  });
  expect(approvals.data.length).toBeGreaterThan(0);
  for (const { resUsedDate = "" } of approvals.data) expect(resUsedDate).toMatch(/^202606/);
  expect(lastBody(sandbox)).toMatchObject({ orderBy: "0" });
  expect((await billingList(codef, { ...connected, startDate: "202606" })).data[0]).toHaveProperty("resTotalAmount");
});

test("a person with a single card has a list of one all the same", async () => {
  const { codef, connected, sandbox } = await register();
  sandbox.codef.single(true);
  const { data, raw } = await cardList(codef, connected);
  expect(raw.data).not.toBeInstanceOf(Array);
  expect(data).toHaveLength(1);
  expect(data[0]).toEqual(raw.data);
});
