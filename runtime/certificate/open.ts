/**
 * Opens what was passed and checks it.
 * @module
 */
import { hide } from "../errors/kofin-error.js";
import { toBytes } from "./asn1.js";
import { type Contents, mendFor } from "./contents.js";
import { decrypt, encryptedParts, UnknownEncryption } from "./encryption.js";
import type { CertificateFault } from "./fault.js";
import { type PrivateKey, readPrivateKey } from "./private-key.js";
import { readPfx } from "./read-pfx.js";
import type { OpenedCertificate, OpenOptions } from "./types.js";
import { readX509, type X509 } from "./x509.js";

/** A certificate and a key, read but not checked. */
export interface Opened {
  x509: X509;
  key: PrivateKey;
}

/** The certificate in a file. @throws CertificateError CERTIFICATE_FORMAT */
export function certificateIn(contents: Contents, fault: CertificateFault): X509 {
  if (contents.kind !== "certificate") {
    throw fault("CERTIFICATE_FORMAT", "certificate", mendFor("certificate", contents));
  }
  try {
    return readX509(contents.der);
  } catch {
    throw fault(
      "CERTIFICATE_FORMAT",
      "certificate",
      "is damaged: it begins like a certificate and does not go on like one",
    );
  }
}

/** @throws CertificateError CERTIFICATE_FORMAT, CERTIFICATE_PASSWORD, CERTIFICATE_UNSUPPORTED */
export async function openKey(contents: Contents, password: string, fault: CertificateFault): Promise<PrivateKey> {
  if (contents.kind !== "key") throw fault("CERTIFICATE_FORMAT", "key", mendFor("key", contents));
  checkPassword(password, fault);
  const opened = await understood("key", fault, async () => {
    const { algorithm, data } = encryptedParts(contents.der);
    return decrypt(algorithm, data, password);
  });
  const key = opened === undefined ? undefined : readPrivateKey(opened);
  if (!key) throw fault("CERTIFICATE_PASSWORD", "password", "does not open the key: ask for it again (capitals count)");
  return key;
}

/** The pair in a pfx: of several, the one for signing. @throws CertificateError */
export async function openPfx(contents: Contents, password: string, fault: CertificateFault): Promise<Opened> {
  if (contents.kind !== "pfx") throw fault("CERTIFICATE_FORMAT", "pfx", mendFor("pfx", contents));
  checkPassword(password, fault);
  const found = await understood("pfx", fault, () => readPfx(contents.der, password));
  if (!found)
    throw fault("CERTIFICATE_PASSWORD", "password", "does not open the pfx: ask for it again (capitals count)");
  const [someKey] = found.keys;
  const [someCertificate] = found.certificates;
  if (!someKey || !someCertificate) {
    const lacks = someKey ? "certificate" : "key";
    throw fault("CERTIFICATE_FORMAT", "pfx", `has no ${lacks} in it: export the certificate together with its key`);
  }
  const pairs = found.certificates.flatMap((x509) =>
    found.keys.filter((key) => isPair({ x509, key })).map((key) => ({ x509, key })),
  );
  const signing = pairs.find(({ x509 }) => x509.info.purpose === "signature");
  return signing ?? pairs[0] ?? { x509: someCertificate, key: someKey };
}

function isPair({ x509, key }: Opened): boolean {
  return key.modulus !== undefined && key.modulus === x509.modulus;
}

/** @throws CertificateError CERTIFICATE_PAIR, CERTIFICATE_EXPIRED, CERTIFICATE_UNSUPPORTED */
export function checked(
  opened: Opened,
  { strict = true, now }: OpenOptions,
  fault: CertificateFault,
): OpenedCertificate {
  const { x509, key } = opened;
  if (key.modulus === undefined || x509.modulus === undefined) {
    const odd = key.modulus === undefined ? "key" : "certificate";
    throw fault("CERTIFICATE_UNSUPPORTED", odd, "is no RSA key, so kofin cannot tell whether the two belong together");
  }
  const pair = isPair(opened);
  if (strict && !pair) {
    const what = "is that of another certificate: take signCert.der and signPri.key from the same folder";
    throw fault("CERTIFICATE_PAIR", "key", what);
  }
  if (strict) checkValidity(x509, now, fault);
  const expired = validityFlaw(x509, now) !== undefined;
  const certificate = { ...x509.info, expired, pair, randomNumber: key.hasRandomNumber };
  hide(certificate, { pkcs8: toBytes(key.pkcs8) });
  return certificate as OpenedCertificate;
}

/** @throws CertificateError CERTIFICATE_EXPIRED */
export function checkValidity(x509: X509, now: Date | undefined, fault: CertificateFault): void {
  const flaw = validityFlaw(x509, now);
  if (flaw) throw fault("CERTIFICATE_EXPIRED", "certificate", flaw);
}

function validityFlaw({ info: { validFrom, validUntil } }: X509, now = new Date()): string | undefined {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (now > validUntil) return `expired on ${day(validUntil)}: have it renewed or issued anew, and use the new one`;
  if (now < validFrom) return `is not valid before ${day(validFrom)}: look at the clock of this machine`;
  return undefined;
}

function checkPassword(password: unknown, fault: CertificateFault): void {
  if (typeof password !== "string" || password === "") throw fault("CERTIFICATE_PASSWORD", "password", "is missing");
  // HMAC, and so PBKDF2, cannot tell a password from the same one with zeros after it.
  if (password.includes("\0"))
    throw fault("CERTIFICATE_PASSWORD", "password", "has a character in it that no keyboard has");
}

async function understood<T>(part: "key" | "pfx", fault: CertificateFault, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnknownEncryption) {
      throw fault("CERTIFICATE_UNSUPPORTED", part, `is encrypted in a way that kofin cannot open: ${error.message}`);
    }
    throw fault("CERTIFICATE_FORMAT", part, `is damaged: it begins like a ${part} and does not go on like one`);
  }
}
