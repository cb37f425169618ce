import { CertificateError, fromPfx, openCertificate, readCertificate, toPfx } from "kofin/certificate";
import { describe, expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { certificate, fixture, KEY_FORMS, keyOf, PASSWORD, PFX_FORMS, pathOf, pfxOf, pkcs8 } from "./fixtures.js";

const sources = [
  ...KEY_FORMS.map((form) => [`signPri.key, ${form}`, { certificate, key: keyOf(form) }] as const),
  ...PFX_FORMS.map((form) => [`pfx, ${form}`, { pfx: pfxOf(form) }] as const),
];

/** The pfx files that OpenSSL wrote have lost the attributes of the key. */
const isOriginal = (name: string) => !name.includes("openssl");

describe.each(sources)("%s", (name, files) => {
  test("opens with its password", async () => {
    const opened = await openCertificate({ ...files, password: PASSWORD });
    expect(opened).toEqual({
      name: "홍길동",
      subject: "cn=홍길동()000404120160617142257,ou=personal4IB,o=fabricated,c=kr",
      issuer: "cn=fabricatedCA Class 1,ou=AccreditedCA,o=fabricated,c=kr",
      ca: "fabricated",
      serialNumber: "1A2B3C",
      validFrom: new Date("2024-01-01T00:00:00Z"),
      validUntil: new Date("2098-12-31T14:59:59Z"),
      policy: { id: "1.2.410.200005.1.1.4", owner: "personal", use: "은행/보험용" },
      purpose: "signature",
      expired: false,
      pair: true,
      randomNumber: isOriginal(name),
    });
    if (isOriginal(name)) expect(Buffer.from(opened.pkcs8)).toEqual(pkcs8);
    expect(JSON.stringify(opened)).not.toContain("pkcs8");
  });

  // About two in 600 leave what looks like padding, so that it is the key that has to say no.
  const count = /aria|openssl-3des/.test(name) ? 20 : 600;

  test(`${count} other passwords open nothing`, async () => {
    const accepted: string[] = [];
    const codes = new Set<string>();
    for (let i = 0; i < count; i++) {
      const password = OTHERS[i] ?? `${PASSWORD}${i}`;
      await openCertificate({ ...files, password }).then(
        () => accepted.push(password),
        (error: CertificateError) => codes.add(error.code),
      );
    }
    expect(accepted).toEqual([]);
    expect([...codes]).toEqual(["CERTIFICATE_PASSWORD"]);
  }, 120_000);

  test("comes back from a pfx and from files with the key it had", async () => {
    const opened = await openCertificate({ ...files, password: PASSWORD });
    const pfx = await toPfx({ ...files, password: PASSWORD });
    const again = await fromPfx({ pfx, password: PASSWORD });
    expect(Buffer.from(again.certificate)).toEqual(certificate);
    for (const source of [{ pfx }, again]) {
      const carried = await openCertificate({ ...source, password: PASSWORD });
      expect(Buffer.from(carried.pkcs8)).toEqual(Buffer.from(opened.pkcs8));
      expect(carried.randomNumber).toBe(isOriginal(name));
    }
  });
});

/** Nearly right, and empty. */
const OTHERS = [
  PASSWORD.toUpperCase(),
  `${PASSWORD} `,
  ` ${PASSWORD}`,
  PASSWORD.slice(0, -1),
  "",
  "비밀번호",
  `${PASSWORD}\0`,
];

describe("files", () => {
  const key = keyOf("seed-pbes1");
  const name = async (source: Parameters<typeof openCertificate>[0]) => (await openCertificate(source)).name;

  test("may be bytes, base64 in one line or in many, or paths", async () => {
    const lines = (bytes: Buffer) => bytes.toString("base64").replace(/.{64}/g, "$&\r\n");
    const forms = [
      [new Uint8Array(certificate), new Uint8Array(key)],
      [certificate.toString("base64"), key.toString("base64")],
      [certificate.toString("base64").replace(/=+$/, ""), key.toString("base64").replace(/=+$/, "")],
      [lines(certificate), lines(key)],
      [{ path: pathOf("signCert.der") }, { path: pathOf("signPri.seed-pbes1.key") }],
    ] as const;
    for (const [certificate, key] of forms) expect(await name({ certificate, key, password: PASSWORD })).toBe("홍길동");
  });

  test("that are none are INPUT_INVALID", async () => {
    for (const odd of [undefined, null, 7, {}, { path: 7 }, { path: pathOf("none.der") }]) {
      const error = await failure(openCertificate({ certificate: odd as never, key, password: PASSWORD }));
      expect(error).toMatchObject({ code: "INPUT_INVALID", field: "certificate", provider: "kofin" });
    }
    expect((await failure(readCertificate({ path: pathOf("none.der") }))).message).toContain("cannot be read");
  });

  test("a password that is missing", async () => {
    for (const password of ["", undefined as never]) {
      for (const files of [{ certificate, key }, { pfx: pfxOf("agent-3des-rc2") }]) {
        const error = await failure(openCertificate({ ...files, password }), CertificateError);
        expect(error).toMatchObject({ code: "CERTIFICATE_PASSWORD", field: "password" });
      }
    }
  });
});

describe("a certificate that cannot be used", () => {
  const key = keyOf("seed-pbes1");

  test("expired", async () => {
    const source = { certificate: fixture("expired.der"), key, password: PASSWORD };
    const error = await failure(openCertificate(source), CertificateError);
    expect(error).toMatchObject({ code: "CERTIFICATE_EXPIRED", advice: "ask-user", field: "certificate" });
    expect(error.message).toContain("expired on 2020-01-01");
    expect(await openCertificate(source, { strict: false })).toMatchObject({ expired: true, pair: true });
    expect(await openCertificate(source, { now: new Date("2019-06-01") })).toMatchObject({ expired: false });
    expect((await readCertificate(fixture("expired.der"))).validUntil.getUTCFullYear()).toBe(2020);
  });

  test("not valid yet", async () => {
    const call = openCertificate({ certificate, key, password: PASSWORD }, { now: new Date("2023-12-31") });
    expect((await failure(call)).message).toContain("not valid before 2024-01-01");
  });

  test("the last second counts, the next does not", async () => {
    const { validUntil } = await readCertificate(certificate);
    const open = (now: Date) => openCertificate({ certificate, key, password: PASSWORD }, { now });
    expect((await open(validUntil)).expired).toBe(false);
    expect((await failure(open(new Date(validUntil.getTime() + 1)))).code).toBe("CERTIFICATE_EXPIRED");
  });

  test("of somebody else", async () => {
    const source = { certificate: fixture("corporate.der"), key, password: PASSWORD };
    const error = await failure(openCertificate(source), CertificateError);
    expect(error).toMatchObject({ code: "CERTIFICATE_PAIR", field: "key" });
    expect(error.message).toContain("same folder");
    expect(await openCertificate(source, { strict: false })).toMatchObject({ pair: false, name: "(주)만든회사" });
    for (const convert of [toPfx(source)]) expect((await failure(convert)).code).toBe("CERTIFICATE_PAIR");
  });

  test("converted: the random number is gone, and that is told", async () => {
    const opened = await openCertificate({ certificate, key: fixture("converted.key"), password: PASSWORD });
    expect(opened.randomNumber).toBe(false);
  });
});

describe("readCertificate", () => {
  test("tells companies and encryption from the rest", async () => {
    expect(await readCertificate(fixture("corporate.der"))).toMatchObject({
      name: "(주)만든회사",
      serialNumber: "F1",
      policy: { id: "1.2.410.200004.5.4.1.2", owner: "corporate", use: "범용" },
    });
    expect((await readCertificate(fixture("kmCert.der"))).purpose).toBe("encryption");
  });
});
