/**
 * What somebody passes as a file, and what it really is.
 * @module
 */
import { asn1, octets, parse, sequence, toBinary } from "./asn1.js";

/** What a file can be. The last ones are what people pass by mistake. */
export type Kind =
  | "certificate"
  | "key"
  | "pfx"
  | "plain key"
  | "PEM"
  | "path"
  | "data URL"
  | "text"
  | "decoded text"
  | "base64 bytes"
  | "cut short"
  | "PKCS#7"
  | "empty"
  | "unknown";

export interface Contents {
  kind: Kind;
  /** The bytes, for what is DER; empty for the rest. */
  der: string;
}

/** @returns undefined for what is no file at all, or cannot be read: for the caller to say. */
export async function contentsOf(file: unknown): Promise<Contents | undefined> {
  if (typeof file === "string") return ofText(file);
  if (file instanceof Uint8Array) return ofBytes(toBinary(file));
  const path = typeof file === "object" && file !== null && "path" in file ? file.path : undefined;
  if (typeof path !== "string") return undefined;
  // Asked of the process instead of imported, so that bundlers for other platforms do not stumble over it.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  const bytes = await fs?.readFile(path).catch(() => undefined);
  return bytes && ofBytes(toBinary(bytes));
}

function ofText(text: string): Contents {
  const bare = text.replace(/\s+/g, "");
  if (bare === "") return odd("empty");
  if (text.includes("-----BEGIN ")) return odd("PEM");
  if (/^data:[^,]*,/.test(text)) return odd("data URL");
  if (text.includes("\uFFFD") || /\p{Cc}/u.test(bare)) return odd("decoded text");
  const isPath = /[\\/]|^[\w.-]+\.\w{2,4}$/.test(text) && text.length < 1024;
  if (!isBase64(bare)) return odd(isPath ? "path" : "text");
  const contents = ofBytes(atob(bare));
  // A short path without a dot in it is base64 by accident.
  return contents.kind === "unknown" && isPath ? odd("path") : contents;
}

/** Padding may be left out. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}

function ofBytes(der: string): Contents {
  if (der === "") return odd("empty");
  if (der.includes("-----BEGIN ")) return odd("PEM");
  if (/^MI[\w+/=\s]+$/.test(der)) return odd("base64 bytes");
  if (der.charCodeAt(0) !== 0x30) return odd("unknown");
  if (sizeOf(der) > der.length) return odd("cut short");
  try {
    return { kind: shapeOf(der), der };
  } catch {
    return odd("unknown");
  }
}

function odd(kind: Kind): Contents {
  return { kind, der: "" };
}

/** How long a SEQUENCE says it is, with its head. */
function sizeOf(der: string): number {
  const first = der.charCodeAt(1);
  if (!(first > 0x80)) return 2 + first;
  let size = 0;
  for (let i = 0; i < (first & 0x7f); i++) size = size * 256 + der.charCodeAt(2 + i);
  return 2 + (first & 0x7f) + size;
}

/** @throws Error when it is no ASN.1 */
function shapeOf(der: string): Kind {
  const { Type } = asn1;
  const fields = sequence(parse(der, false));
  const types = fields.map(({ type, tagClass }) => (tagClass === asn1.Class.UNIVERSAL ? type : undefined));
  const [first, second, third] = types;
  const inner = first === Type.SEQUENCE && fields[0] ? sequence(fields[0]) : [];
  if (first === Type.SEQUENCE && second === Type.SEQUENCE && third === Type.BITSTRING && inner.length >= 6) {
    return "certificate";
  }
  if (first === Type.SEQUENCE && second === Type.OCTETSTRING && octets(fields[1]) !== "") return "key";
  if (first === Type.INTEGER && second === Type.SEQUENCE) {
    return third === Type.OCTETSTRING ? "plain key" : "pfx";
  }
  if (first === Type.INTEGER && second === Type.INTEGER && types.length >= 9) return "plain key";
  return first === Type.OID ? "PKCS#7" : "unknown";
}

/** What a file has to be, and what to do about one that is something else. */
export function mendFor(wanted: "certificate" | "key" | "pfx", { kind }: Contents): string {
  const file = { certificate: "signCert.der", key: "signPri.key", pfx: "the pfx" }[wanted];
  const bytes = `pass the bytes of ${file}, their base64, or { path }`;
  switch (kind) {
    case "PEM":
      return `is PEM text: ${bytes}. A key that went through PEM is a converted copy, which institutions refuse`;
    case "path":
      return `is a path, not a file: pass { path: … } to have it read`;
    case "data URL":
      return "is a data: URL: pass what stands after the comma";
    case "decoded text":
      return `is a file that was read as text, which destroys it: read it without an encoding, and ${bytes}`;
    case "base64 bytes":
      return "is base64 text in bytes: pass the text as a string";
    case "cut short":
      return `is cut short: the file ends before it is complete; copy ${file} again`;
    case "text":
      return `is text that is no base64: ${bytes}`;
    case "empty":
      return `is empty: ${bytes}`;
    case "PKCS#7":
      return `is a PKCS#7 file (p7b), which has certificates without a key: ${bytes}`;
    case "plain key":
      return `is a key without a password, a converted copy: ${bytes}`;
    case "pfx":
      return "is a pfx";
    case "certificate":
      return "is a certificate";
    case "key":
      return "is a key";
    default:
      return `is no ${wanted}: ${bytes}`;
  }
}
