/**
 * The pieces that files are written with.
 * @module
 */
import { type Asn1, asn1 } from "./asn1.js";

const { Class, Type } = asn1;

export function sequence(...value: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, value);
}

export function set(...value: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, value);
}

/** Something behind an explicit tag. */
export function tag(content: Asn1, number = 0): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, number, true, [content]);
}

export function name(oid: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(oid).getBytes());
}

export function octets(bytes: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes);
}

export function integer(number: number): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(number).getBytes());
}

export function der(node: Asn1): string {
  return asn1.toDer(node).getBytes();
}

export function nothing(): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.NULL, false, "");
}

/** An AlgorithmIdentifier. */
export function algorithm(oid: string, ...parameters: Asn1[]): Asn1 {
  return sequence(name(oid), ...parameters);
}
