import { isRecord, type Json } from "../paths.js";

/** A received body as a JSON object; undefined when it is none. */
export function readJson(body: unknown): Json | undefined {
  if (typeof body !== "string") return isRecord(body) ? body : undefined;
  try {
    const decoded: unknown = JSON.parse(body);
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
