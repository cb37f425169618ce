import { createRequire } from "node:module";
import { InvalidInputError } from "kofin";
import { type CodefOperation, call, encryptText } from "kofin/codef";
import { beforeAll, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { reading } from "../support/operations.js";
import { bodyOf, clientOf, scripted, success, unauthorized } from "../support/scripted.js";

const secretive: CodefOperation = { ...reading, encrypted: ["password", "accountList[].password"] };

const isForgeLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) => /node_modules\/node-forge\//.test(file));

/** The keys come later than everything else, because they load node-forge. */
let keys: typeof import("../support/keys.js");

describe("node-forge", () => {
  it("is not loaded by calls that encrypt nothing", async () => {
    await call(
      clientOf(
        scripted(() => success({})),
        { publicKey: "unused" },
      ),
      reading,
      { password: "" },
    );
    await call(
      clientOf(
        scripted(() => success({})),
        { publicKey: "unused" },
      ),
      secretive,
      { password: { encrypted: "x" } },
    );
    expect(isForgeLoaded()).toBe(false);
  });

  it("is what the check above looks for", async () => {
    await import("node-forge");
    expect(isForgeLoaded()).toBe(true);
  });
});

describe("encryption", () => {
  beforeAll(async () => {
    keys = await import("../support/keys.js");
  });

  async function sentFor(input: object, publicKey: string | undefined = keys.publicKey) {
    const script = scripted(() => success({}));
    await call(clientOf(script, publicKey === undefined ? {} : { publicKey }), secretive, input);
    return bodyOf<{ password: string; accountList: { password: string }[] }>(script);
  }

  it("is base64 of PKCS#1 v1.5 over UTF-8", async () => {
    for (const plain of ["1234", "p@ss word+/=%", "비밀번호🔑", "a".repeat(245)]) {
      const { password } = await sentFor({ password: plain });
      expect(password).toMatch(/^[A-Za-z0-9+/]{342}==$/);
      expect(keys.decrypt(password)).toBe(plain);
    }
  });

  it("reaches into each item of a list", async () => {
    const { accountList } = await sentFor({ accountList: [{ password: "one" }, { id: "x" }, { password: "two" }] });
    expect(accountList.map(({ password }) => password && keys.decrypt(password))).toEqual(["one", undefined, "two"]);
  });

  it("differs each time", async () => {
    const [one, two] = [await sentFor({ password: "same" }), await sentFor({ password: "same" })];
    expect(one.password).not.toBe(two.password);
  });

  it.each([
    ["as codef.io shows it", () => keys.publicKey],
    ["with line breaks", () => keys.publicKey.replace(/.{64}/g, "$&\n")],
    ["with Windows line breaks and blanks around it", () => `  ${keys.publicKey.replace(/.{64}/g, "$&\r\n")}\r\n`],
    ["as PEM", () => keys.publicPem()],
    ["as PEM on one line", () => keys.publicPem().replace(/\s+/g, " ")],
    ["as PEM with \\n written out, as environment variables have it", () => keys.publicPem().replace(/\r?\n/g, "\\n")],
  ])("takes the key %s", async (_, publicKey) => {
    const { password } = await sentFor({ password: "secret" }, publicKey());
    expect(keys.decrypt(password)).toBe("secret");
  });

  it("serves clients with different keys side by side", async () => {
    const forge = (await import("node-forge")).default;
    const other = forge.pki.rsa.generateKeyPair({ bits: 1024 });
    const otherPem = forge.pki.publicKeyToPem(other.publicKey);
    const sent = await Promise.all([
      sentFor({ password: "mine" }),
      sentFor({ password: "yours" }, otherPem),
      sentFor({ password: "mine too" }),
    ]);
    expect(keys.decrypt(sent[0]?.password)).toBe("mine");
    expect(other.privateKey.decrypt(forge.util.decode64(sent[1]?.password ?? ""))).toBe("yours");
    expect(keys.decrypt(sent[2]?.password)).toBe("mine too");
  });

  it("leaves alone what was encrypted before, and what is empty", async () => {
    const { password, accountList } = await sentFor({
      password: { encrypted: "cipher+/=" },
      accountList: [{ password: "" }],
    });
    expect(password).toBe("cipher+/=");
    expect(accountList).toEqual([{ password: "" }]);
    const cipher = await encryptText(keys.publicKey, "stored");
    expect(keys.decrypt((await sentFor({ password: { encrypted: cipher } })).password)).toBe("stored");
  });

  it("happens once per call: a resend after a refresh carries the same text", async () => {
    const script = scripted((_, count) => (count === 1 ? unauthorized() : success({})));
    await call(clientOf(script, { publicKey: keys.publicKey }), secretive, { password: "x-secret" });
    expect(script.sent[1]?.text).toBe(script.sent[0]?.text);
  });

  it.each([
    ["a missing key", undefined, { password: "secret" }, "PUBLIC_KEY_MISSING"],
    ["an empty key", "", { password: "secret" }, "PUBLIC_KEY_MISSING"],
    ["a key that is none", "no key at all", { password: "secret" }, "PUBLIC_KEY_INVALID"],
    ["half a key", () => keys.publicKey.slice(0, 100), { password: "secret" }, "PUBLIC_KEY_INVALID"],
    ["a secret that is too long", () => keys.publicKey, { password: "s".repeat(246) }, "INPUT_INVALID"],
    ["a secret that is a number", () => keys.publicKey, { password: 1234567 }, "INPUT_INVALID"],
    ["a secret in a list", undefined, { accountList: [{ password: "secret" }] }, "PUBLIC_KEY_MISSING"],
  ])("refuses %s before anything is sent", async (_, key, input, code) => {
    const script = scripted(() => success({}));
    const publicKey = typeof key === "function" ? key() : key;
    const codef = clientOf(script, publicKey === undefined ? {} : { publicKey });
    const error = await failure(call(codef, secretive, input), InvalidInputError);
    expect(error.code).toBe(code);
    expect(error.field).toBe("accountList" in input ? "accountList[].password" : "password");
    expect(error.message).not.toMatch(/secret|1234567|ssss/);
    expect([...script.sent, ...script.tokenRequests]).toHaveLength(0);
  });
});

describe("encryptText", () => {
  it("encrypts for calls without a spec", async () => {
    const script = scripted(() => success({}));
    const codef = clientOf(script);
    await codef.request("/v1/kr/some/product", { password: await encryptText(keys.publicKey, "secret") });
    expect(keys.decrypt(bodyOf(script).password)).toBe("secret");
  });

  it("refuses what is no key and what is too long", async () => {
    expect((await failure(encryptText("nonsense", "secret"), InvalidInputError)).code).toBe("PUBLIC_KEY_INVALID");
    expect((await failure(encryptText(keys.publicKey, "s".repeat(300)), InvalidInputError)).code).toBe("INPUT_INVALID");
  });
});
