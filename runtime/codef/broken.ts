/**
 * Answers that are not quite what they should be.
 * @module
 */
import { isRecord, type Json } from "../paths.js";

/** `data` was seen as a string of JSON; anything else stays. */
export function unpack(data: unknown): unknown {
  if (typeof data !== "string" || !/^\s*[[{]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** Reads URL-encoded text with broken percent escapes, as far as it can be read. Undefined when no JSON object comes of it. */
export function readBroken(body: unknown): Json | undefined {
  if (typeof body !== "string") return undefined;
  try {
    const decoded: unknown = JSON.parse(decodeTolerantly(body.replaceAll("+", " ")));
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = /* @__PURE__ */ new TextDecoder();

/** Decodes each run of good escapes by itself, bytes that are not UTF-8 become `\uFFFD`, and a broken escape stays as it is. */
function decodeTolerantly(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))),
  );
}
