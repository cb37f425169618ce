import { readFileSync } from "node:fs";
import { SCENARIOS } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { ACCOUNT_LIST, basic, connect, connectTo, encrypt, idLogin } from "./client.js";

const KEY = { countryCode: "KR", businessType: "BK", clientType: "P", organization: "0004", loginType: "1" };

async function setUp() {
  const connection = await connect();
  const key = connection.sandbox.codef.publicKey;
  const login = (changes?: Record<string, unknown>) => idLogin(key, changes);
  const create = async (...entries: object[]) =>
    (await connection.post("/v1/account/create", { accountList: entries })).body;
  const connectedId: string = (await create(login())).data.connectedId;
  const list = async (path = "/v1/account/list") => (await connection.post(path, { connectedId })).body;
  return { ...connection, key, login, create, connectedId, list };
}

describe("create", () => {
  test("registers accounts and answers a connectedId of 22 characters", async () => {
    const { create, login } = await setUp();
    const { result, data } = await create(login(), login({ organization: "0020" }));
    expect(result.code).toBe("CF-00000");
    expect(data.connectedId).toMatch(/^[\w.-]{22}$/);
    expect(data.errorList).toEqual([]);
    expect(data.successList).toEqual([
      { ...KEY, code: "CF-00000", message: "성공", extraMessage: "" },
      { ...KEY, organization: "0020", code: "CF-00000", message: "성공", extraMessage: "" },
    ]);
  });

  test("takes one personal and one corporate account of an institution, and certificates", async () => {
    const { create, login, key } = await setUp();
    const certificate = {
      loginType: "0",
      id: undefined,
      password: encrypt("c", key),
      derFile: "MIIF...",
      keyFile: "MIIF...",
    };
    const { result, data } = await create(login(), login({ clientType: "B", ...certificate }));
    expect(result.code).toBe("CF-00000");
    expect(data.successList).toHaveLength(2);
    expect((await create(login({ ...certificate, derFile: undefined, keyFile: undefined }))).result).toMatchObject({
      code: "CF-00001",
    });
  });

  test("partial success is CF-04012, with the failures in errorList", async () => {
    const { create, login } = await setUp();
    const { result, data } = await create(login(), login({ organization: "0020", id: "wrong-password" }));
    expect(result.code).toBe("CF-04012");
    expect(data.successList).toHaveLength(1);
    expect(data.errorList).toEqual([
      {
        ...KEY,
        organization: "0020",
        code: "CF-12801",
        message: expect.stringContaining("비밀번호"),
        extraMessage: "",
      },
    ]);
    expect(data.connectedId).not.toBe("");
  });

  test("nothing registered is CF-04000, which hides the reason, and makes no connectedId", async () => {
    const { create, login, post } = await setUp();
    const { result, data } = await create(login({ id: "wrong-password" }));
    expect(result.code).toBe("CF-04000");
    expect(data.errorList[0].code).toBe("CF-12801");
    expect(data.successList).toEqual([]);
    expect(data.connectedId).toBe("");
    expect((await post("/v1/account/connectedId-list", {})).body.data.connectedIdList).toHaveLength(1);
  });

  test("the same account twice, and an organization that does not exist", async () => {
    const { create, login } = await setUp();
    const { data } = await create(login(), login(), login({ organization: "9999" }));
    expect(data.errorList.map(({ code }: { code: string }) => code)).toEqual(["CF-04004", "CF-04033"]);
  });

  test.each(Object.entries(SCENARIOS).filter(([, { at }]) => at === "registration"))(
    "the id %s fails by agreement",
    async (id, { code, extraMessage = "" }) => {
      const { create, login } = await setUp();
      const { data } = await create(login({ id }));
      expect(data.errorList[0]).toMatchObject({ code, extraMessage });
    },
  );

  test("certificates have no id: there the password names the scenario", async () => {
    const { create, login, key } = await setUp();
    const password = encrypt("wrong-certificate-password", key);
    const { data } = await create(
      login({ loginType: "0", id: undefined, password, derFile: "MIIF...", keyFile: "MIIF..." }),
    );
    expect(data.errorList[0].code).toBe("CF-12302");
  });
});

describe("add, update, delete, list", () => {
  test("an account goes from added to updated to deleted", async () => {
    const { post, login, connectedId, list } = await setUp();
    const woori = login({ organization: "0020" });
    const send = async (verb: string) =>
      (await post(`/v1/account/${verb}`, { connectedId, accountList: [woori] })).body;
    expect((await send("add")).data).toMatchObject({
      connectedId,
      successList: [{ organization: "0020" }],
      errorList: [],
    });
    expect((await list()).data).toEqual({ connectedId, accountList: [KEY, { ...KEY, organization: "0020" }] });
    expect((await send("update")).result.code).toBe("CF-00000");
    expect((await list()).data.accountList).toHaveLength(2);
    expect((await send("delete")).result.code).toBe("CF-00000");
    expect((await list()).data.accountList).toEqual([KEY]);
  });

  test("adding what is there is CF-04004 in errorList under CF-04000", async () => {
    const { post, login, connectedId } = await setUp();
    const { body } = await post("/v1/account/add", { connectedId, accountList: [login()] });
    expect(body.result.code).toBe("CF-04000");
    expect(body.data.errorList[0].code).toBe("CF-04004");
    const some = await post("/v1/account/add", {
      connectedId,
      accountList: [login(), login({ organization: "0088" })],
    });
    expect(some.body.result.code).toBe("CF-04012");
  });

  test("updating what is not there is CF-04015; a wrong password leaves the account as it was", async () => {
    const { post, login, connectedId, list } = await setUp();
    const update = async (changes: object) =>
      (await post("/v1/account/update", { connectedId, accountList: [login({ ...changes })] })).body;
    const absent = await update({ organization: "0088" });
    expect(absent.result.code).toBe("CF-04015");
    expect(absent.data.errorList[0].code).toBe("CF-04015");
    const wrong = await update({ id: "wrong-password" });
    expect(wrong.result.code).toBe("CF-04010");
    expect(wrong.data.errorList[0].code).toBe("CF-12801");
    expect((await list()).data.accountList).toEqual([KEY]);
  });

  test("an update mends an account whose password had changed", async () => {
    const { create, login, post } = await setUp();
    const { connectedId } = (await create(login({ id: "password-changed" }))).data;
    const ask = async () => (await post(ACCOUNT_LIST, { organization: "0004", connectedId })).body.result.code;
    expect(await ask()).toBe("CF-12801");
    await post("/v1/account/update", { connectedId, accountList: [login()] });
    expect(await ask()).toBe("CF-00000");
  });

  test("deleting a part is CF-04037, nothing CF-04015, the last one leaves a connectedId without accounts", async () => {
    const { post, connectedId, list } = await setUp();
    const remove = async (...accountList: object[]) =>
      (await post("/v1/account/delete", { connectedId, accountList })).body;
    expect((await remove({ ...KEY, organization: "0088" })).result.code).toBe("CF-04015");
    const part = await remove(KEY, { ...KEY, organization: "0088" });
    expect(part.result.code).toBe("CF-04037");
    expect(part.data.successList).toHaveLength(1);
    expect(part.data.errorList).toMatchObject([{ organization: "0088", code: "CF-04015" }]);
    expect((await list()).result.code).toBe("CF-04014");
  });

  test.each(["add", "update", "delete", "list"])("%s with an unknown connectedId is CF-04019", async (verb) => {
    const { post, login } = await setUp();
    const { body } = await post(`/v1/account/${verb}`, { connectedId: "nobody", accountList: [login()] });
    expect(body.result.code).toBe("CF-04019");
  });

  test("reference-add uses the certificate of an account that is there", async () => {
    const { post, connectedId, list } = await setUp();
    const { loginType: _, ...source } = KEY;
    const add = async (from: object) =>
      (
        await post("/v1/account/reference-add", {
          connectedId,
          ...from,
          accountList: [{ ...source, organization: "0081" }],
        })
      ).body;
    expect((await add({ ...source, organization: "0088" })).result.code).toBe("CF-04015");
    expect((await add(source)).result.code).toBe("CF-00000");
    expect((await list()).data.accountList).toContainEqual({ ...KEY, organization: "0081" });
    expect((await add(source)).data.errorList[0].code).toBe("CF-04004");
  });

  test("the literals of CODEF's samples take everything and keep nothing", async () => {
    const { post, login } = await setUp();
    for (const connectedId of ["sandbox_connectedId", "sandbox_connectedId_01"]) {
      const before = (await post("/v1/account/list", { connectedId })).body;
      expect(before.result.code).toBe("CF-00000");
      for (const verb of ["add", "add", "update", "delete", "delete"]) {
        const { body } = await post(`/v1/account/${verb}`, { connectedId, accountList: [login()] });
        expect(body.result.code).toBe("CF-00000");
      }
      expect((await post("/v1/account/list", { connectedId })).body.data).toEqual(before.data);
    }
  });

  test("the paths of 2019 work on the same accounts, and say organizationCode in the list", async () => {
    const { post, login, list } = await setUp();
    const { connectedId } = (await post("/account/create", { accountList: [login()] })).body.data;
    const { body } = await post("/account/list", { connectedId });
    const { organization, ...rest } = KEY;
    expect(body.data).toEqual({ connectedId, accountList: [{ ...rest, organizationCode: organization }] });
    expect((await post("/v1/account/list", { connectedId })).body.data.accountList).toEqual([KEY]);
    expect((await list("/account/list")).result.code).toBe("CF-00000");
  });
});

test("the README tells of every scenario", () => {
  const readme = readFileSync(new URL("../../sandbox/README.md", import.meta.url), "utf8");
  for (const [id, { code }] of Object.entries(SCENARIOS)) {
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${id}\` `));
    expect(row ?? `no row for ${id}`).toContain(code);
  }
});

describe("connectedId-list", () => {
  test("pages from 0, by number or by text", async () => {
    const { sandbox, post } = await connect({ codef: { pageSize: 2 } });
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const { body } = await post("/v1/account/create", { accountList: [idLogin(sandbox.codef.publicKey)] });
      ids.push(body.data.connectedId);
    }
    const page = async (parameters: unknown) => (await post("/v1/account/connectedId-list", parameters)).body.data;
    expect(await page(null)).toEqual({ connectedIdList: ids.slice(0, 2), pageNo: 0, hasNext: true, nextPageNo: 1 });
    expect(await page({ pageNo: 1 })).toEqual({
      connectedIdList: ids.slice(2, 4),
      pageNo: 1,
      hasNext: true,
      nextPageNo: 2,
    });
    expect(await page({ pageNo: "2" })).toEqual({ connectedIdList: ids.slice(4), pageNo: 2, hasNext: false });
    expect(await page({ pageNo: 9 })).toEqual({ connectedIdList: [], pageNo: 9, hasNext: false });
    expect((await post("/v1/account/connectedId-list", { pageNo: "x" })).body.result.code).toBe("CF-00008");
  });

  test("each client has its own connectedIds", async () => {
    const { sandbox, post } = await connect({ codef: { clients: [{ clientId: "other", clientSecret: "o" }] } });
    const { body } = await post("/v1/account/create", { accountList: [idLogin(sandbox.codef.publicKey)] });
    const other = await connectTo(sandbox, basic("other", "o"));
    expect((await other.post("/v1/account/connectedId-list", {})).body.data.connectedIdList).toEqual([]);
    const { connectedId } = body.data;
    expect((await other.post("/v1/account/list", { connectedId })).body.result.code).toBe("CF-04019");
  });
});

describe("products", () => {
  const corporate = "/v1/kr/bank/b/account/account-list";

  test("want an account of the institution, of the right kind", async () => {
    const { post, connectedId } = await setUp();
    const code = async (path: string, input: object) => (await post(path, input)).body.result.code;
    expect(await code(ACCOUNT_LIST, { organization: "0004", connectedId })).toBe("CF-00000");
    expect(await code(ACCOUNT_LIST, { organization: "0020", connectedId })).toBe("CF-04015");
    expect(await code(corporate, { organization: "0004", connectedId })).toBe("CF-04016");
    expect(await code(ACCOUNT_LIST, { organization: "0004", connectedId: "nobody" })).toBe("CF-04019");
  });

  test("the literals always work, at any institution and of either kind", async () => {
    const { post } = await connect();
    for (const connectedId of ["sandbox_connectedId", "sandbox_connectedId_01"]) {
      for (const path of [ACCOUNT_LIST, corporate]) {
        expect((await post(path, { organization: "0088", connectedId })).body.result.code).toBe("CF-00000");
      }
    }
  });

  test.each(Object.entries(SCENARIOS).filter(([, { at }]) => at === "product"))(
    "an account registered as %s is refused by products",
    async (id, { code, extraMessage = "" }) => {
      const { create, login, post } = await setUp();
      const { result, data } = await create(login({ id }));
      expect(result.code).toBe("CF-00000");
      const { body } = await post(ACCOUNT_LIST, { organization: "0004", connectedId: data.connectedId });
      expect(body.result).toMatchObject({ code, extraMessage });
      expect(body.data).toEqual({});
    },
  );
});
