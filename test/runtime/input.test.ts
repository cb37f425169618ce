import { InvalidInputError } from "kofin";
import { type CodefOperation, call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { publicKey } from "../support/keys.js";
import { reading, registering } from "../support/operations.js";
import { clientOf, scripted, success } from "../support/scripted.js";

async function sentFor(operation: CodefOperation, input: unknown): Promise<unknown> {
  const script = scripted(() => success({}));
  await call(clientOf(script, { publicKey }), operation, input);
  return script.sent[0]?.body;
}

async function refused(operation: CodefOperation, input: unknown): Promise<InvalidInputError> {
  const script = scripted(() => success({}));
  const error = await failure(call(clientOf(script, { publicKey }), operation, input), InvalidInputError);
  expect(script.sent).toHaveLength(0);
  expect(script.tokenRequests).toHaveLength(0);
  return error;
}

describe("required input", () => {
  const operation = { ...reading, required: ["organization", "connectedId"] };

  it.each([undefined, null, {}, { organization: "0004" }, { organization: "0004", connectedId: undefined }])(
    "is missed in %j before anything is sent",
    async (input) => {
      const error = await refused(operation, input);
      expect(error).toMatchObject({ code: "INPUT_MISSING", operation: "bank.accountList", provider: "codef" });
      expect(error.message).toContain(error.field);
    },
  );

  it("is named by its path", async () => {
    expect((await refused(operation, { organization: "0004" })).field).toBe("connectedId");
    const error = await refused(registering, {
      accountList: [{ organization: "0004", password: "x" }, { organization: "0020" }],
    });
    expect(error.field).toBe("accountList[].password");
  });

  it("may be empty text, zero or false: those are values", async () => {
    const input = { organization: "", connectedId: 0 };
    expect(await sentFor(operation, input)).toEqual(input);
  });
});

describe("defaults", () => {
  const operation = { ...reading, required: ["organization"], defaults: { organization: "0004", inquiryType: "1" } };

  it("stand in for what the caller leaves out", async () => {
    expect(await sentFor(operation, undefined)).toEqual({ organization: "0004", inquiryType: "1" });
    expect(await sentFor(operation, { organization: undefined })).toEqual({ organization: "0004", inquiryType: "1" });
  });

  it("give way to what the caller says, empty text included", async () => {
    expect(await sentFor(operation, { organization: "0020", inquiryType: "" })).toEqual({
      organization: "0020",
      inquiryType: "",
    });
  });

  it("reach into each item of a list", async () => {
    const accountList = [
      { organization: "0004", password: "" },
      { organization: "0020", password: "", countryCode: "US" },
    ];
    expect(await sentFor(registering, { accountList })).toEqual({
      accountList: [{ ...accountList[0], countryCode: "KR" }, accountList[1]],
    });
  });
});

describe("the caller's object", () => {
  it("is left as it was", async () => {
    const account = Object.freeze({ organization: "0004", password: "secret", derFile: new Uint8Array([1]) });
    const input = Object.freeze({ accountList: Object.freeze([account]) });
    await sentFor(registering, input);
    expect(account.password).toBe("secret");
    expect(account).not.toHaveProperty("countryCode");
  });

  it("may share one item between several places", async () => {
    const account = { organization: "0004", password: "" };
    expect(await sentFor(registering, { accountList: [account, account] })).toEqual({
      accountList: Array(2).fill({ ...account, countryCode: "KR" }),
    });
  });

  it.each([{ organization: "0004", password: "top-secret" }, "top-secret", 7])(
    "must have lists where lists belong: %j would slip past encryption",
    async (accountList) => {
      const error = await refused(registering, { accountList });
      expect(error).toMatchObject({ code: "INPUT_INVALID", field: "accountList" });
      expect(error.message).not.toContain("top-secret");
    },
  );

  it.each(["text", 7, ["list"]])("must be an object, not %j", async (input) => {
    expect((await refused(reading, input)).code).toBe("INPUT_INVALID");
  });
});
