import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ACCOUNT_LIST, connect, encrypt, INPUT, idLogin } from "./client.js";

describe("request bodies", () => {
  test.each([
    ["encodeURIComponent, space as %20", encodeURIComponent(JSON.stringify({ ...INPUT, note: "a b" }))],
    ["URLEncoder, space as +", encodeURIComponent(JSON.stringify({ ...INPUT, note: "a b" })).replaceAll("%20", "+")],
    ["plain JSON", JSON.stringify({ ...INPUT, note: "a b" })],
  ])("%s", async (_, body) => {
    const { send } = await connect();
    const { body: answer } = await send(ACCOUNT_LIST, body);
    expect(answer.result.code).toBe("CF-00000");
    expect(answer.note).toBe("a b");
  });

  test.each([
    "application/json",
    "text/plain; charset=utf-8",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
  ])("Content-Type %s makes no difference", async (type) => {
    const { send, token } = await connect();
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": type };
    const { body } = await send(ACCOUNT_LIST, encodeURIComponent(JSON.stringify(INPUT)), { headers });
    expect(body.result.code).toBe("CF-00000");
  });

  test("null stands for no parameters", async () => {
    const { send } = await connect();
    for (const text of ["null", encodeURIComponent("null")]) {
      expect((await send("/v1/account/connectedId-list", text)).body.result.code).toBe("CF-00000");
    }
  });

  test.each([
    ["no JSON", "organization=0004"],
    ["cut JSON", '{"organization":'],
    ["nothing", ""],
    ["a list", "[]"],
    ["a number", "1"],
  ])("%s is CF-00002", async (_, body) => {
    const { send } = await connect();
    const { status, body: answer } = await send(ACCOUNT_LIST, body);
    expect(status).toBe(200);
    expect(answer.result.code).toBe("CF-00002");
    expect(answer.data).toEqual({});
  });

  test("broken percent escapes and bytes that are not UTF-8 are CF-00009", async () => {
    const { send, token, sandbox } = await connect();
    expect((await send(ACCOUNT_LIST, "%7B%2")).body.result.code).toBe("CF-00009");
    expect((await send(ACCOUNT_LIST, "%B0%A1")).body.result.code).toBe("CF-00009");
    const response = await sandbox.fetch(`https://sandbox.codef.io${ACCOUNT_LIST}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: new Uint8Array([0x7b, 0xb0, 0xa1, 0x7d]),
    });
    expect(await response.text()).toContain("CF-00009");
  });
});

describe("answers", () => {
  test("are URL-encoded JSON with + for space", async () => {
    const { send } = await connect();
    const { text } = await send(ACCOUNT_LIST, encodeURIComponent(JSON.stringify({ ...INPUT, note: "1+1 = 2 (100%)" })));
    expect(text).toMatch(/^%7B%22/);
    expect(text).not.toMatch(/[\s{}"()]|%20/);
    expect(text).toContain("1%2B1+%3D+2+%28100%25%29");
  });

  test("carry a transactionId of 32 hex digits, another for each", async () => {
    const { post } = await connect();
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push((await post(ACCOUNT_LIST, INPUT)).body.result.transactionId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test("send unknown parameters and the connectedId back beside result and data, and no others", async () => {
    const { post } = await connect();
    const { body } = await post(ACCOUNT_LIST, {
      ...INPUT,
      birthDate: "850101",
      myKey: { nested: [1] },
      result: "x",
      data: "y",
    });
    expect(Object.keys(body).sort()).toEqual(["connectedId", "data", "myKey", "result"]);
    expect(body.connectedId).toBe("sandbox_connectedId");
    expect(body.myKey).toEqual({ nested: [1] });
    expect(body.result.code).toBe("CF-00000");
  });

  test("a parameter called __proto__ is a parameter", async () => {
    const { send } = await connect();
    const { text } = await send(
      ACCOUNT_LIST,
      '{"organization":"0004","connectedId":"sandbox_connectedId","__proto__":{"a":"b"}}',
    );
    expect(decodeURIComponent(text)).toContain('"__proto__":{"a":"b"}');
  });
});

describe("refusals", () => {
  test("an unknown path is CF-00404 in an envelope with HTTP 404", async () => {
    const { post } = await connect();
    for (const path of ["/v1/kr/bank/p/account/acount-list", `${ACCOUNT_LIST}/`, "/nothing"]) {
      const { status, body } = await post(path, INPUT);
      expect(status).toBe(404);
      expect(body.result).toMatchObject({ code: "CF-00404", message: expect.stringMatching(/\S/) });
    }
  });

  test.each(["GET", "PUT", "DELETE"])("%s is HTTP 405", async (method) => {
    const { raw } = await connect();
    expect((await raw(ACCOUNT_LIST, "{}", { method })).status).toBe(405);
  });

  test.each([
    ["absent", {}],
    ["null", { organization: null }],
    ["empty", { organization: "" }],
  ])("a required parameter that is %s is CF-00001, with its name", async (_, part) => {
    const { post } = await connect();
    const { status, body } = await post(ACCOUNT_LIST, { connectedId: "sandbox_connectedId", ...part });
    expect(status).toBe(200);
    expect(body.result).toMatchObject({ code: "CF-00001", extraMessage: "organization" });
  });

  test("a required parameter inside a list counts, too", async () => {
    const { post } = await connect();
    const { body } = await post("/v1/account/create", { accountList: [{ countryCode: "KR" }] });
    expect(body.result.code).toBe("CF-00001");
    expect(body.result.extraMessage).toBe("businessType");
  });

  test("text where a list belongs is CF-00008", async () => {
    const { post } = await connect();
    const { body } = await post("/v1/account/create", { accountList: "KR" });
    expect(body.result).toMatchObject({ code: "CF-00008", extraMessage: "accountList" });
  });
});

describe("encrypted parameters", () => {
  const withPassword = (value: string) => ({ ...INPUT, withdrawAccountPassword: value });

  test("are opened with the sandbox's key", async () => {
    const { post, sandbox } = await connect();
    const value = encrypt("비밀 1234!", sandbox.codef.publicKey);
    expect((await post(ACCOUNT_LIST, withPassword(value))).body.result.code).toBe("CF-00000");
    expect(sandbox.codef.decrypt(value)).toBe("비밀 1234!");
  });

  test("the key is bare base64 of a 2048-bit SubjectPublicKeyInfo", async () => {
    const { sandbox } = await connect();
    expect(sandbox.codef.publicKey).toMatch(/^MIIBIjAN[A-Za-z0-9+/]+={0,2}$/);
    expect(sandbox.codef.options.publicKey).toBe(sandbox.codef.publicKey);
  });

  test.each([
    ["plain text", () => "1234"],
    ["base64 of something else", () => Buffer.alloc(256, 7).toString("base64")],
    [
      "another key",
      () => {
        const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        return encrypt("1234", publicKey.export({ type: "spki", format: "der" }).toString("base64"));
      },
    ],
  ])("%s is CF-04020", async (_, value) => {
    const { post } = await connect();
    const { body } = await post(ACCOUNT_LIST, withPassword(value()));
    expect(body.result).toMatchObject({ code: "CF-04020", extraMessage: "withdrawAccountPassword" });
  });

  test("a + that was not URL-encoded arrives as a space: CF-04028", async () => {
    const { send, sandbox } = await connect();
    let value = "";
    while (!value.includes("+")) value = encrypt("1234", sandbox.codef.publicKey);
    const { body } = await send(ACCOUNT_LIST, JSON.stringify(withPassword(value)));
    expect(body.result.code).toBe("CF-04028");
  });

  test("an empty value counts as not given", async () => {
    const { post } = await connect();
    expect((await post(ACCOUNT_LIST, withPassword(""))).body.result.code).toBe("CF-00000");
  });

  test("passwords inside lists are opened, too", async () => {
    const { post, sandbox } = await connect();
    const entry = idLogin(sandbox.codef.publicKey, { password: "b" });
    expect((await post("/v1/account/create", { accountList: [entry] })).body.result.code).toBe("CF-04020");
  });
});
