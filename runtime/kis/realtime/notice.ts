/** Decrypts the payloads of one feed: AES-256-CBC with PKCS#7, base64 on the wire, key and iv the ASCII bytes of their texts. */
export type Decrypt = (payload: string) => Promise<string>;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder();

/** The key is taken up once, when the feed is acknowledged. */
export function decryptWith({ key, iv }: { key: string; iv: string }): Decrypt {
  const vector = encoder.encode(iv);
  const imported = crypto.subtle.importKey("raw", encoder.encode(key), "AES-CBC", false, ["decrypt"]);
  // Asked for with the first notice; until then nobody waits for it.
  imported.catch(() => {});
  return async (payload) => {
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    return decoder.decode(await crypto.subtle.decrypt({ name: "AES-CBC", iv: vector }, await imported, bytes));
  };
}
