/**
 * What the files of a certificate are read with: node-forge's ASN.1, strict about shapes. Every function throws for a node that is not
 * what it is taken for; whoever reads a file catches that once.
 * @module
 */
import forge from "node-forge";

export type Asn1 = forge.asn1.Asn1;
export const { asn1 } = forge;
const { Class, Type } = asn1;

/** BIT STRINGs stay as they are: node-forge would open those that look like ASN.1, a serial number among them. */
const fromDer = asn1.fromDer as unknown as (bytes: string, options: object) => Asn1;

/** Whatever follows the outermost value is left alone unless `whole`. */
export function parse(der: string, whole = true): Asn1 {
  return fromDer(der, { decodeBitStrings: false, parseAllBytes: whole, maxDepth: 32 });
}

/** What stands in a SEQUENCE, a SET or a tag around them. */
export function children({ value }: Asn1): Asn1[] {
  if (typeof value === "string") throw new Error("no sequence");
  return value;
}

export function child(node: Asn1, ...path: number[]): Asn1 {
  return path.reduce((found, index) => {
    const next = children(found)[index];
    if (!next) throw new Error("ends early");
    return next;
  }, node);
}

export function sequence(node: Asn1 | undefined): Asn1[] {
  return children(typed(node, Type.SEQUENCE));
}

export function oid(node: Asn1 | undefined): string {
  return asn1.derToOid(primitive(typed(node, Type.OID)));
}

/** The bytes of an OCTET STRING, in one piece or (BER) in several; also of one behind an implicit tag. */
export function octets(node: Asn1 | undefined): string {
  if (!node) throw new Error("ends early");
  const { value, type, tagClass } = node;
  if (tagClass === Class.UNIVERSAL && type !== Type.OCTETSTRING) throw new Error("no octets");
  return typeof value === "string" ? value : value.map(octets).join("");
}

/** The bytes of an INTEGER, sign included. */
export function integer(node: Asn1 | undefined): string {
  return primitive(typed(node, Type.INTEGER));
}

/** An INTEGER that has to be small, such as a number of rounds. */
export function count(node: Asn1 | undefined): number {
  const value = big(node);
  if (value < 0n || value > 0x7fffffffn) throw new Error("too large");
  return Number(value);
}

/** A positive INTEGER of any size. */
export function big(node: Asn1 | undefined): bigint {
  const hex = forge.util.bytesToHex(integer(node));
  if (hex === "" || /^[89a-f]/.test(hex)) throw new Error("no positive integer");
  return BigInt(`0x${hex}`);
}

/** The bytes of a BIT STRING, without the count of unused bits. */
export function bits(node: Asn1 | undefined): string {
  return primitive(typed(node, Type.BITSTRING)).slice(1);
}

export function typed(node: Asn1 | undefined, type: forge.asn1.Type): Asn1 {
  if (node?.tagClass !== Class.UNIVERSAL || node.type !== type) throw new Error("another type");
  return node;
}

/** The node with a context tag, if it is among them. */
export function tagged(nodes: readonly Asn1[], tag: number): Asn1 | undefined {
  return nodes.find(({ tagClass, type }) => tagClass === Class.CONTEXT_SPECIFIC && (type as number) === tag);
}

export function primitive({ value }: Asn1): string {
  if (typeof value !== "string") throw new Error("no primitive");
  return value;
}

/** node-forge holds bytes as texts of one character a byte. */
export function toBinary(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

export function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
