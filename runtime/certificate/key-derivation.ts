/**
 * From a password to a key: PBKDF1 and PBKDF2 of RFC 8018, and the derivation of PKCS#12 (RFC 7292, appendix B).
 * @module
 */
import forge from "node-forge";
import { toBinary, toBytes } from "./asn1.js";
import { DIGEST_BYTES, type HashName, iteratedHash } from "./hash.js";

/** How a key is made of a password, as a file says it. */
export interface Derivation {
  salt: string;
  rounds: number;
}

/** The first 20 bytes that a password, a salt and SHA-1 make: a key of 16 and what the IV is made of. */
export function pbkdf1(password: string, { salt, rounds }: Derivation): Uint8Array {
  return iteratedHash("SHA-1", toBytes(forge.util.encodeUtf8(password) + salt), rounds);
}

/** Names of hashes as the platform has them. */
export type Prf = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

export async function pbkdf2(password: string, derivation: Derivation & { prf: Prf }, bytes: number) {
  const { salt, rounds: iterations, prf: hash } = derivation;
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash, salt: toBytes(salt), iterations };
  try {
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 8 * bytes));
  } catch {
    // workerd refuses more than 100,000 rounds.
    const md = forge.md[PRFS[hash]].create();
    return toBytes(forge.pkcs5.pbkdf2(forge.util.encodeUtf8(password), salt, iterations, bytes, md));
  }
}

const PRFS = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" } as const;

/** What PKCS#12 derives bytes for. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** The derivation of PKCS#12: the password in UTF-16 with its end, spread over blocks with the salt and hashed. */
export function pkcs12Kdf(
  password: string,
  { salt, rounds, hash }: Derivation & { hash: HashName },
  purpose: number,
  bytes: number,
): Uint8Array {
  const parts = [toBytes(salt), utf16(password)].map(spread);
  const input = new Uint8Array(BLOCK + parts.reduce((sum, part) => sum + part.length, 0)).fill(purpose, 0, BLOCK);
  let at = BLOCK;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  const made = new Uint8Array(bytes);
  for (let done = 0; done < bytes; ) {
    const piece = iteratedHash(hash, input, rounds);
    made.set(piece.subarray(0, bytes - done), done);
    done += piece.length;
    for (let start = BLOCK; start < input.length; start += BLOCK)
      add(input.subarray(start, start + BLOCK), spread(piece));
  }
  return made;
}

/** Hashes with a digest of up to 32 bytes work on blocks of 64. */
const BLOCK = 64;

/** A part repeated until it fills whole blocks; nothing stays nothing. */
function spread(part: Uint8Array): Uint8Array {
  const whole = Math.ceil(part.length / BLOCK) * BLOCK;
  return Uint8Array.from({ length: whole }, (_, i) => part[i % part.length] ?? 0);
}

/** A password as PKCS#12 wants it: UTF-16, big end first, with a zero at the end. */
function utf16(password: string): Uint8Array {
  const units = new DataView(new ArrayBuffer(2 * password.length + 2));
  for (let i = 0; i < password.length; i++) units.setUint16(2 * i, password.charCodeAt(i));
  return new Uint8Array(units.buffer);
}

/** `block` plus `other` plus one, as numbers. */
function add(block: Uint8Array, other: Uint8Array): void {
  let carry = 1;
  for (let i = BLOCK - 1; i >= 0; i--) {
    carry += (block[i] ?? 0) + (other[i] ?? 0);
    block[i] = carry;
    carry >>= 8;
  }
}

/** What a MAC of PKCS#12 is made with. */
export async function pkcs12Mac(password: string, derivation: Derivation & { hash: HashName }, content: string) {
  const { hash } = derivation;
  const raw = pkcs12Kdf(password, derivation, PURPOSE.mac, DIGEST_BYTES[hash]);
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(raw), { name: "HMAC", hash }, false, ["sign"]);
  return toBinary(new Uint8Array(await crypto.subtle.sign("HMAC", key, toBytes(content))));
}
