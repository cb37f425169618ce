import { ProviderError } from "kofin";
import {
  addAccount,
  bankOrganizations,
  createAccount,
  deleteAccount,
  getAccountList,
  getConnectedIdListPages,
  updateAccount,
} from "kofin/codef/account";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { lastBody, setUp } from "./setup.js";

const KB = { businessType: "BK", clientType: "P", organization: bankOrganizations.KB국민은행 } as const;
const SHINHAN = { ...KB, organization: bankOrganizations.신한은행 } as const;
const ID = { loginType: "1", id: "hong1234", password: "비밀 번호!" } as const;

test("an account is registered, joined by another, updated, and taken away again", async () => {
  const { codef, sandbox } = setUp();
  const { connectedId = "" } = (await createAccount(codef, { accountList: [{ ...KB, ...ID }] })).data;
  expect(lastBody(sandbox)).toMatchObject({ accountList: [{ countryCode: "KR", id: "hong1234" }] });

  await addAccount(codef, { connectedId, accountList: [{ ...SHINHAN, ...ID }] });
  const list = async () => (await getAccountList(codef, { connectedId })).data.accountList;
  expect((await list())?.map(({ organization }) => organization)).toEqual(["0004", "0088"]);

  const updated = await updateAccount(codef, { connectedId, accountList: [{ ...KB, ...ID, password: "새 번호" }] });
  expect(updated.data.successList).toHaveLength(1);
  await deleteAccount(codef, { connectedId, accountList: [{ ...SHINHAN, loginType: "1" }] });
  expect((await list())?.map(({ organization }) => organization)).toEqual(["0004"]);
});

test("certificates may be bytes, and leave as base64; certType may be left out", async () => {
  const { codef, sandbox } = setUp();
  const password = "인증서 비밀번호";
  const made = await sandbox.codef.certificate({ password });
  const der = { loginType: "0", password, derFile: made.certificate, keyFile: made.key } as const;
  const pfx = { loginType: "0", certType: "pfx", password, certFile: made.pfx } as const;
  const { data } = await createAccount(codef, {
    accountList: [
      { ...KB, ...der },
      { ...SHINHAN, ...pfx },
    ],
  });
  expect(data.successList).toHaveLength(2);
  const { accountList } = lastBody<{ accountList: Record<string, string>[] }>(sandbox);
  expect(accountList.map(({ derFile, certFile }) => derFile ?? certFile)).toEqual(
    [made.certificate, made.pfx].map((bytes) => Buffer.from(bytes).toString("base64")),
  );
  for (const sent of accountList) expect(sandbox.codef.decrypt(sent.password ?? "")).toBe(password);
});

test("a partial success is a success that tells what failed; a total failure tells why", async () => {
  const { codef } = setUp();
  const wrong = { ...SHINHAN, ...ID, id: "wrong-password" } as const;
  const some = await createAccount(codef, { accountList: [{ ...KB, ...ID }, wrong] });
  expect(some.code).toBe("CF-04012");
  expect(some.data.errorList).toMatchObject([{ organization: "0088", code: "CF-12801" }]);
  const error = await failure(createAccount(codef, { accountList: [wrong] }), ProviderError);
  expect(error.code).toBe("CF-04000");
  expect(error.extraMessage).toContain("CF-12801");
  expect(error.transactionId).toMatch(/^[0-9a-f]{32}$/);
});

test("connectedIds come page after page, each once, in order", async () => {
  const { codef } = setUp({ codef: { pageSize: 2 } });
  const made: (string | undefined)[] = [];
  for (let count = 0; count < 5; count++) {
    made.push((await createAccount(codef, { accountList: [{ ...KB, ...ID }] })).data.connectedId);
  }
  const pages: string[][] = [];
  for await (const { data } of getConnectedIdListPages(codef)) pages.push(data.connectedIdList ?? []);
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(pages.flat()).toEqual(made);
});
