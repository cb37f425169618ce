/**
 * `npx tsx test/certificate/make-fixtures.ts`: makes the certificates in `fixtures/` anew, of keys that it makes up. Nothing of kofin is
 * used for it, so that kofin cannot agree with itself: SEED is that of the package kisa-seed and of OpenSSL, everything else
 * Node's and OpenSSL's. Needs OpenSSL 3 with its legacy provider.
 */
import { execFileSync } from "node:child_process";
import {
  createCipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
} from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KISA_SEED_CBC } from "kisa-seed";
import forge from "node-forge";
import { integer, nothing, octets, oid, primitive, random, sequence, set, tagged, utf8 } from "./der.js";

export const PASSWORD = "fabricated-password!1";
const ROUNDS = 2048;
const folder = fileURLToPath(new URL("fixtures/", import.meta.url));

type Bytes = Buffer;

/** PKCS#8 with the attribute that institutions identify the owner of a key by. */
export function withRandomNumber(key: KeyObject, number: Bytes): Bytes {
  const inner = key.export({ format: "der", type: "pkcs1" });
  const attribute = sequence(
    oid("1.2.410.200004.10.1.1.3"),
    set(Buffer.concat([Buffer.of(3, number.length + 1, 0), number])),
  );
  return sequence(integer(0), sequence(oid("1.2.840.113549.1.1.1"), nothing()), octets(inner), tagged(0, attribute));
}

interface Wanted {
  policy: string;
  commonName: string;
  usage?: "signature" | "encryption";
  from?: string;
  until?: string;
  serial?: string;
}

/** A certificate for `key`, issued by a made-up authority. */
function certificate(key: KeyObject, authority: KeyObject, wanted: Wanted): Bytes {
  const {
    policy,
    commonName,
    usage = "signature",
    from = "2024-01-01",
    until = "2098-12-31",
    serial = "1a2b3c",
  } = wanted;
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicPem(key)) as forge.pki.rsa.PublicKey;
  made.serialNumber = serial;
  made.validity.notBefore = new Date(`${from}T00:00:00Z`);
  made.validity.notAfter = new Date(`${until}T14:59:59Z`);
  const part = (shortName: string, value: string) => ({
    shortName,
    value,
    valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
  });
  const country = { shortName: "C", value: "kr" };
  made.setIssuer([country, part("O", "fabricated"), part("OU", "AccreditedCA"), part("CN", "fabricatedCA Class 1")]);
  made.setSubject([country, part("O", "fabricated"), part("OU", "personal4IB"), part("CN", commonName)]);
  made.setExtensions([
    { id: "2.5.29.32", critical: true, value: sequence(sequence(oid(policy))).toString("binary") },
    usage === "signature"
      ? { name: "keyUsage", critical: true, digitalSignature: true, nonRepudiation: true }
      : { name: "keyUsage", critical: true, keyEncipherment: true },
    {
      id: "2.5.29.17",
      value: sequence(tagged(0, oid("1.2.410.200004.10.1.1"), tagged(0, identity()))).toString("binary"),
    },
  ]);
  made.sign(forge.pki.privateKeyFromPem(privatePem(authority)), forge.md.sha256.create());
  return Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(made)).getBytes(), "binary");
}

/** The name and the hash (VID) by which institutions identify the owner, as in real ones; of nobody. */
function identity(): Bytes {
  const vid = sequence(sequence(oid("2.16.840.1.101.3.4.2.1")), tagged(0, octets(randomBytes(32))));
  return sequence(utf8("홍길동"), sequence(sequence(oid("1.2.410.200004.10.1.1.1"), vid)));
}

function publicPem(key: KeyObject): string {
  const pem = key.export({ format: "pem", type: "pkcs8" });
  return execFileSync("openssl", ["pkey", "-pubout"], { input: pem, encoding: "utf8" });
}

function privatePem(key: KeyObject): string {
  return String(key.export({ format: "pem", type: "pkcs1" }));
}

function pbkdf1(password: string, salt: Bytes): Bytes {
  let hash = Buffer.concat([Buffer.from(password), salt]);
  for (let i = 0; i < ROUNDS; i++) hash = createHash("sha1").update(hash).digest();
  return hash;
}

const encryptedKey = (algorithm: Bytes, data: Bytes) => sequence(algorithm, octets(data));

/** SEED of KISA's own reference code, as npm has it. */
function seed(key: Bytes, iv: Bytes, data: Bytes): Bytes {
  return Buffer.from(KISA_SEED_CBC.SEED_CBC_Encrypt(key, iv, data, 0, data.length));
}

/** PBES1, the usual form: the IV comes from the password, too. */
function seedKey(pkcs8: Bytes): Bytes {
  const salt = random(8);
  const derived = pbkdf1(PASSWORD, salt);
  const iv = createHash("sha1").update(derived.subarray(16)).digest().subarray(0, 16);
  const algorithm = sequence(oid("1.2.410.200004.1.15"), sequence(octets(salt), integer(ROUNDS)));
  return encryptedKey(algorithm, seed(derived.subarray(0, 16), iv, pkcs8));
}

/** PBES1 of the first years: one IV for everybody. */
function oldSeedKey(pkcs8: Bytes): Bytes {
  const salt = random(8);
  const algorithm = sequence(oid("1.2.410.200004.1.4"), sequence(octets(salt), integer(ROUNDS)));
  return encryptedKey(algorithm, seed(pbkdf1(PASSWORD, salt).subarray(0, 16), Buffer.from("0123456789012345"), pkcs8));
}

interface Pbes2 {
  scheme: string;
  bytes: number;
  block: number;
  prf?: { oid: string; hash: string };
  encrypt(key: Bytes, iv: Bytes, data: Bytes): Bytes;
}

function pbes2Key(pkcs8: Bytes, { scheme, bytes, block, prf, encrypt }: Pbes2): Bytes {
  const [salt, iv] = [random(8), random(block)];
  const key = pbkdf2Sync(PASSWORD, salt, ROUNDS, bytes, prf?.hash ?? "sha1");
  const kdf = sequence(octets(salt), integer(ROUNDS), ...(prf ? [sequence(oid(prf.oid), nothing())] : []));
  const parameters = sequence(sequence(oid("1.2.840.113549.1.5.12"), kdf), sequence(oid(scheme), octets(iv)));
  return encryptedKey(sequence(oid("1.2.840.113549.1.5.13"), parameters), encrypt(key, iv, pkcs8));
}

const nodes = (name: string) => (key: Bytes, iv: Bytes, data: Bytes) => {
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
};

const openssl = (name: string) => (key: Bytes, iv: Bytes, data: Bytes) =>
  execFileSync(
    "openssl",
    [
      "enc",
      `-${name}`,
      "-provider",
      "legacy",
      "-provider",
      "default",
      "-K",
      key.toString("hex"),
      "-iv",
      iv.toString("hex"),
    ],
    { input: data },
  );

const SHA256 = { oid: "1.2.840.113549.2.9", hash: "sha256" };

const FORMS: Readonly<Record<string, (pkcs8: Bytes) => Bytes>> = {
  "seed-pbes1": seedKey,
  "seed-pbes1-old": oldSeedKey,
  "seed-pbes2": (key) =>
    pbes2Key(key, { scheme: "1.2.410.200004.1.4", bytes: 16, block: 16, encrypt: openssl("seed-cbc") }),
  "aes256-pbes2": (key) =>
    pbes2Key(key, {
      scheme: "2.16.840.1.101.3.4.1.42",
      bytes: 32,
      block: 16,
      prf: SHA256,
      encrypt: nodes("aes-256-cbc"),
    }),
  "3des-pbes2": (key) =>
    pbes2Key(key, { scheme: "1.2.840.113549.3.7", bytes: 24, block: 8, encrypt: nodes("des-ede3-cbc") }),
  "aria256-pbes2": (key) =>
    pbes2Key(key, {
      scheme: "1.2.410.200046.1.1.12",
      bytes: 32,
      block: 16,
      prf: SHA256,
      encrypt: nodes("aria-256-cbc"),
    }),
};

/** `openssl pkcs12 -export`: certificate and key, but no attributes of the key. */
const PFX_FORMS: Readonly<Record<string, string[]>> = {
  "openssl-3des-rc2": ["-legacy", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-RC2-40", "-macalg", "sha1"],
  "openssl-3des": ["-legacy", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"],
  "openssl-aes": [],
  "openssl-seed": ["-legacy", "-keypbe", "SEED-CBC", "-certpbe", "SEED-CBC", "-macalg", "sha1"],
};

function pfx(key: KeyObject, der: Bytes, options: string[], temporary: string): Bytes {
  const [keyPem, certificatePem] = [join(temporary, "key.pem"), join(temporary, "certificate.pem")];
  writeFileSync(keyPem, key.export({ format: "pem", type: "pkcs8" }));
  const body = der.toString("base64").replace(/.{64}/g, "$&\n");
  writeFileSync(certificatePem, `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
  const out = join(temporary, "made.pfx");
  const files = ["-inkey", keyPem, "-in", certificatePem, "-out", out];
  execFileSync("openssl", ["pkcs12", "-export", ...options, ...files, "-passout", `pass:${PASSWORD}`]);
  return readFileSync(out);
}

const PKCS12 = "1.2.840.113549.1.12";
const DATA = "1.2.840.113549.1.7.1";

/** What agents and browsers write: the key as it is in 3DES, the certificate in RC2 with 40 bits. */
function agentPfx(pkcs8: Bytes, der: Bytes): Bytes {
  const derive = (salt: Bytes, purpose: number, bytes: number) =>
    binary(
      forge.pkcs12.generateKey(PASSWORD, forge.util.createBuffer(salt.toString("binary")), purpose, ROUNDS, bytes),
    );
  const algorithm = (scheme: number, salt: Bytes) =>
    sequence(oid(`${PKCS12}.1.${scheme}`), sequence(octets(salt), integer(ROUNDS)));
  const [keySalt, certificateSalt, macSalt] = [random(8), random(8), random(8)];
  const hiddenKey = nodes("des-ede3-cbc")(derive(keySalt, 1, 24), derive(keySalt, 2, 8), pkcs8);
  const keyBag = sequence(oid(`${PKCS12}.10.1.2`), tagged(0, sequence(algorithm(3, keySalt), octets(hiddenKey))));
  const x509 = sequence(oid("1.2.840.113549.1.9.22.1"), tagged(0, octets(der)));
  const bags = sequence(sequence(oid(`${PKCS12}.10.1.3`), tagged(0, x509)));
  const rc2 = forge.rc2.createEncryptionCipher(derive(certificateSalt, 1, 5).toString("binary"), 40);
  rc2.start(derive(certificateSalt, 2, 8).toString("binary"));
  rc2.update(forge.util.createBuffer(bags.toString("binary")));
  rc2.finish();
  const hidden = sequence(oid(DATA), algorithm(6, certificateSalt), primitive(0, binary(rc2.output)));
  const content = sequence(
    sequence(oid("1.2.840.113549.1.7.6"), tagged(0, sequence(integer(0), hidden))),
    sequence(oid(DATA), tagged(0, octets(sequence(keyBag)))),
  );
  const digest = createHmac("sha1", derive(macSalt, 3, 20))
    .update(content)
    .digest();
  const mac = sequence(
    sequence(sequence(oid("1.3.14.3.2.26"), nothing()), octets(digest)),
    octets(macSalt),
    integer(ROUNDS),
  );
  return sequence(integer(3), sequence(oid(DATA), tagged(0, octets(content))), mac);
}

function binary(buffer: forge.util.ByteBuffer): Bytes {
  return Buffer.from(buffer.getBytes(), "binary");
}

function newKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

function main(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: Bytes | string) => writeFileSync(join(folder, name), content);
  const temporary = mkdtempSync(join(tmpdir(), "kofin-"));
  const [authority, key, other] = [newKey(), newKey(), newKey()];
  const person = { policy: "1.2.410.200005.1.1.4", commonName: "홍길동()000404120160617142257" };
  const der = certificate(key, authority, person);
  const pkcs8 = withRandomNumber(key, randomBytes(20));

  write("signCert.der", der);
  write("pkcs8.der", pkcs8);
  for (const [name, make] of Object.entries(FORMS)) write(`signPri.${name}.key`, make(pkcs8));
  write("converted.key", seedKey(key.export({ format: "der", type: "pkcs8" })));
  write("expired.der", certificate(key, authority, { ...person, from: "2019-01-01", until: "2020-01-01" }));
  write(
    "corporate.der",
    certificate(other, authority, {
      policy: "1.2.410.200004.5.4.1.2",
      commonName: "(주)만든회사()000409",
      serial: "00f1",
    }),
  );
  write("kmCert.der", certificate(key, authority, { ...person, usage: "encryption" }));
  for (const [name, options] of Object.entries(PFX_FORMS)) write(`${name}.pfx`, pfx(key, der, options, temporary));
  write("agent-3des-rc2.pfx", agentPfx(pkcs8, der));
  rmSync(temporary, { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
