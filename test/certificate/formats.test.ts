/** What people pass instead of a certificate, and what they are told. */

import fc from "fast-check";
import { CertificateError, openCertificate } from "kofin/certificate";
import { expect, test } from "vitest";
import { failure } from "../support/failure.js";
import { integer, octets, oid, sequence } from "./der.js";
import { certificate, keyOf, PASSWORD, pfxOf, pkcs8 } from "./fixtures.js";

const key = keyOf("seed-pbes1");
const pfx = pfxOf("agent-3des-rc2");

function pem(label: string, bytes: Buffer): string {
  return `-----BEGIN ${label}-----\n${bytes.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;
}

const base64 = (bytes: Buffer) => bytes.toString("base64");

const MISTAKES: [what: string, file: string | Uint8Array, told: RegExp][] = [
  ["PEM", pem("CERTIFICATE", certificate), /PEM/],
  ["the bytes of a PEM file", Buffer.from(pem("CERTIFICATE", certificate)), /PEM/],
  ["a path of Linux", "/home/me/NPKI/yessign/USER/cn=x/signCert.der", /is a path.*\{ path: … \}/],
  ["a path of Windows", "C:\\Users\\me\\AppData\\LocalLow\\NPKI\\signCert.der", /is a path/],
  ["a file's name", "signCert.der", /is a path/],
  ["a path that happens to be base64", "NPKI/KICA/signCert", /is a path/],
  ["a data: URL", `data:application/x-x509-ca-cert;base64,${base64(certificate)}`, /data: URL.*comma/],
  ["a file read as UTF-8", certificate.toString("utf8"), /read as text/],
  ["a file read as latin1", certificate.toString("latin1"), /read as text/],
  ["base64 in bytes", Buffer.from(base64(certificate)), /base64 text in bytes/],
  ["half a file", certificate.subarray(0, 500), /cut short/],
  ["text", "hello world!", /no base64/],
  ["base64 of text", base64(Buffer.from("hello")), /is no certificate/],
  ["nothing", "", /is empty/],
  ["white space", " \n", /is empty/],
  ["no bytes", new Uint8Array(), /is empty/],
  ["a key without a password", pkcs8, /key without a password, a converted copy/],
  ["a pfx", pfx, /is a pfx/],
  ["a key", key, /is a key/],
  ["a p7b", sequence(oid("1.2.840.113549.1.7.2"), octets(Buffer.alloc(3))), /p7b/],
  ["some other ASN.1", sequence(integer(1)), /is no certificate/],
];

test.each(MISTAKES)("%s in place of signCert.der", async (_, file, told) => {
  const error = await failure(openCertificate({ certificate: file, key, password: PASSWORD }), CertificateError);
  expect(error).toMatchObject({ code: "CERTIFICATE_FORMAT", field: "certificate", advice: "fix-request" });
  expect(error.message).toMatch(told);
  const shown = typeof file === "string" ? file : "";
  if (shown.trim().length > 8) expect(error.message).not.toContain(shown.trim());
});

test.each(MISTAKES.filter(([what]) => what !== "a key"))("%s in place of signPri.key", async (_, file) => {
  const error = await failure(openCertificate({ certificate, key: file, password: PASSWORD }), CertificateError);
  expect(error).toMatchObject({ code: "CERTIFICATE_FORMAT", field: "key" });
});

test.each(MISTAKES.filter(([what]) => what !== "a pfx"))("%s in place of a pfx", async (_, file) => {
  const error = await failure(openCertificate({ pfx: file, password: PASSWORD }), CertificateError);
  expect(error).toMatchObject({ code: "CERTIFICATE_FORMAT", field: "pfx" });
});

test("certificate and key swapped", async () => {
  const error = await failure(openCertificate({ certificate: key, key: certificate, password: PASSWORD }));
  expect(error.message).toContain("swapped");
});

test("encryption that kofin does not know is no wrong password", async () => {
  const algorithm = sequence(oid("1.2.840.113549.1.5.3"), sequence(octets(Buffer.alloc(8)), integer(2048)));
  const odd = sequence(algorithm, octets(Buffer.alloc(16)));
  const error = await failure(openCertificate({ certificate, key: odd, password: PASSWORD }), CertificateError);
  expect(error).toMatchObject({ code: "CERTIFICATE_UNSUPPORTED", advice: "report", field: "key" });
  expect(error.message).toContain("1.2.840.113549.1.5.3");
});

test("a number of rounds that would take minutes is refused at once", async () => {
  const rounds = Buffer.of(2, 4, 0x7f, 0xff, 0xff, 0xff);
  const algorithm = sequence(oid("1.2.410.200004.1.15"), sequence(octets(Buffer.alloc(8)), rounds));
  const odd = sequence(algorithm, octets(Buffer.alloc(16)));
  const error = await failure(openCertificate({ certificate, key: odd, password: PASSWORD }), CertificateError);
  expect(error.code).toBe("CERTIFICATE_UNSUPPORTED");
});

test("whatever is done to a file, what comes of it is a certificate or a CertificateError", async () => {
  const files = [certificate, key, pfx, pfxOf("openssl-aes")];
  const damaged = fc.record({
    which: fc.nat(files.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    byte: fc.nat(255),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ which, at, byte, cut }) => {
      const change = (index: number) => {
        const copy = Buffer.from(files[index] ?? []);
        if (index === which) copy[Math.floor(at * copy.length)] = byte;
        return index === which && cut !== null ? copy.subarray(0, Math.floor(cut * copy.length)) : copy;
      };
      const source = which < 2 ? { certificate: change(0), key: change(1) } : { pfx: change(which) };
      const error = await openCertificate({ ...source, password: PASSWORD }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) expect(error).toBeInstanceOf(CertificateError);
    }),
    { numRuns: 300 },
  );
});
