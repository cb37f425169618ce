import { InvalidInputError } from "kofin";
import { type CodefOperation, call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { publicKey } from "../support/keys.js";
import { reading } from "../support/operations.js";
import { clientOf, scripted, success } from "../support/scripted.js";

const logins = [
  { when: { loginType: "1" }, required: ["id", "password"] },
  { when: { loginType: "0", certType: "1" }, required: ["derFile", "keyFile"], defaults: { certType: "1" } },
  { when: { loginType: "0", certType: "pfx" }, required: ["certFile"] },
];
const listed: CodefOperation = { ...reading, variants: { "accountList[]": logins } };
const flat: CodefOperation = { ...reading, variants: { "": logins } };

async function outcome(operation: CodefOperation, input: object) {
  const script = scripted(() => success({}));
  const codef = clientOf(script, { publicKey });
  return { sent: script.sent, called: call(codef, operation, input) };
}

describe("the ways to log in", () => {
  it.each([
    { loginType: "1", id: "hong", password: "p" },
    { loginType: "0", derFile: "AAAA", keyFile: "BBBB" },
    { loginType: "0", certType: "1", derFile: "AAAA", keyFile: "BBBB" },
    { loginType: "0", certType: "pfx", certFile: "CCCC" },
  ])("let pass %j", async (login) => {
    await (await outcome(flat, login)).called;
    await (await outcome(listed, { accountList: [login, login] })).called;
  });

  it.each([
    [{ loginType: "1", id: "hong" }, "password"],
    [{ loginType: "1", id: "hong", password: null }, "password"],
    [{ loginType: "0", derFile: "AAAA" }, "keyFile"],
    [{ loginType: "0", certType: "pfx", derFile: "AAAA", keyFile: "BBBB" }, "certFile"],
  ])("miss in %j what the way needs, before anything is sent", async (login, field) => {
    const { called, sent } = await outcome(flat, login);
    expect(await failure(called, InvalidInputError)).toMatchObject({ code: "INPUT_MISSING", field });
    const inList = await outcome(listed, { accountList: [{ loginType: "1", id: "a", password: "b" }, login] });
    expect(await failure(inList.called, InvalidInputError)).toMatchObject({ field: `accountList[].${field}` });
    expect([...sent, ...inList.sent]).toHaveLength(0);
  });

  it("ask for the constant that selects one", async () => {
    const error = await failure((await outcome(flat, {})).called, InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "loginType" });
    expect(error.message).toContain('{"loginType":"1"}');
  });

  it.each([{ loginType: "7" }, { loginType: "0", certType: "p12" }, { loginType: 1 }])(
    "refuse %j, which is none of them, and name the choices",
    async (login) => {
      const error = await failure((await outcome(flat, login)).called, InvalidInputError);
      expect(error.code).toBe("INPUT_INVALID");
      expect(error.message).toContain('{"loginType":"1"}');
      await failure((await outcome(listed, { accountList: [login] })).called, InvalidInputError);
    },
  );
});
