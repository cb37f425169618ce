/**
 * 공동인증서: opens, checks and converts the certificates that people log in with. Web APIs only; node-forge loads with the first call.
 * @module
 */
export { CertificateError, type CertificateErrorCode } from "../errors/certificate.js";
export type {
  CertificateFile,
  CertificateInfo,
  CertificatePolicy,
  CertificateSource,
  OpenedCertificate,
  OpenOptions,
} from "./types.js";

import type { CertificateFile, CertificateInfo, CertificateSource, OpenedCertificate, OpenOptions } from "./types.js";

/**
 * Opens a certificate with its password: signCert.der with signPri.key, or a pfx. Reads PBES1 with SEED (the usual form of
 * signPri.key), PBES2 with SEED, AES, 3DES and on Node ARIA, and pfx files of browsers, agents and OpenSSL. A password counts as right
 * when what it decrypts is a PKCS#8 key that is the certificate's, and never for less.
 * @throws CertificateError: see its table. `CERTIFICATE_CONVERTED` is not among them: `randomNumber` says so. InvalidInputError
 * `INPUT_INVALID` for a file that cannot be read.
 * @example
 * const certificate = await openCertificate({ certificate: { path: "signCert.der" }, key: { path: "signPri.key" }, password });
 * certificate.validUntil; // Date
 */
export async function openCertificate(source: CertificateSource, options?: OpenOptions): Promise<OpenedCertificate> {
  return (await import("./convert.js")).open("openCertificate", source, options);
}

/**
 * Reads a certificate alone, for which nobody needs a password. Expired ones, too: look at `validUntil`.
 * @throws CertificateError `CERTIFICATE_FORMAT`; InvalidInputError `INPUT_INVALID` for a file that cannot be read
 */
export async function readCertificate(certificate: CertificateFile): Promise<CertificateInfo> {
  return (await import("./convert.js")).read("readCertificate", certificate);
}

/**
 * Makes a pfx of a certificate and its key, with the same password: AES-256, PBKDF2 and a MAC with SHA-256, as OpenSSL 3 does. The
 * key's PKCS#8 bytes stay what they are, random number and all: with OpenSSL or node-forge they do not.
 * @throws CertificateError; an expired certificate is converted like any other
 */
export async function toPfx(source: CertificateSource): Promise<Uint8Array> {
  return (await import("./convert.js")).pfx("toPfx", source);
}

/**
 * Makes signCert.der and signPri.key (PBES1 with SEED, 2048 rounds) of a pfx, with the same password. The key's PKCS#8 bytes stay what
 * they are.
 * @throws CertificateError; an expired certificate is converted like any other
 */
export async function fromPfx(source: {
  pfx: CertificateFile;
  password: string;
}): Promise<{ certificate: Uint8Array; key: Uint8Array }> {
  return (await import("./convert.js")).files("fromPfx", source);
}
