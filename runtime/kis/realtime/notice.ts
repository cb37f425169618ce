/** The AES key of a feed, as it comes: 32 and 16 characters, whose ASCII bytes it is. */
export interface Cipher {
  key: string;
  iv: string;
}

/** Decrypts the payloads of one feed: AES-256-CBC with PKCS#7, base64 on the wire. */
export type Decrypt = (payload: string) => Promise<string>;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder();

/** The key is taken up once, when the feed is acknowledged. */
export function decryptWith({ key, iv }: Cipher): Decrypt {
  const vector = encoder.encode(iv);
  const imported = crypto.subtle.importKey("raw", encoder.encode(key), "AES-CBC", false, ["decrypt"]);
  // Asked for with the first notice; until then nobody waits for it.
  imported.catch(() => {});
  const algorithm = { name: "AES-CBC", iv: vector };
  return async (payload) => {
    const bytes = bytesOf(payload);
    return decoder.decode(await crypto.subtle.decrypt(algorithm, await imported, bytes));
  };
}

/** Of base64. `Uint8Array.from` with a function takes ten times as long. */
function bytesOf(payload: string): Uint8Array<ArrayBuffer> {
  const text = atob(payload);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
