import { openCertificate } from "kofin/certificate";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { connect, encrypt, idLogin } from "./client.js";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const sandbox = createSandbox({ now: () => Date.UTC(2026, 6, 15, 3) });
const now = new Date("2026-07-15T03:00:00Z");

describe("sandbox.codef.certificate", () => {
  const keyForms = ["seed", "seed-old", "seed-pbes2", "aes", "3des"] as const;
  const pfxForms = ["3des-rc2", "3des", "aes"] as const;

  test.each(keyForms)("makes a key in %s", async (keyForm) => {
    const { certificate, key, password } = await sandbox.codef.certificate({ keyForm, password: "비밀" });
    expect(password).toBe("비밀");
    const opened = await openCertificate({ certificate, key, password }, { now });
    expect(opened).toMatchObject({ name: "홍길동", ca: "kofin", pair: true, randomNumber: true, expired: false });
    expect(opened.policy).toEqual({ id: "1.2.410.200005.1.1.4", owner: "personal", use: "은행/보험용" });
  });

  test.each(pfxForms)("makes a pfx in %s, with the random number", async (pfxForm) => {
    const { pfx, password } = await sandbox.codef.certificate({ pfxForm });
    expect(await openCertificate({ pfx, password }, { now })).toMatchObject({ pair: true, randomNumber: true });
  });

  test("makes what is wrong with one, by the sandbox's clock", async () => {
    const open = async (options: Parameters<typeof sandbox.codef.certificate>[0]) => {
      const { certificate, key, password } = await sandbox.codef.certificate(options);
      return openCertificate({ certificate, key, password }, { now, strict: false });
    };
    expect(await open({ expired: true })).toMatchObject({ expired: true });
    expect(await open({ randomNumber: false })).toMatchObject({ randomNumber: false });
    expect(await open({ purpose: "encryption" })).toMatchObject({ purpose: "encryption" });
    expect(await open({ validUntil: "2060-01-01" })).toMatchObject({ validUntil: new Date("2060-01-01") });
    expect(await open({ name: "(주)회사", policy: "1.2.410.200004.5.2.1.1" })).toMatchObject({
      name: "(주)회사",
      policy: { owner: "corporate", use: "범용" },
    });
  });

  test("people of one name have one key, others have others", async () => {
    const [one, same, other] = await Promise.all(
      ["김하나", "김하나", "김둘"].map((name) => sandbox.codef.certificate({ name })),
    );
    const pair = async (certificate = one?.certificate, key = one?.key) =>
      (
        await openCertificate(
          { certificate: certificate ?? "", key: key ?? "", password: "sandbox-certificate" },
          { now, strict: false },
        )
      ).pair;
    expect([await pair(one?.certificate, same?.key), await pair(one?.certificate, other?.key)]).toEqual([true, false]);
  });

  test("says which forms there are", async () => {
    await expect(sandbox.codef.certificate({ keyForm: "rot13" as never })).rejects.toThrow("seed-pbes2");
    await expect(sandbox.codef.certificate({ pfxForm: "zip" as never })).rejects.toThrow("3des-rc2");
    await expect(sandbox.codef.certificate({ validUntil: "sometime" })).rejects.toThrow("validUntil");
  });

  test("over HTTP its files are base64", async () => {
    const ask = async (body: object) => {
      const url = "http://127.0.0.1/__sandbox/codef/certificate";
      const response = await sandbox.fetch(url, { method: "POST", body: JSON.stringify(body) });
      return [response.status, await response.json()] as const;
    };
    const [status, made] = await ask({ name: "박둘", keyForm: "aes" });
    expect(status).toBe(200);
    const { certificate, key, password } = made as Record<"certificate" | "key" | "password", string>;
    expect((await openCertificate({ certificate, key, password }, { now })).name).toBe("박둘");
    expect((await ask({ keyForm: "rot13" }))[0]).toBe(400);
  });
});

describe("a registration on the wire", () => {
  async function setUp(checkCertificates?: boolean) {
    const options = checkCertificates === undefined ? {} : { codef: { checkCertificates } };
    const { sandbox, post } = await connect(options);
    const { publicKey } = sandbox.codef;
    const made = await sandbox.codef.certificate();
    const files = { loginType: "0", id: undefined, derFile: base64(made.certificate), keyFile: base64(made.key) };
    const entry = (changes: object = {}, password = made.password) =>
      idLogin(publicKey, { ...files, password: encrypt(password, publicKey), ...changes });
    const create = async (...accountList: object[]) => (await post("/v1/account/create", { accountList })).body;
    return { entry, create };
  }

  test("of one that is refused registers the others", async () => {
    const { entry, create } = await setUp();
    const wrong = entry({ organization: "0020" }, "not it");
    const { result, data } = await create(entry(), wrong);
    expect(result.code).toBe("CF-04012");
    expect(data.successList).toHaveLength(1);
    expect(data.errorList).toMatchObject([
      { organization: "0020", code: "CF-12302", message: expect.stringMatching(/./) },
    ]);
  });

  test("of one that CODEF cannot read registers nobody", async () => {
    const { entry, create } = await setUp();
    const { result, data } = await create(entry(), entry({ organization: "0020", derFile: "aGVsbG8=" }));
    expect([result.code, data]).toEqual(["CF-04023", {}]);
  });

  test("whose password names a scenario meets the scenario", async () => {
    const { entry, create } = await setUp();
    const { data } = await create(entry({}, "expired-certificate"));
    expect(data.errorList[0].code).toBe("CF-12806");
  });

  test("is not looked at when the sandbox is told so", async () => {
    const { entry, create } = await setUp(false);
    expect((await create(entry({ derFile: "aGVsbG8=" }, "not it"))).result.code).toBe("CF-00000");
  });
});
