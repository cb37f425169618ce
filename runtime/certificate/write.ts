/**
 * From one form to another without touching the key: its PKCS#8 bytes, and with them the random number, stay what they are.
 * @module
 */
import forge from "node-forge";
import { type Asn1, asn1, toBinary, toBytes } from "./asn1.js";
import { algorithm, der, integer, name, nothing, octets, sequence, set, tag } from "./der.js";
import { AES_256_CBC, HMAC_SHA256, ivOf, PBES2, PBKDF2, SEED_WITH_SHA1 } from "./encryption.js";
import { DIGEST_OIDS, type HashName } from "./hash.js";
import { pbkdf1, pbkdf2, pkcs12Mac } from "./key-derivation.js";
import { BAG, DATA, ENCRYPTED_DATA, X509_CERTIFICATE } from "./read-pfx.js";
import { seedCbcEncrypt } from "./seed.js";

/** What Korean programs and OpenSSL use. */
export const ROUNDS = 2048;

/** A plain text, encrypted: the AlgorithmIdentifier that says how, and the data. */
export interface Encrypted {
  algorithm: Asn1;
  data: string;
}

/** How the two parts of a pfx are encrypted, and the hash of its MAC. */
export interface PfxForm {
  key: (plain: string, password: string) => Promise<Encrypted>;
  certificate: (plain: string, password: string) => Promise<Encrypted>;
  mac: HashName;
}

/** As OpenSSL 3 writes it. */
const AES: PfxForm = { key: aes256, certificate: aes256, mac: "SHA-256" };

/** A signPri.key: SEED with a key by PBKDF1. */
export function keyFile(pkcs8: string, password: string): string {
  const salt = random(8);
  const derived = pbkdf1(password, { salt, rounds: ROUNDS });
  const data = seedCbcEncrypt(derived.subarray(0, 16), ivOf(derived), toBytes(padded(pkcs8)));
  return encryptedKey({
    algorithm: algorithm(SEED_WITH_SHA1, sequence(octets(salt), integer(ROUNDS))),
    data: toBinary(data),
  });
}

/** An EncryptedPrivateKeyInfo. */
export function encryptedKey({ algorithm, data }: Encrypted): string {
  return der(sequence(algorithm, octets(data)));
}

/** A pfx of a certificate and a key. */
export async function pfxFile(certificate: string, pkcs8: string, password: string, form = AES): Promise<string> {
  const id = forge.md.sha1.create().update(certificate).digest().getBytes();
  // What says that certificate and key belong together.
  const attributes = set(sequence(name("1.2.840.113549.1.9.21"), set(octets(id))));
  const bag = (kind: string, content: Asn1) => der(sequence(sequence(name(BAG + kind), tag(content), attributes)));
  const key = await form.key(pkcs8, password);
  const keys = bag("2", sequence(key.algorithm, octets(key.data)));
  const certificates = bag("3", sequence(name(X509_CERTIFICATE), tag(octets(certificate))));
  const hidden = await form.certificate(certificates, password);
  const implicit = asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, false, hidden.data);
  const encryptedData = sequence(integer(0), sequence(name(DATA), hidden.algorithm, implicit));
  const content = der(
    sequence(sequence(name(ENCRYPTED_DATA), tag(encryptedData)), sequence(name(DATA), tag(octets(keys)))),
  );
  const salt = random(8);
  const digest = await pkcs12Mac(password, { salt, rounds: ROUNDS, hash: form.mac }, content);
  const digestInfo = sequence(algorithm(DIGEST_OIDS[form.mac], nothing()), octets(digest));
  const mac = sequence(digestInfo, octets(salt), integer(ROUNDS));
  return der(sequence(integer(3), sequence(name(DATA), tag(octets(content))), mac));
}

async function aes256(plain: string, password: string): Promise<Encrypted> {
  const [salt, iv] = [random(16), random(16)];
  const key = await pbkdf2(password, { salt, rounds: ROUNDS, prf: "SHA-256" }, 32);
  const cipher = forge.cipher.createCipher("AES-CBC", toBinary(key));
  cipher.start({ iv });
  cipher.update(forge.util.createBuffer(plain));
  cipher.finish();
  const kdf = algorithm(PBKDF2, sequence(octets(salt), integer(ROUNDS), algorithm(HMAC_SHA256, nothing())));
  const scheme = sequence(kdf, algorithm(AES_256_CBC, octets(iv)));
  return { algorithm: algorithm(PBES2, scheme), data: cipher.output.getBytes() };
}

/** PKCS#7 padding for blocks of 16 bytes. */
export function padded(data: string): string {
  const size = 16 - (data.length % 16);
  return data + String.fromCharCode(size).repeat(size);
}

export function random(bytes: number): string {
  return toBinary(crypto.getRandomValues(new Uint8Array(bytes)));
}
