/**
 * Certificates of people who do not exist, in every form that real ones come in.
 * @module
 */
import {
  createCipheriv,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
  sign,
} from "node:crypto";
import forge from "node-forge";
import { type Asn1, asn1, parse, toBinary, toBytes } from "../../../runtime/certificate/asn1.js";
import {
  algorithm,
  der,
  integer,
  name,
  nothing,
  octets,
  sequence,
  set,
  tag,
} from "../../../runtime/certificate/der.js";
import { PBES2, PBKDF2 } from "../../../runtime/certificate/encryption.js";
import { PURPOSE, pbkdf1, pkcs12Kdf } from "../../../runtime/certificate/key-derivation.js";
import { seedCbcEncrypt } from "../../../runtime/certificate/seed.js";
import {
  type Encrypted,
  encryptedKey,
  keyFile,
  padded,
  pfxFile,
  ROUNDS,
  random,
} from "../../../runtime/certificate/write.js";
import type { SandboxCertificate, SandboxCertificateOptions } from "./types.js";

/** @throws Error for a form that there is not */
export async function fabricate(options: SandboxCertificateOptions, now: number): Promise<SandboxCertificate> {
  const { password = "sandbox-certificate", keyForm = "seed", pfxForm = "3des-rc2", randomNumber = true } = options;
  const key = keyOf(options.name ?? DEFAULT_NAME);
  const pkcs8 = privateKeyInfo(key, randomNumber);
  const certificate = x509(key, options, now);
  const makeKey = KEY_FORMS[keyForm];
  if (!makeKey) throw new Error(`keyForm is one of ${Object.keys(KEY_FORMS).join(", ")}`);
  const form = PFX_FORMS[pfxForm];
  if (!form) throw new Error(`pfxForm is one of ${Object.keys(PFX_FORMS).join(", ")}`);
  return {
    certificate: toBytes(certificate),
    key: toBytes(makeKey(pkcs8, password)),
    pfx: toBytes(await form(certificate, pkcs8, password)),
    password,
  };
}

const DEFAULT_NAME = "홍길동";

/** Making a key takes a noticeable moment, so a person has one key for the whole process. */
const keys = new Map<string, KeyObject>();

function keyOf(person: string): KeyObject {
  const key = keys.get(person) ?? generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  keys.set(person, key);
  return key;
}

/** PKCS#8, with the attribute that institutions identify the owner by. */
function privateKeyInfo(key: KeyObject, randomNumber: boolean): string {
  const inner = key.export({ format: "der", type: "pkcs1" }).toString("binary");
  const number = bitString(random(20));
  const attributes = randomNumber ? [tag(sequence(name("1.2.410.200004.10.1.1.3"), set(number)))] : [];
  return der(sequence(integer(0), algorithm("1.2.840.113549.1.1.1", nothing()), octets(inner), ...attributes));
}

const DAY = 86_400_000;
const SIGNATURE = "1.2.840.113549.1.1.11";

function x509(key: KeyObject, options: SandboxCertificateOptions, now: number): string {
  const {
    name: person = DEFAULT_NAME,
    policy = "1.2.410.200005.1.1.4",
    purpose = "signature",
    expired = false,
  } = options;
  // By the clock of the sandbox and by that of the client, which need not be the same.
  const clocks = [now, Date.now()];
  const [earliest, latest] = [Math.min(...clocks), Math.max(...clocks)];
  const from = date(options.validFrom, earliest - (expired ? 400 : 30) * DAY);
  const until = date(options.validUntil, expired ? earliest - 30 * DAY : latest + 335 * DAY);
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).toString("binary");
  const usage = purpose === "signature" ? "\xc0" : "\x20";
  const tbs = sequence(
    tag(integer(2)),
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.INTEGER, false, `\x01${random(8)}`),
    algorithm(SIGNATURE, nothing()),
    distinguished("kofin Sandbox CA", "AccreditedCA"),
    sequence(time(from), time(until)),
    distinguished(`${person}()0004${"0".repeat(18)}`, "personal"),
    parse(publicKey),
    tag(
      sequence(extension("2.5.29.32", sequence(sequence(name(policy)))), extension("2.5.29.15", bitString(usage))),
      3,
    ),
  );
  const signature = sign("sha256", Buffer.from(der(tbs), "binary"), keyOf("kofin Sandbox CA")).toString("binary");
  return der(sequence(tbs, algorithm(SIGNATURE, nothing()), bitString(signature)));
}

function date(given: Date | string | undefined, otherwise: number): Date {
  const found = given === undefined ? new Date(otherwise) : new Date(given);
  if (Number.isNaN(found.getTime())) throw new Error("validFrom and validUntil are dates, such as 2026-12-31");
  return found;
}

function distinguished(commonName: string, unit: string): Asn1 {
  const part = (type: string, value: string) => set(sequence(name(type), utf8(value)));
  return sequence(
    part("2.5.4.6", "kr"),
    part("2.5.4.10", "kofin"),
    part("2.5.4.11", unit),
    part("2.5.4.3", commonName),
  );
}

function utf8(text: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.UTF8, false, forge.util.encodeUtf8(text));
}

function time(at: Date): Asn1 {
  const isShort = at.getUTCFullYear() < 2050;
  const type = isShort ? asn1.Type.UTCTIME : asn1.Type.GENERALIZEDTIME;
  const text = isShort ? asn1.dateToUtcTime(at) : asn1.dateToGeneralizedTime(at);
  return asn1.create(asn1.Class.UNIVERSAL, type, false, text);
}

function extension(type: string, value: Asn1): Asn1 {
  return sequence(name(type), octets(der(value)));
}

function bitString(bytes: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\0${bytes}`);
}

type Bytes = Uint8Array;
type Cipher = (key: Bytes, iv: Bytes, plain: string) => string;

const seed: Cipher = (key, iv, plain) => toBinary(seedCbcEncrypt(key, iv, toBytes(padded(plain))));

function platform(cipher: string): Cipher {
  return (key, iv, plain) => {
    const made = createCipheriv(cipher, key, iv);
    return Buffer.concat([made.update(toBytes(plain)), made.final()]).toString("binary");
  };
}

function pbes2(oid: string, bytes: number, block: number, cipher: Cipher) {
  return (plain: string, password: string): Encrypted => {
    const [salt, iv] = [randomBytes(8), randomBytes(block)];
    const key = pbkdf2Sync(password, salt, ROUNDS, bytes, "sha1");
    const kdf = algorithm(PBKDF2, sequence(octets(toBinary(salt)), integer(ROUNDS)));
    const scheme = algorithm(oid, octets(toBinary(iv)));
    return { algorithm: algorithm(PBES2, sequence(kdf, scheme)), data: cipher(key, iv, plain) };
  };
}

/** The first form of SEED, with one IV for everybody. */
function oldSeed(plain: string, password: string): Encrypted {
  const salt = random(8);
  const key = pbkdf1(password, { salt, rounds: ROUNDS }).subarray(0, 16);
  const parameters = sequence(octets(salt), integer(ROUNDS));
  return {
    algorithm: algorithm("1.2.410.200004.1.4", parameters),
    data: seed(key, toBytes("0123456789012345"), plain),
  };
}

type KeyForm = NonNullable<SandboxCertificateOptions["keyForm"]>;
type PfxForm = NonNullable<SandboxCertificateOptions["pfxForm"]>;

const seedPbes2 = pbes2("1.2.410.200004.1.4", 16, 16, seed);
const aes = pbes2("2.16.840.1.101.3.4.1.42", 32, 16, platform("aes-256-cbc"));
const tripleDes = pbes2("1.2.840.113549.3.7", 24, 8, platform("des-ede3-cbc"));

const KEY_FORMS: Readonly<Record<KeyForm, (pkcs8: string, password: string) => string>> = {
  seed: keyFile,
  "seed-old": (pkcs8, password) => encryptedKey(oldSeed(pkcs8, password)),
  "seed-pbes2": (pkcs8, password) => encryptedKey(seedPbes2(pkcs8, password)),
  aes: (pkcs8, password) => encryptedKey(aes(pkcs8, password)),
  "3des": (pkcs8, password) => encryptedKey(tripleDes(pkcs8, password)),
};

function pkcs12(scheme: number, bytes: number, cipher: Cipher) {
  return async (plain: string, password: string): Promise<Encrypted> => {
    const salt = random(8);
    const derive = (purpose: number, size: number) =>
      pkcs12Kdf(password, { salt, rounds: ROUNDS, hash: "SHA-1" }, purpose, size);
    const parameters = sequence(octets(salt), integer(ROUNDS));
    return {
      algorithm: algorithm(`1.2.840.113549.1.12.1.${scheme}`, parameters),
      data: cipher(derive(PURPOSE.key, bytes), derive(PURPOSE.iv, 8), plain),
    };
  };
}

const rc2: Cipher = (key, iv, plain) => {
  const cipher = forge.rc2.createEncryptionCipher(toBinary(key), 40);
  cipher.start(toBinary(iv));
  cipher.update(forge.util.createBuffer(plain));
  cipher.finish();
  return cipher.output.getBytes();
};

const pkcs12TripleDes = pkcs12(3, 24, platform("des-ede3-cbc"));

const PFX_FORMS: Readonly<Record<PfxForm, (certificate: string, pkcs8: string, password: string) => Promise<string>>> =
  {
    "3des-rc2": (...parts) => pfxFile(...parts, { key: pkcs12TripleDes, certificate: pkcs12(6, 5, rc2), mac: "SHA-1" }),
    "3des": (...parts) => pfxFile(...parts, { key: pkcs12TripleDes, certificate: pkcs12TripleDes, mac: "SHA-1" }),
    aes: (...parts) => pfxFile(...parts),
  };
