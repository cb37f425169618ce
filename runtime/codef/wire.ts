/**
 * CODEF's body encoding: the URL-encoded text of a JSON value, both ways.
 * @module
 */
import { isRecord, type Json } from "../paths.js";

/** JSON, percent-encoded as a whole: neither a form nor plain JSON. Space leaves as `%20`, which every decoder reads alike. */
function encodeBody(body: unknown): string {
  return encodeURIComponent(JSON.stringify(body ?? null));
}

/** What leaves for an operation: multipart when the input says so, encoded JSON otherwise. */
export function encodeRequest(body: unknown): string | FormData {
  return body instanceof FormData ? body : encodeBody(body);
}

/**
 * Reads an answer: URL-encoded JSON with `+` for space, as documented, or plain JSON, as some gateways send it.
 * @throws SyntaxError, whose message may quote the text: never show it. URIError when there are broken percent escapes.
 */
export function decodeBody(text: string): unknown {
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      return JSON.parse(text);
    } catch {
      // Partly encoded text starts the same way.
    }
  }
  return JSON.parse(decodeURIComponent(text.replaceAll("+", " ")));
}

/** Reads a received body. Undefined when it is no JSON object at all. */
export function readJson(body: unknown): Json | undefined {
  if (isRecord(body)) return body;
  if (typeof body !== "string") return undefined;
  try {
    const decoded = decodeBody(body);
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
