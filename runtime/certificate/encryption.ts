/**
 * What keys and pfx files are encrypted with. Korean keys (KISA): SEED with a key by PBKDF1; everybody else's: PBES2 (RFC 8018) with
 * SEED, AES, 3DES or ARIA, and the schemes of PKCS#12 (RFC 7292).
 * @module
 */
import forge from "node-forge";
import { type Asn1, asn1, child, count, octets, oid, parse, sequence, toBinary, toBytes, typed } from "./asn1.js";
import { iteratedHash } from "./hash.js";
import { type Derivation, type Prf, PURPOSE, pbkdf1, pbkdf2, pkcs12Kdf } from "./key-derivation.js";
import { seedCbcDecrypt } from "./seed.js";

/** Encryption that kofin cannot undo; the message says which. */
export class UnknownEncryption extends Error {}

/** More would stop a server for seconds; real files have some thousand rounds. */
const MOST_ROUNDS = 2_000_000;

/**
 * Decrypts with the scheme that an AlgorithmIdentifier names.
 * @returns undefined when the padding says that the password is another one. Data that looks right still has to be read: one wrong
 * password in 256 leaves something that looks like padding.
 * @throws UnknownEncryption; another Error when the identifier is malformed
 */
export async function decrypt(algorithm: Asn1, data: string, password: string): Promise<string | undefined> {
  const name = oid(child(algorithm, 0));
  const cipher = await cipherFor(name, algorithm, password);
  if (data.length === 0 || data.length % cipher.block !== 0) throw new Error("not whole blocks");
  return withoutPadding(cipher.decrypt(data), cipher.block);
}

interface Cipher {
  block: number;
  decrypt: (data: string) => string;
}

const KISA = "1.2.410.200004.1";
/** The name of PBE with SEED and SHA-1; and its predecessor, named like the bare cipher. */
export const SEED_WITH_SHA1 = `${KISA}.15`;
const SEED_CBC = `${KISA}.4`;
const OLD_IV = toBytes("0123456789012345");
export const PBES2 = "1.2.840.113549.1.5.13";
export const PBKDF2 = "1.2.840.113549.1.5.12";
const PKCS12 = "1.2.840.113549.1.12.1.";

async function cipherFor(name: string, algorithm: Asn1, password: string): Promise<Cipher> {
  if (name === PBES2) return pbes2(child(algorithm, 1), password);
  const seed = name === SEED_WITH_SHA1 || name === SEED_CBC;
  const scheme = name.startsWith(PKCS12) ? PKCS12_SCHEMES[name.slice(PKCS12.length)] : undefined;
  if (!seed && !scheme) throw unknown(name);
  const derivation = derivationOf(sequence(child(algorithm, 1)));
  if (scheme) return scheme(password, derivation);
  const derived = pbkdf1(password, derivation);
  const iv = name === SEED_CBC ? OLD_IV : ivOf(derived);
  return seedCipher(derived.subarray(0, 16), iv);
}

/** The IV of SEED with SHA-1: of the four bytes that the key leaves, hashed. */
export function ivOf(derived: Uint8Array): Uint8Array {
  return iteratedHash("SHA-1", derived.subarray(16, 20), 1).subarray(0, 16);
}

function derivationOf([salt, rounds]: Asn1[]): Derivation {
  const asked = count(rounds);
  if (asked < 1 || asked > MOST_ROUNDS) throw unknown(`${asked} rounds of key derivation`);
  return { salt: octets(salt), rounds: asked };
}

function seedCipher(key: Uint8Array, iv: Uint8Array): Cipher {
  return { block: 16, decrypt: (data) => toBinary(seedCbcDecrypt(key, iv, toBytes(data))) };
}

type Pkcs12Scheme = (password: string, derivation: Derivation) => Cipher;

const PKCS12_SCHEMES: Readonly<Record<string, Pkcs12Scheme>> = {
  "3": pkcs12(24, (key) => forge.cipher.createDecipher("3DES-CBC", key)),
  "4": pkcs12(16, (key) => forge.cipher.createDecipher("3DES-CBC", key + key.slice(0, 8))),
  "5": pkcs12(16, (key) => forge.rc2.createDecryptionCipher(key, 128)),
  "6": pkcs12(5, (key) => forge.rc2.createDecryptionCipher(key, 40)),
};

function pkcs12(bytes: number, make: (key: string) => ForgeDecipher): Pkcs12Scheme {
  return (password, derivation) => {
    const derive = (purpose: number, size: number) =>
      toBinary(pkcs12Kdf(password, { ...derivation, hash: "SHA-1" }, purpose, size));
    return forgeCipher(8, make(derive(PURPOSE.key, bytes)), derive(PURPOSE.iv, 8));
  };
}

/** What node-forge's ciphers have in common; those of RC2 are typed otherwise. */
interface ForgeDecipher {
  start(options: never): void;
  update(data: forge.util.ByteBuffer): void;
  finish(unpad?: () => boolean): boolean;
  output: forge.util.ByteBuffer;
}

function forgeCipher(block: number, decipher: ForgeDecipher, iv: string): Cipher {
  return {
    block,
    decrypt(data) {
      // RC2 takes the IV itself where the others take it by name.
      const isRc2 = !("mode" in decipher);
      decipher.start((isRc2 ? iv : { iv }) as never);
      decipher.update(forge.util.createBuffer(data));
      // Padding is taken away in one place for all ciphers, below.
      decipher.finish(() => true);
      return decipher.output.getBytes();
    },
  };
}

async function pbes2(parameters: Asn1, password: string): Promise<Cipher> {
  const [kdf, scheme] = [child(parameters, 0), child(parameters, 1)];
  const kdfName = oid(child(kdf, 0));
  if (kdfName !== PBKDF2) throw unknown(kdfName);
  const schemeName = oid(child(scheme, 0));
  const found = SCHEMES[schemeName];
  if (!found) throw unknown(schemeName);
  const iv = octets(child(scheme, 1));
  const wanted = sequence(child(kdf, 1));
  const derivation = { ...derivationOf(wanted), prf: prfOf(wanted) };
  return found.make(await pbkdf2(password, derivation, found.bytes), iv);
}

/** HMAC with SHA-1 unless the parameters say otherwise. The length of the key, which may stand before, is the cipher's anyway. */
function prfOf(parameters: readonly Asn1[]): Prf {
  const named = parameters.slice(2).find(({ type }) => type === asn1.Type.SEQUENCE);
  if (!named) return "SHA-1";
  const name = oid(child(typed(named, asn1.Type.SEQUENCE), 0));
  const prf = PRFS[name];
  if (!prf) throw unknown(name);
  return prf;
}

export const HMAC_SHA256 = "1.2.840.113549.2.9";

const PRFS: Readonly<Record<string, Prf>> = {
  "1.2.840.113549.2.7": "SHA-1",
  [HMAC_SHA256]: "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
};

interface Scheme {
  bytes: number;
  make: (key: Uint8Array, iv: string) => Cipher;
}

const aes = (bytes: number): Scheme => ({
  bytes,
  make: (key, iv) => forgeCipher(16, forge.cipher.createDecipher("AES-CBC", toBinary(key)), iv),
});

export const AES_256_CBC = "2.16.840.1.101.3.4.1.42";

const SCHEMES: Readonly<Record<string, Scheme>> = {
  [SEED_CBC]: { bytes: 16, make: (key, iv) => seedCipher(key, toBytes(iv)) },
  "2.16.840.1.101.3.4.1.2": aes(16),
  "2.16.840.1.101.3.4.1.22": aes(24),
  [AES_256_CBC]: aes(32),
  "1.2.840.113549.3.7": {
    bytes: 24,
    make: (key, iv) => forgeCipher(8, forge.cipher.createDecipher("3DES-CBC", toBinary(key)), iv),
  },
  "1.2.410.200046.1.1.2": aria(16),
  "1.2.410.200046.1.1.7": aria(24),
  "1.2.410.200046.1.1.12": aria(32),
};

/** ARIA is there where the platform's own OpenSSL has it: on Node. Asked of the process, so that bundlers do not stumble over it. */
function aria(bytes: number): Scheme {
  return {
    bytes,
    make(key, iv) {
      const name = `aria-${8 * bytes}-cbc`;
      const node = globalThis.process?.getBuiltinModule?.("node:crypto");
      if (!node?.getCiphers().includes(name)) throw unknown(`${name}, which this platform does not have`);
      const decipher = node.createDecipheriv(name, key, toBytes(iv)).setAutoPadding(false);
      return { block: 16, decrypt: (data) => toBinary(decipher.update(toBytes(data))) };
    },
  };
}

/** PKCS#7 padding, every byte of it. */
function withoutPadding(data: string, block: number): string | undefined {
  const size = data.charCodeAt(data.length - 1);
  const padding = String.fromCharCode(size).repeat(size);
  return size >= 1 && size <= block && data.endsWith(padding) ? data.slice(0, -size) : undefined;
}

function unknown(what: string): UnknownEncryption {
  return new UnknownEncryption(what);
}

/** An EncryptedPrivateKeyInfo, taken apart. */
export function encryptedParts(der: string): { algorithm: Asn1; data: string } {
  const [algorithm, data] = sequence(parse(der, false));
  if (!algorithm) throw new Error("ends early");
  return { algorithm, data: octets(data) };
}
