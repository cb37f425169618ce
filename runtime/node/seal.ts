/**
 * Texts that only a password opens.
 * @module
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";

/** How a text stands in a file. All parts are base64. */
export interface Sealed {
  salt: string;
  iv: string;
  tag: string;
  text: string;
}

export interface Sealer {
  /** `name` is sealed along: a text cannot be passed off as another one's. */
  seal(name: string, plain: string): Promise<Sealed>;
  /** @throws Error when the password, the name or the text is another one. */
  open(name: string, sealed: Sealed): Promise<string>;
}

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 12;

/** 32 MiB and some 100 ms a guess. A key is derived once for each salt, and one process writes with one salt. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 };

export function createSealer(password: string): Sealer {
  const keys = new Map<string, Promise<Buffer>>();
  const ownSalt = randomBytes(SALT_BYTES).toString("base64");
  const keyOf = (salt: string) => {
    const key = keys.get(salt) ?? derive(password, salt);
    keys.set(salt, key);
    return key;
  };
  return {
    async seal(name, plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, await keyOf(ownSalt), iv).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
      return { salt: ownSalt, iv: iv.toString("base64"), tag: cipher.getAuthTag().toString("base64"), text };
    },
    async open(name, { salt, iv, tag, text }) {
      const decipher = createDecipheriv(CIPHER, await keyOf(salt), Buffer.from(iv, "base64"), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(name)).setAuthTag(Buffer.from(tag, "base64"));
      return decipher.update(text, "base64", "utf8") + decipher.final("utf8");
    },
  };
}

function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, "base64"), KEY_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
