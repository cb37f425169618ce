import { type Asn1, asn1, big, bits, child, children, count, octets, oid, parse, sequence, tagged } from "./asn1.js";

/** What a PKCS#8 PrivateKeyInfo holds, as far as kofin looks. */
export interface PrivateKey {
  /** The PKCS#8 bytes as they are. */
  pkcs8: string;
  /** Undefined for a key that is not RSA. */
  modulus: bigint | undefined;
  algorithm: string;
  /** It carries the random number that institutions identify its owner by. */
  hasRandomNumber: boolean;
}

export const RSA = "1.2.840.113549.1.1.1";
const RANDOM_NUMBER = "1.2.410.200004.10.1.1.3";

/**
 * Reads decrypted bytes.
 * @returns undefined when they are no key: not PKCS#8 from the first to the last byte, or numbers that are no RSA key.
 */
export function readPrivateKey(pkcs8: string): PrivateKey | undefined {
  try {
    const fields = sequence(parse(pkcs8));
    const [version, identifier, key] = fields;
    if (count(version) > 1 || !identifier) return undefined;
    const algorithm = oid(child(identifier, 0));
    const inner = octets(key);
    const attributes = tagged(fields, 0);
    const hasRandomNumber = attributes !== undefined && children(attributes).some(isRandomNumber);
    return { pkcs8, algorithm, modulus: algorithm === RSA ? modulusOf(inner) : undefined, hasRandomNumber };
  } catch {
    return undefined;
  }
}

/** @throws Error when n is not p · q */
function modulusOf(rsaKey: string): bigint {
  const [, n, , , p, q] = sequence(parse(rsaKey));
  const modulus = big(n);
  if (big(p) * big(q) !== modulus) throw new Error("no RSA key");
  return modulus;
}

function isRandomNumber(attribute: Asn1): boolean {
  const [name, values] = sequence(attribute);
  if (oid(name) !== RANDOM_NUMBER || !values) return false;
  const [value] = children(values);
  return value?.type === asn1.Type.BITSTRING && bits(value).length > 0;
}
