import type { Fault } from "./fault.js";

/** A file: its base64 text, its bytes, or where to read it (Node, Bun and Deno only). */
export type FileInput = string | Uint8Array | { path: string };

/** What leaves for a file in a JSON body. */
export async function toBase64(file: unknown, fault: Fault): Promise<string> {
  if (typeof file === "string") return file;
  let binary = "";
  for (const byte of await toBytes(file, fault)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What leaves for a file in a multipart body. */
export async function toBlob(file: unknown, fault: Fault): Promise<Blob> {
  return new Blob([Uint8Array.from(await toBytes(file, fault))]);
}

async function toBytes(file: unknown, fault: Fault): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  if (typeof file === "string") {
    try {
      return Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
    } catch {
      throw fault("INPUT_INVALID", "is no base64 text");
    }
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
