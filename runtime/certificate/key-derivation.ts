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
  const units = [...Array.from({ length: password.length }, (_, i) => password.charCodeAt(i)), 0];
  const spread = (part: readonly number[]) =>
    Array.from({ length: Math.ceil(part.length / BLOCK) * BLOCK }, (_, i) => part[i % part.length] ?? 0);
  let input = [...spread([...toBytes(salt)]), ...spread(units.flatMap((unit) => [unit >> 8, unit & 255]))];
  const made: number[] = [];
  for (;;) {
    const piece = iteratedHash(hash, Uint8Array.from([...Array(BLOCK).fill(purpose), ...input]), rounds);
    made.push(...piece);
    if (made.length >= bytes) return Uint8Array.from(made.slice(0, bytes));
    input = plusOne(input, spread([...piece]));
  }
}

/** Hashes with a digest of up to 32 bytes work on blocks of 64. */
const BLOCK = 64;

/** Every block of `input` plus `piece` plus one, as numbers of 64 bytes. */
function plusOne(input: readonly number[], piece: readonly number[]): number[] {
  const sum = [...input];
  for (let start = 0; start < sum.length; start += BLOCK) {
    let carry = 1;
    for (let i = BLOCK - 1; i >= 0; i--) {
      carry += (sum[start + i] ?? 0) + (piece[i] ?? 0);
      sum[start + i] = carry & 255;
      carry >>= 8;
    }
  }
  return sum;
}

/** What a MAC of PKCS#12 is made with. */
export async function pkcs12Mac(password: string, derivation: Derivation & { hash: HashName }, content: string) {
  const { hash } = derivation;
  const raw = pkcs12Kdf(password, derivation, PURPOSE.mac, DIGEST_BYTES[hash]);
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(raw), { name: "HMAC", hash }, false, ["sign"]);
  return toBinary(new Uint8Array(await crypto.subtle.sign("HMAC", key, toBytes(content))));
}
