import { createCipheriv } from "node:crypto";

/** The AES-256-CBC key of a subscription: 32 and 16 characters, whose ASCII bytes it is. */
export interface Cipher {
  key: string;
  iv: string;
}

/** As it goes over the wire: base64. */
export function encrypt({ key, iv }: Cipher, text: string): string {
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  return cipher.update(text, "utf8", "base64") + cipher.final("base64");
}
