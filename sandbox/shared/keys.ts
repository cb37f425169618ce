import { constants, createPublicKey, generateKeyPairSync, type KeyObject, privateDecrypt } from "node:crypto";

export interface KeyPair {
  /** The public key as providers hand it out: base64 of the SubjectPublicKeyInfo, on one line. */
  publicKey: string;
  privateKey: KeyObject;
}

let pair: KeyPair | undefined;

/** One RSA pair of 2048 bits for the whole process: making one takes a noticeable moment, and tests make many sandboxes. */
export function sandboxKeys(): KeyPair {
  if (!pair) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" }).toString("base64");
    pair = { publicKey, privateKey };
  }
  return pair;
}

/**
 * Opens a PKCS#1 v1.5 message. Node refuses that padding on its own (CVE-2023-46809), so the raw block is taken and unwrapped
 * here; the timing leak that worried Node does not matter for a key that lives as long as a test.
 * @returns the plain text, or undefined when it was made with another key, another padding, or is no base64.
 */
export function decrypt(value: string, { privateKey }: KeyPair = sandboxKeys()): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  let block: Buffer;
  try {
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(value, "base64"));
  } catch {
    return undefined;
  }
  const end = block.indexOf(0, 2);
  const padded = block[0] === 0 && block[1] === 2 && end >= 10;
  return padded ? block.subarray(end + 1).toString("utf8") : undefined;
}
