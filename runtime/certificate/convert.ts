/**
 * The functions of `kofin/certificate`, in a module of their own because node-forge comes with them.
 * @module
 */
import { CertificateError } from "../errors/certificate.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import { toBinary, toBytes } from "./asn1.js";
import { type Contents, contentsOf } from "./contents.js";
import type { CertificateFault } from "./fault.js";
import { certificateIn, checked, type Opened, openKey, openPfx } from "./open.js";
import type { CertificateFile, CertificateInfo, CertificateSource, OpenedCertificate, OpenOptions } from "./types.js";
import { keyFile, pfxFile } from "./write.js";

export async function read(operation: string, file: CertificateFile): Promise<CertificateInfo> {
  const fault = faultIn(operation);
  return certificateIn(await contents(operation, "certificate", file), fault).info;
}

export async function open(
  operation: string,
  source: CertificateSource,
  options: OpenOptions = {},
): Promise<OpenedCertificate> {
  return checked(await opened(operation, source), options, faultIn(operation));
}

export async function pfx(operation: string, source: CertificateSource): Promise<Uint8Array> {
  const { x509, certificate } = await pairIn(operation, source);
  return toBytes(await pfxFile(x509.der, toBinary(certificate.pkcs8), source.password));
}

export async function files(
  operation: string,
  source: CertificateSource,
): Promise<{ certificate: Uint8Array; key: Uint8Array }> {
  const { x509, certificate } = await pairIn(operation, source);
  const key = keyFile(toBinary(certificate.pkcs8), source.password);
  return { certificate: toBytes(x509.der), key: toBytes(key) };
}

/** Expired or not: a form has nothing to do with time. */
async function pairIn(operation: string, source: CertificateSource) {
  const found = await opened(operation, source);
  const fault = faultIn(operation);
  const at = { now: found.x509.info.validUntil };
  return { x509: found.x509, certificate: checked(found, at, fault) };
}

async function opened(operation: string, source: CertificateSource): Promise<Opened> {
  const fault = faultIn(operation);
  if ("pfx" in source) return openPfx(await contents(operation, "pfx", source.pfx), source.password, fault);
  const [certificate, key] = [
    await contents(operation, "certificate", source.certificate),
    await contents(operation, "key", source.key),
  ];
  if (certificate.kind === "key" && key.kind === "certificate") {
    throw fault("CERTIFICATE_FORMAT", "certificate", SWAPPED);
  }
  const x509 = certificateIn(certificate, fault);
  return { x509, key: await openKey(key, source.password, fault) };
}

const SWAPPED = "and key are swapped: `certificate` is signCert.der, `key` is signPri.key";

async function contents(operation: string, field: string, file: unknown): Promise<Contents> {
  const found = await contentsOf(file);
  if (found) return found;
  const isPath = typeof file === "object" && file !== null && "path" in file;
  const what = isPath ? "cannot be read: is the path right?" : "must be base64 text, a Uint8Array or { path: string }";
  throw new InvalidInputError("INPUT_INVALID", `${operation}: ${field} ${what}`, {
    provider: "kofin",
    operation,
    field,
  });
}

function faultIn(operation: string): CertificateFault {
  return (code, field, what) =>
    new CertificateError(code, `${operation}: ${field} ${what}`, { provider: "kofin", operation, field });
}
