/**
 * OpenSSL 3 as the judge: it opens what kofin and the sandbox write, kofin opens what it writes, and both read the same in a
 * certificate. PBES1 with SEED, which OpenSSL does not know, is put together for it from its parts.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CertificateError, fromPfx, openCertificate, readCertificate, toPfx } from "kofin/certificate";
import { createSandbox } from "kofin/sandbox";
import { afterAll, describe, expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { certificate, fixture, KEY_FORMS, keyOf, PASSWORD, PFX_FORMS, pfxOf, pkcs8 } from "./fixtures.js";

const execute = promisify(execFile);
const LEGACY = ["-provider", "legacy", "-provider", "default"];
const folder = await mkdtemp(join(tmpdir(), "kofin-openssl-"));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function file(content: Uint8Array | string): Promise<string> {
  const path = join(folder, `file-${files++}`);
  await writeFile(path, content);
  return path;
}

async function openssl(...words: string[]): Promise<Buffer> {
  return (await execute("openssl", words, { encoding: "buffer" })).stdout;
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => false,
    () => true,
  );

/** The key in a signPri.key, by OpenSSL. */
const decrypted = async (key: Uint8Array, password: string) =>
  openssl(
    "pkcs8",
    ...LEGACY,
    "-inform",
    "DER",
    "-in",
    await file(key),
    "-outform",
    "DER",
    "-passin",
    `pass:${password}`,
  );

/** The key in a pfx, by OpenSSL. */
const unpacked = async (pfx: Uint8Array, password: string) =>
  openssl("pkcs12", "-legacy", "-in", await file(pfx), "-nocerts", "-noenc", "-passin", `pass:${password}`);

async function modulus(key: Uint8Array): Promise<string> {
  return String(await openssl("rsa", "-in", await file(key), "-noout", "-modulus"));
}

const wanted = await modulus(pkcs8);

describe("OpenSSL opens the fixtures, so they are what they are called", () => {
  test.each(KEY_FORMS.filter((form) => form.endsWith("pbes2")))("signPri.key, %s", async (form) => {
    expect(await modulus(await decrypted(keyOf(form), PASSWORD))).toBe(wanted);
    expect(await refused(decrypted(keyOf(form), "another"))).toBe(true);
  });

  test.each(PFX_FORMS)("pfx, %s", async (form) => {
    expect(await modulus(await unpacked(pfxOf(form), PASSWORD))).toBe(wanted);
    expect(await refused(unpacked(pfxOf(form), "another"))).toBe(true);
  });
});

describe("OpenSSL opens what kofin writes", () => {
  test("toPfx", async () => {
    const pfx = await toPfx({ certificate, key: keyOf("seed-pbes1"), password: PASSWORD });
    expect(await modulus(await unpacked(pfx, PASSWORD))).toBe(wanted);
    expect(await refused(unpacked(pfx, "another"))).toBe(true);
    const inside = await openssl("pkcs12", "-in", await file(pfx), "-nokeys", "-passin", `pass:${PASSWORD}`);
    const der = await openssl("x509", "-in", await file(inside), "-outform", "DER");
    expect(der).toEqual(certificate);
  });

  test("fromPfx: SEED of PBES1, with the key and the IV by Node", async () => {
    const { key } = await fromPfx({ pfx: pfxOf("agent-3des-rc2"), password: PASSWORD });
    const salt = Buffer.from(key).subarray(SALT, SALT + 8);
    let derived = Buffer.concat([Buffer.from(PASSWORD), salt]);
    for (let i = 0; i < 2048; i++) derived = createHash("sha1").update(derived).digest();
    const iv = createHash("sha1").update(derived.subarray(16)).digest().subarray(0, 16);
    const secrets = ["-K", derived.subarray(0, 16).toString("hex"), "-iv", iv.toString("hex")];
    const data = await file(Buffer.from(key).subarray(-1264));
    expect(await openssl("enc", "-d", "-seed-cbc", ...LEGACY, ...secrets, "-in", data)).toEqual(pkcs8);
  });

  const sandbox = createSandbox();
  const keyForms = ["seed-pbes2", "aes", "3des"] as const;
  const pfxForms = ["3des-rc2", "3des", "aes"] as const;

  test.each(keyForms)("the sandbox's signPri.key, %s", async (keyForm) => {
    const { certificate, key, password } = await sandbox.codef.certificate({ keyForm });
    expect(await modulus(await decrypted(key, password))).toBe(await modulusIn(certificate));
  });

  test.each(pfxForms)("the sandbox's pfx, %s", async (pfxForm) => {
    const { certificate, pfx, password } = await sandbox.codef.certificate({ pfxForm });
    expect(await modulus(await unpacked(pfx, password))).toBe(await modulusIn(certificate));
    expect(await refused(unpacked(pfx, "another"))).toBe(true);
  });
});

/** Where the salt of a signPri.key of 1300 bytes begins: behind the OID of the scheme. */
const SALT = 4 + 2 + 2 + 8 + 2 + 2;

async function modulusIn(der: Uint8Array): Promise<string> {
  return String(await openssl("x509", "-inform", "DER", "-in", await file(der), "-noout", "-modulus"));
}

describe("kofin opens what OpenSSL writes", () => {
  const key = async () => file(await openssl("pkey", "-inform", "DER", "-in", await file(pkcs8)));
  const pbes2 = (cipher: string, ...more: string[]) => ["-v2", cipher, ...more];
  const pkcs12 = (scheme: string) => ["-v1", scheme];
  const schemes = [
    pbes2("seed-cbc"),
    pbes2("seed-cbc", "-v2prf", "hmacWithSHA256"),
    pbes2("aes-128-cbc", "-v2prf", "hmacWithSHA512"),
    pbes2("aes-192-cbc", "-v2prf", "hmacWithSHA384"),
    pbes2("aes-256-cbc", "-iter", "10000"),
    pbes2("des-ede3-cbc", "-v2prf", "hmacWithSHA1"),
    pbes2("aria-128-cbc"),
    pbes2("aria-192-cbc"),
    pbes2("aria-256-cbc"),
    pkcs12("PBE-SHA1-3DES"),
    pkcs12("PBE-SHA1-2DES"),
    pkcs12("PBE-SHA1-RC2-128"),
    pkcs12("PBE-SHA1-RC2-40"),
  ];

  test.each(schemes)("openssl pkcs8 -topk8 %s %s %s %s", async (...scheme) => {
    const options = scheme.filter(Boolean);
    const pass = ["-passout", `pass:${PASSWORD}`];
    const made = await openssl(
      "pkcs8",
      "-topk8",
      ...LEGACY,
      "-in",
      await key(),
      "-outform",
      "DER",
      ...options,
      ...pass,
    );
    const opened = await openCertificate({ certificate, key: made, password: PASSWORD });
    expect(opened.pair).toBe(true);
    const error = await failure(openCertificate({ certificate, key: made, password: "another" }), CertificateError);
    expect(error.code).toBe("CERTIFICATE_PASSWORD");
  });

  test("a pfx without a MAC, with a chain, and with a password in Korean", async () => {
    const pem = await file(await openssl("x509", "-inform", "DER", "-in", await file(certificate)));
    const other = await file(await openssl("x509", "-inform", "DER", "-in", await file(fixture("corporate.der"))));
    const forms = [
      ["-nomac"],
      ["-certfile", other],
      ["-certpbe", "NONE"],
      ["-keypbe", "NONE", "-certpbe", "NONE"],
      ["-macalg", "sha512"],
    ];
    for (const form of forms) {
      const password = "비밀번호 1!";
      const options = ["-inkey", await key(), "-in", pem, "-passout", `pass:${password}`];
      const pfx = await openssl("pkcs12", "-export", ...options, ...form);
      expect(await openCertificate({ pfx, password }), form.join(" ")).toMatchObject({ name: "홍길동", pair: true });
      if (form[1] === "NONE" && form[2]) continue;
      expect((await failure(openCertificate({ pfx, password: "비밀번호 2!" }))).code).toBe("CERTIFICATE_PASSWORD");
    }
  });

  test("a pfx that has only one of the two", async () => {
    const pem = await file(await openssl("x509", "-inform", "DER", "-in", await file(certificate)));
    const only = async (...options: string[]) =>
      openssl("pkcs12", "-export", ...options, "-passout", `pass:${PASSWORD}`);
    const withoutKey = await only("-nokeys", "-in", pem);
    const error = await failure(openCertificate({ pfx: withoutKey, password: PASSWORD }), CertificateError);
    expect(error).toMatchObject({ code: "CERTIFICATE_FORMAT", field: "pfx" });
    expect(error.message).toContain("no key in it");
  });
});

describe("both read the same in a certificate", () => {
  test.each(["signCert.der", "corporate.der", "expired.der", "kmCert.der"])("%s", async (name) => {
    const path = await file(fixture(name));
    const say = async (...what: string[]) =>
      String(await openssl("x509", "-inform", "DER", "-in", path, "-noout", ...what))
        .trim()
        .replace(/^\w+=/, "");
    const names = ["-nameopt", "RFC2253,utf8,-esc_msb,sname"];
    const read = await readCertificate(fixture(name));
    const small = (text: string) =>
      text.replace(/(^|,)([A-Z]+)=/g, (_, comma, type) => `${comma}${type.toLowerCase()}=`);
    expect(read.subject).toBe(small(await say("-subject", ...names)));
    expect(read.issuer).toBe(small(await say("-issuer", ...names)));
    expect(read.serialNumber).toBe(await say("-serial"));
    expect(read.validFrom).toEqual(new Date(await say("-startdate")));
    expect(read.validUntil).toEqual(new Date(await say("-enddate")));
    expect(await say("-ext", "certificatePolicies")).toContain(read.policy?.id);
    expect((await say("-ext", "keyUsage")).includes("Key Encipherment")).toBe(read.purpose === "encryption");
  });
});
