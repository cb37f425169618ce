/**
 * Every mistake that is made with a certificate, in the calls that carry one: refused before anything leaves, and, with the check turned
 * off, refused by the sandbox with CODEF's code.
 */
import { CertificateError, InvalidInputError, type KofinError, ProviderError } from "kofin";
import { createCodef } from "kofin/codef";
import { addAccount, createAccount, legacyCreateAccount, updateAccount } from "kofin/codef/account";
import { legacyIdentityCardStatus } from "kofin/codef/public-gov24";
import { proofIncome } from "kofin/codef/public-nts";
import { createSandbox, type SandboxCertificate } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { failure } from "../support/failure.js";

const sandbox = createSandbox();
const codef = createCodef({ ...sandbox.codef.options });
const unchecked = createCodef({ ...sandbox.codef.options, checkCertificates: false });

const good = await sandbox.codef.certificate();
const other = await sandbox.codef.certificate({ name: "김철수" });
const expired = await sandbox.codef.certificate({ expired: true });
const converted = await sandbox.codef.certificate({ randomNumber: false });
const encryption = await sandbox.codef.certificate({ purpose: "encryption" });
const { password } = good;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const pem = (bytes: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${base64(bytes)}\n-----END CERTIFICATE-----`;

/** A login as somebody passes it. `type` is left out where it is left out. */
interface Login {
  type?: "1" | "pfx";
  file: string | Uint8Array;
  key?: string | Uint8Array;
  password?: string | { encrypted: string };
}

interface Mistake {
  login: Login;
  /** What kofin says, about which field, and a word of the mend. */
  code: string;
  field: "file" | "key" | "password";
  told: RegExp;
  /** What CODEF says, or the institution (`errorList` of a registration). */
  codef: string;
  institution?: true;
}

const pair = ({ certificate, key }: SandboxCertificate) => ({ file: certificate, key });

const MISTAKES: Record<string, Mistake> = {
  "a path in place of the certificate": {
    login: { file: "/home/me/NPKI/signCert.der", key: good.key },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /\{ path: … \}/,
    codef: "CF-04023",
  },
  "a path in place of the key": {
    login: { file: good.certificate, key: "C:\\NPKI\\signPri.key" },
    code: "CERTIFICATE_FORMAT",
    field: "key",
    told: /\{ path: … \}/,
    codef: "CF-04023",
  },
  "certificate and key swapped": {
    login: { file: good.key, key: good.certificate },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /swapped/,
    codef: "CF-04023",
  },
  PEM: {
    login: { file: pem(good.certificate), key: good.key },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /PEM/,
    codef: "CF-04023",
  },
  hello: {
    login: { file: "hello", key: good.key },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /signCert\.der/,
    codef: "CF-04023",
  },
  "an expired certificate": {
    login: pair(expired),
    code: "CERTIFICATE_EXPIRED",
    field: "file",
    told: /renewed/,
    codef: "CF-12806",
    institution: true,
  },
  "the wrong password": {
    login: { ...pair(good), password: "not it" },
    code: "CERTIFICATE_PASSWORD",
    field: "password",
    told: /ask for it again/,
    codef: "CF-12302",
    institution: true,
  },
  "the key of another certificate": {
    login: { file: good.certificate, key: other.key },
    code: "CERTIFICATE_PAIR",
    field: "key",
    told: /same folder/,
    codef: "CF-12304",
    institution: true,
  },
  "a pfx declared as der and key": {
    login: { type: "1", file: good.pfx, key: good.key },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /certType: "pfx"/,
    codef: "CF-04009",
  },
  "a converted copy": {
    login: pair(converted),
    code: "CERTIFICATE_CONVERTED",
    field: "key",
    told: /original signPri\.key/,
    codef: "CF-12306",
    institution: true,
  },
  "the certificate for encryption": {
    login: pair(encryption),
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /signCert\.der/,
    codef: "CF-12810",
    institution: true,
  },
  "a certificate declared as a pfx": {
    login: { type: "pfx", file: good.certificate },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /certType: "1"/,
    codef: "CF-04009",
  },
  "a path in place of a pfx": {
    login: { type: "pfx", file: "/home/me/me.pfx" },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /\{ path: … \}/,
    codef: "CF-04022",
  },
  "text in place of a pfx": {
    login: { type: "pfx", file: "c29tZXRoaW5nIGVsc2U=" },
    code: "CERTIFICATE_FORMAT",
    field: "file",
    told: /is no pfx/,
    codef: "CF-04022",
  },
  "the wrong password of a pfx": {
    login: { type: "pfx", file: good.pfx, password: "not it" },
    code: "CERTIFICATE_PASSWORD",
    field: "password",
    told: /ask for it again/,
    codef: "CF-12302",
    institution: true,
  },
  "an expired pfx": {
    login: { type: "pfx", file: expired.pfx },
    code: "CERTIFICATE_EXPIRED",
    field: "file",
    told: /renewed/,
    codef: "CF-12806",
    institution: true,
  },
  "a pfx of a converted copy": {
    login: { type: "pfx", file: converted.pfx },
    code: "CERTIFICATE_CONVERTED",
    field: "file",
    told: /original/,
    codef: "CF-12306",
    institution: true,
  },
};

/** The login in the words of account management. */
function account({ type, file, key, password: secret = password }: Login): never {
  const files = type === "pfx" ? { certFile: file } : { derFile: file, keyFile: key };
  const institution = { businessType: "BK", clientType: "P", organization: "0004", loginType: "0" };
  return { ...institution, ...(type && { certType: type }), ...files, password: secret } as never;
}

/** The login in the words of 공공 products. */
function product({ type, file, key, password: secret = password }: Login): never {
  const login = { loginType: "0", ...(type && { certType: type }), certFile: file, keyFile: key, certPassword: secret };
  return { ...login, startYear: "2024", endYear: "2025" } as never;
}

describe.each(Object.entries(MISTAKES))("%s", (_, mistake) => {
  const { login, code, field, told, codef: codefCode, institution } = mistake;

  async function refusedHere(call: () => Promise<unknown>, fields: Record<Mistake["field"], string>) {
    const before = sandbox.codef.requests.length;
    const error = await failure(call(), CertificateError);
    expect(error).toMatchObject({ code, provider: "codef", field: fields[field] });
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(told);
    expect(error.message).not.toContain("not it");
    expect(sandbox.codef.requests).toHaveLength(before);
  }

  test("is refused before a registration leaves", async () => {
    const file = login.type === "pfx" ? "accountList[].certFile" : "accountList[].derFile";
    const fields = { file, key: "accountList[].keyFile", password: "accountList[].password" };
    await refusedHere(
      () => createAccount(codef, { accountList: [account({ ...pair(good) }), account(login)] }),
      fields,
    );
  });

  test("is refused before a product is asked", async () => {
    const fields = { file: "certFile", key: "keyFile", password: "certPassword" };
    await refusedHere(() => proofIncome(codef, product(login)), fields);
  });

  test("unchecked, is refused by CODEF", async () => {
    const registered = await failure(createAccount(unchecked, { accountList: [account(login)] }), ProviderError);
    const listed = (registered.data as { errorList?: { code: string }[] }).errorList?.map((entry) => entry.code);
    expect([registered.code, listed]).toEqual(institution ? ["CF-04000", [codefCode]] : [codefCode, undefined]);
    expect((await failure(proofIncome(unchecked, product(login)), ProviderError)).code).toBe(codefCode);
  });
});

describe("what is right", () => {
  test.each(["seed", "seed-old", "seed-pbes2", "aes", "3des"] as const)(
    "a key in %s is registered",
    async (keyForm) => {
      const made = await sandbox.codef.certificate({ keyForm });
      const { data } = await createAccount(codef, { accountList: [account(pair(made))] });
      expect(data.successList).toHaveLength(1);
      expect((await proofIncome(codef, product(pair(made)))).status).toBe("done");
    },
  );

  test.each(["3des-rc2", "3des", "aes"] as const)("a pfx in %s is registered", async (pfxForm) => {
    const { pfx } = await sandbox.codef.certificate({ pfxForm });
    const { data } = await createAccount(codef, { accountList: [account({ type: "pfx", file: pfx })] });
    expect(data.successList).toHaveLength(1);
  });

  test("base64 with line breaks leaves in one line", async () => {
    const lines = base64(good.certificate).replace(/.{64}/g, "$&\n");
    await createAccount(codef, { accountList: [account({ file: lines, key: good.key })] });
    const sent = sandbox.codef.requests.at(-1)?.body as { accountList: { derFile: string }[] };
    expect(sent.accountList[0]?.derFile).toBe(base64(good.certificate));
  });

  test("a password that is encrypted already is nobody's here, but the rest is looked at", async () => {
    const encrypted = { encrypted: "AAAA" };
    const call = createAccount(codef, { accountList: [account({ ...pair(expired), password: encrypted })] });
    expect((await failure(call)).code).toBe("CERTIFICATE_EXPIRED");
    const passes = createAccount(codef, { accountList: [account({ ...pair(good), password: encrypted })] });
    expect((await failure(passes, ProviderError)).code).toBe("CF-04020");
  });

  test("what a login by id leaves empty is no certificate", async () => {
    const login = { businessType: "BK", clientType: "P", organization: "0004", loginType: "1", id: "x", password: "y" };
    const empty = { derFile: "", keyFile: "", certFile: "" };
    const { data } = await createAccount(codef, { accountList: [{ ...login, ...empty } as never] });
    expect(data.successList).toHaveLength(1);
  });

  test("an empty file where one is needed is told", async () => {
    for (const login of [
      { file: "", key: good.key },
      { file: good.certificate, key: "" },
      { type: "pfx", file: "" } as const,
    ]) {
      const error = await failure(createAccount(codef, { accountList: [account(login)] }), CertificateError);
      expect(error.message).toContain("is empty");
    }
  });

  test("a pfx where the certType was left out says which it is", async () => {
    const entry = { ...(account(pair(good)) as object), derFile: undefined, keyFile: undefined, certFile: good.pfx };
    const error = await failure(createAccount(codef, { accountList: [entry as never] }), CertificateError);
    expect(error).toMatchObject({ field: "accountList[].certFile" });
    expect(error.message).toContain('certType: "pfx"');
  });

  test("what kofin cannot open is let through", async () => {
    const unknown = Buffer.from(good.key);
    // The last part of the OID of the scheme: from pbeWithSEED to something that nobody has.
    unknown[unknown.indexOf(Buffer.from("2a831a8c9a44010f", "hex")) + 7] = 0x7e;
    const { data } = await createAccount(codef, { accountList: [account({ file: good.certificate, key: unknown })] });
    expect(data.successList).toHaveLength(1);
  });

  test("a missing field is told as ever", async () => {
    const error = await failure(createAccount(codef, { accountList: [account({ file: good.certificate })] }));
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "accountList[].keyFile" });
  });
});

describe("every call that carries a certificate", () => {
  const wrong = account({ ...pair(good), password: "not it" });

  test("is checked", async () => {
    const connectedId = "sandbox_connectedId";
    const calls: Promise<unknown>[] = [
      createAccount(codef, { accountList: [wrong] }),
      addAccount(codef, { connectedId, accountList: [wrong] }),
      updateAccount(codef, { connectedId, accountList: [wrong] }),
      legacyCreateAccount(codef, { accountList: [wrong] }),
      legacyIdentityCardStatus(codef, {
        organization: "0001",
        certFile: good.certificate,
        keyFile: good.key,
        password: "not it",
        identity: "9001011234567",
        issueDate: "20200101",
        userName: "홍길동",
      }),
    ];
    const errors = await Promise.all(calls.map((call) => failure<KofinError>(call)));
    expect(errors.map(({ code }) => code)).toEqual(calls.map(() => "CERTIFICATE_PASSWORD"));
  });

  test("tells its listener without a secret", async () => {
    const events: unknown[] = [];
    const heard = createCodef({ ...sandbox.codef.options, onEvent: (event) => events.push(event) });
    await failure(createAccount(heard, { accountList: [wrong] }));
    const told = JSON.stringify(events);
    for (const secret of ["not it", base64(good.certificate).slice(0, 40), base64(good.key).slice(0, 40)]) {
      expect(told).not.toContain(secret);
    }
  });
});
