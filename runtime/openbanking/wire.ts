import { isRecord, type Json } from "../paths.js";

/** Turns a body into what is sent: forms are texts already, everything else is JSON. */
export function serialize(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** Reads a received body. Undefined when it is no JSON object at all. */
export function readJson(body: unknown): Json | undefined {
  if (isRecord(body)) return body;
  if (typeof body !== "string") return undefined;
  try {
    const decoded: unknown = JSON.parse(body);
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
