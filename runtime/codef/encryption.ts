import type { Fault } from "../call/fault.js";
import type { Encrypt } from "./rsa.js";

/** A secret: plain text, which is encrypted before it is sent, or a value that was encrypted elsewhere with the same key. */
export type Encryptable = string | { encrypted: string };

/** What leaves for a secret. */
export async function toCipher(secret: unknown, publicKey: string | undefined, fault: Fault): Promise<string> {
  // An unused password field is sent as "" by CODEF's own samples.
  if (secret === "") return "";
  if (typeof secret === "object" && secret !== null && "encrypted" in secret && typeof secret.encrypted === "string") {
    return secret.encrypted;
  }
  if (typeof secret !== "string") throw fault("INPUT_INVALID", "must be a string or { encrypted: string }");
  if (!publicKey) {
    const mend = "pass `publicKey` to createCodef (codef.io → 키관리), or { encrypted: … } if it is encrypted already";
    throw fault("PUBLIC_KEY_MISSING", `leaves encrypted: ${mend}`);
  }
  const encrypt = await encryptWith(publicKey, fault);
  try {
    return encrypt(secret);
  } catch {
    throw fault("INPUT_INVALID", "is too long for the public key");
  }
}

let known: { publicKey: string; encrypt: Encrypt } | undefined;

async function encryptWith(publicKey: string, fault: Fault): Promise<Encrypt> {
  const { createEncrypt } = await import("./rsa.js");
  if (known?.publicKey === publicKey) return known.encrypt;
  try {
    known = { publicKey, encrypt: createEncrypt(publicKey) };
    return known.encrypt;
  } catch {
    throw fault("PUBLIC_KEY_INVALID", "cannot be encrypted: `publicKey` is no RSA public key (base64 or PEM)");
  }
}
