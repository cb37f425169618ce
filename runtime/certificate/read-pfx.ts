/**
 * What is in a pfx: PKCS#12, RFC 7292.
 * @module
 */
import { type Asn1, asn1, child, children, count, octets, oid, parse, sequence, tagged } from "./asn1.js";
import { decrypt } from "./encryption.js";
import { DIGEST_OIDS, type HashName } from "./hash.js";
import { pkcs12Mac } from "./key-derivation.js";
import { type PrivateKey, readPrivateKey } from "./private-key.js";
import { readX509, type X509 } from "./x509.js";

export const DATA = "1.2.840.113549.1.7.1";
export const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
export const BAG = "1.2.840.113549.1.12.10.1.";
export const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";

export interface PfxContents {
  keys: PrivateKey[];
  certificates: X509[];
}

/**
 * Opens a pfx.
 * @returns undefined when the password is another one
 * @throws UnknownEncryption; another Error when it is malformed
 */
export async function readPfx(der: string, password: string): Promise<PfxContents | undefined> {
  const [, authenticated, mac] = sequence(parse(der, false));
  if (!authenticated || oid(child(authenticated, 0)) !== DATA) throw new Error("signed instead of protected by a MAC");
  const content = octets(child(authenticated, 1, 0));
  if (mac && !(await fits(mac, content, password))) return undefined;
  const found: PfxContents = { keys: [], certificates: [] };
  for (const info of sequence(parse(content))) {
    const safe = await safeIn(info, password);
    if (safe === undefined || !(await collect(sequence(parse(safe)), password, found))) return undefined;
  }
  return found;
}

const MAC_HASHES = Object.keys(DIGEST_OIDS) as HashName[];

/** Whether the MAC is one made with the password. One that kofin cannot make says nothing: then it is the key that has to fit. */
async function fits(mac: Asn1, content: string, password: string): Promise<boolean> {
  const named = oid(child(mac, 0, 0, 0));
  const hash = MAC_HASHES.find((name) => DIGEST_OIDS[name] === named);
  if (!hash) return true;
  const [digest, salt, rounds] = [octets(child(mac, 0, 1)), octets(child(mac, 1)), children(mac)[2]];
  const derivation = { salt, rounds: rounds ? count(rounds) : 1, hash };
  return (await pkcs12Mac(password, derivation, content)) === digest;
}

/** The SafeContents in a ContentInfo; undefined when the password is another one. */
async function safeIn(info: Asn1, password: string): Promise<string | undefined> {
  const type = oid(child(info, 0));
  if (type === DATA) return octets(child(info, 1, 0));
  if (type !== ENCRYPTED_DATA) throw new Error("protected by a key, not by a password");
  const encrypted = sequence(child(info, 1, 0, 1));
  const [, algorithm] = encrypted;
  const data = octets(tagged(encrypted, 0));
  if (!algorithm) throw new Error("ends early");
  return decrypt(algorithm, data, password);
}

/** Adds what is in the bags of a SafeContents. @returns false when the password is another one */
async function collect(bags: readonly Asn1[], password: string, found: PfxContents): Promise<boolean> {
  for (const bag of bags) {
    const content = child(bag, 1, 0);
    switch (oid(child(bag, 0)).replace(BAG, "")) {
      case "1": {
        const key = readPrivateKey(asn1.toDer(content).getBytes());
        if (key) found.keys.push(key);
        break;
      }
      case "2": {
        const [algorithm, data] = sequence(content);
        const opened = algorithm && (await decrypt(algorithm, octets(data), password));
        const key = opened === undefined ? undefined : readPrivateKey(opened);
        if (!key) return false;
        found.keys.push(key);
        break;
      }
      case "3":
        if (oid(child(content, 0)) === X509_CERTIFICATE) {
          found.certificates.push(readX509(octets(child(content, 1, 0))));
        }
        break;
      case "6":
        if (!(await collect(sequence(content), password, found))) return false;
        break;
      default:
      // Lists of revoked certificates and secrets of other kinds.
    }
  }
  return true;
}
