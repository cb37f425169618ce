import forge from "node-forge";
import {
  type Asn1,
  asn1,
  big,
  bits,
  child,
  children,
  integer,
  octets,
  oid,
  parse,
  primitive,
  sequence,
  tagged,
  typed,
} from "./asn1.js";
import { policyOf } from "./policies.js";
import { RSA } from "./private-key.js";
import type { CertificateInfo } from "./types.js";

/** A certificate, as it is read. */
export interface X509 {
  der: string;
  info: CertificateInfo;
  /** Undefined when the key is not RSA. */
  modulus: bigint | undefined;
}

/** @throws Error when it is no X.509 certificate */
export function readX509(der: string): X509 {
  const fields = sequence(child(parse(der, false), 0));
  const { CONTEXT_SPECIFIC } = asn1.Class;
  const at = fields[0]?.tagClass === CONTEXT_SPECIFIC ? 1 : 0;
  const [serial, , issuer, validity, subject, publicKey] = fields.slice(at);
  const [validFrom, validUntil] = sequence(validity).map(time);
  if (!publicKey || !validFrom || !validUntil) throw new Error("no certificate");
  const [owner, authority] = [names(subject), names(issuer)];
  const extensions = extensionsOf(fields);
  const info: CertificateInfo = {
    name: personIn(owner.find(({ type }) => type === "cn")?.value ?? ""),
    subject: distinguished(owner),
    issuer: distinguished(authority),
    ca: authority.find(({ type }) => type === "o")?.value ?? "",
    serialNumber: forge.util
      .bytesToHex(integer(serial))
      .replace(/^00(?=..)/, "")
      .toUpperCase(),
    validFrom,
    validUntil,
    policy: policyOf(policyIn(extensions)),
    purpose: purposeIn(extensions),
  };
  return { der, info, modulus: modulusIn(publicKey) };
}

function modulusIn(publicKey: Asn1): bigint | undefined {
  if (oid(child(publicKey, 0, 0)) !== RSA) return undefined;
  return big(child(parse(bits(child(publicKey, 1))), 0));
}

interface Name {
  type: string;
  value: string;
}

const TYPES: Readonly<Record<string, string>> = {
  "2.5.4.3": "cn",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "c",
  "2.5.4.7": "l",
  "2.5.4.8": "st",
  "2.5.4.10": "o",
  "2.5.4.11": "ou",
  "1.2.840.113549.1.9.1": "email",
};

/** The parts of a name, the most particular first, as in the folders of NPKI. */
function names(node: Asn1 | undefined): Name[] {
  const parts = sequence(node).flatMap((set) =>
    children(set).map((part) => {
      const type = oid(child(part, 0));
      return { type: TYPES[type] ?? type, value: textOf(child(part, 1)) };
    }),
  );
  return parts.reverse();
}

function textOf(node: Asn1): string {
  const raw = primitive(node);
  // node-forge has read a BMPString already; printable ones are ASCII, which is UTF-8.
  if (node.type === asn1.Type.BMPSTRING) return raw;
  try {
    return forge.util.decodeUtf8(raw);
  } catch {
    return raw;
  }
}

/** RFC 4514, with the small names that Korean folders have. */
function distinguished(parts: readonly Name[]): string {
  const escaped = (value: string) => value.replace(/[,+"\\<>;]|^[ #]| $/g, "\\$&");
  return parts.map(({ type, value }) => `${type}=${escaped(value)}`).join(",");
}

/** `홍길동()0004041…` → `홍길동`. */
function personIn(commonName: string): string {
  return /^(.+?)\([^)]*\)[0-9A-Za-z-]*$/.exec(commonName)?.[1] ?? commonName;
}

function time(node: Asn1): Date {
  const text = primitive(node);
  return node.type === asn1.Type.UTCTIME ? asn1.utcTimeToDate(text) : asn1.generalizedTimeToDate(text);
}

type Extensions = ReadonlyMap<string, Asn1>;

function extensionsOf(fields: readonly Asn1[]): Extensions {
  const wrapped = tagged(fields, 3);
  const list = wrapped ? sequence(child(wrapped, 0)) : [];
  // The flag `critical` stands between the two when it is true.
  return new Map(list.map((extension) => [oid(child(extension, 0)), parse(octets(children(extension).at(-1)))]));
}

function policyIn(extensions: Extensions): string | undefined {
  const policies = extensions.get("2.5.29.32");
  return policies && oid(child(policies, 0, 0));
}

/** What keys are for when they are not for signing: kmCert.der, with which data is encrypted. */
function purposeIn(extensions: Extensions): CertificateInfo["purpose"] {
  const usage = extensions.get("2.5.29.15");
  const signing = usage === undefined || bits(typed(usage, asn1.Type.BITSTRING)).charCodeAt(0) & 0xc0;
  return signing ? "signature" : "encryption";
}
