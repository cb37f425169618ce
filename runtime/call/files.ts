import type { Fault } from "./fault.js";

/** A file: its base64 text, its bytes, or where to read it (Node, Bun and Deno only). */
export type FileInput = string | Uint8Array | { path: string };

/** What leaves for a file in a JSON body: base64 in one line. Samples of providers send "" for a file that is not used. */
export async function toBase64(file: unknown, fault: Fault): Promise<string> {
  if (typeof file !== "string") return toText(file, fault);
  const text = file.replace(/\s+/g, "");
  if (text !== "" && !isBase64(text)) throw fault("INPUT_INVALID", NO_BASE64);
  return text;
}

/** The same, with text left as it is. */
export async function toText(file: unknown, fault: Fault): Promise<string> {
  if (typeof file === "string") return file;
  let binary = "";
  for (const byte of await toBytes(file, fault)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What leaves for a file in a multipart body. */
export async function toBlob(file: unknown, fault: Fault): Promise<Blob> {
  return new Blob([Uint8Array.from(await toBytes(file, fault))]);
}

const NO_BASE64 = "is no base64 text: pass { path: … } to have a file read, its bytes, or their base64";

/** Padding may be left out. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.replace(/=+$/, "").length % 4 !== 1;
}

/** What leaves for a file that is the whole body. */
export async function toBytes(file: unknown, fault: Fault): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  if (typeof file === "string") {
    const text = file.replace(/\s+/g, "");
    if (text !== "" && !isBase64(text)) throw fault("INPUT_INVALID", NO_BASE64);
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  }
  if (typeof file !== "object" || file === null || !("path" in file) || typeof file.path !== "string") {
    throw fault("INPUT_INVALID", "must be base64 text, a Uint8Array or { path: string }");
  }
  // Asked of the process instead of imported, so that bundlers for other platforms do not stumble over it.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (!fs) throw fault("INPUT_INVALID", "cannot be read by path on this platform: pass the bytes");
  try {
    return await fs.readFile(file.path);
  } catch (cause) {
    throw fault("INPUT_INVALID", "cannot be read", cause);
  }
}
