/**
 * From one form to another without touching the key: its PKCS#8 bytes, and with them the random number, stay what they are.
 * @module
 */
import forge from "node-forge";
import { type Asn1, asn1, toBinary, toBytes } from "./asn1.js";
import { AES_256_CBC, HMAC_SHA256, ivOf, PBES2, PBKDF2, SEED_WITH_SHA1 } from "./encryption.js";
import { pbkdf1, pbkdf2, pkcs12Mac } from "./key-derivation.js";
import { BAG, DATA, ENCRYPTED_DATA, X509_CERTIFICATE } from "./read-pfx.js";
import { seedCbcEncrypt } from "./seed.js";

const { Class, Type } = asn1;
/** What Korean programs and OpenSSL use. */
const ROUNDS = 2048;

/** A signPri.key: SEED with a key by PBKDF1. */
export function keyFile(pkcs8: string, password: string): string {
  const salt = random(8);
  const derived = pbkdf1(password, { salt, rounds: ROUNDS });
  const data = seedCbcEncrypt(derived.subarray(0, 16), ivOf(derived), toBytes(padded(pkcs8)));
  const algorithm = sequence(name(SEED_WITH_SHA1), sequence(octets(salt), integer(ROUNDS)));
  return der(sequence(algorithm, octets(toBinary(data))));
}

/** A pfx as OpenSSL 3 writes it: AES-256 with PBKDF2, MAC with SHA-256. */
export async function pfxFile(certificate: string, pkcs8: string, password: string): Promise<string> {
  const id = forge.md.sha1.create().update(certificate).digest().getBytes();
  // What says that certificate and key belong together.
  const attributes = set(sequence(name("1.2.840.113549.1.9.21"), set(octets(id))));
  const bag = (kind: string, content: Asn1) => der(sequence(sequence(name(BAG + kind), tag(content), attributes)));
  const certificates = bag("3", sequence(name(X509_CERTIFICATE), tag(octets(certificate))));
  const shrouded = await encrypted(pkcs8, password);
  const keys = bag("2", sequence(shrouded.algorithm, octets(shrouded.data)));
  const { algorithm, data } = await encrypted(certificates, password);
  const hidden = sequence(name(DATA), algorithm, asn1.create(Class.CONTEXT_SPECIFIC, 0, false, data));
  const content = der(
    sequence(
      sequence(name(ENCRYPTED_DATA), tag(sequence(integer(0), hidden))),
      sequence(name(DATA), tag(octets(keys))),
    ),
  );
  const salt = random(8);
  const digest = await pkcs12Mac(password, { salt, rounds: ROUNDS, hash: "SHA-256" }, content);
  const sha256 = sequence(name("2.16.840.1.101.3.4.2.1"), asn1.create(Class.UNIVERSAL, Type.NULL, false, ""));
  const mac = sequence(sequence(sha256, octets(digest)), octets(salt), integer(ROUNDS));
  return der(sequence(integer(3), sequence(name(DATA), tag(octets(content))), mac));
}

async function encrypted(plain: string, password: string): Promise<{ algorithm: Asn1; data: string }> {
  const [salt, iv] = [random(16), random(16)];
  const key = await pbkdf2(password, { salt, rounds: ROUNDS, prf: "SHA-256" }, 32);
  const cipher = forge.cipher.createCipher("AES-CBC", toBinary(key));
  cipher.start({ iv });
  cipher.update(forge.util.createBuffer(plain));
  cipher.finish();
  const prf = sequence(name(HMAC_SHA256), asn1.create(Class.UNIVERSAL, Type.NULL, false, ""));
  const kdf = sequence(name(PBKDF2), sequence(octets(salt), integer(ROUNDS), prf));
  const algorithm = sequence(name(PBES2), sequence(kdf, sequence(name(AES_256_CBC), octets(iv))));
  return { algorithm, data: cipher.output.getBytes() };
}

function padded(data: string): string {
  const size = 16 - (data.length % 16);
  return data + String.fromCharCode(size).repeat(size);
}

function random(bytes: number): string {
  return toBinary(crypto.getRandomValues(new Uint8Array(bytes)));
}

function sequence(...value: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, value);
}

function set(...value: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, value);
}

/** Something behind an explicit tag [0]. */
function tag(content: Asn1): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [content]);
}

function name(oid: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(oid).getBytes());
}

function octets(bytes: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes);
}

function integer(number: number): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(number).getBytes());
}

function der(node: Asn1): string {
  return asn1.toDer(node).getBytes();
}
