import { isRecord, type Json, mapPath } from "../paths.js";
import { decodeBody } from "./wire.js";

/** The `result` of every CODEF answer. */
export interface CodefResult {
  code: string;
  message: string;
  extraMessage: string;
  transactionId: string | undefined;
}

/** A decoded answer: `result`, `data`, and whatever CODEF repeats of the request at the top level. */
export interface Envelope {
  result: CodefResult;
  data: unknown;
  raw: Json;
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

/** The envelope in `raw`, or undefined when there is no `result` in it. */
export function readEnvelope(raw: Json): Envelope | undefined {
  const { result } = raw;
  if (!isRecord(result) || typeof result.code !== "string") return undefined;
  const { code, message, extraMessage, transactionId } = result;
  return {
    result: {
      code,
      message: text(message) ?? "",
      extraMessage: text(extraMessage) ?? "",
      transactionId: text(transactionId),
    },
    data: unpack(raw.data),
    raw,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `data` was seen as a string of JSON; anything else stays. */
function unpack(data: unknown): unknown {
  if (typeof data !== "string" || !/^\s*[[{]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/**
 * Gives `data` the one shape that callers are promised: the lists in `many` are arrays even when CODEF sent the single item,
 * `{}`, `""` or null instead, and an object that CODEF sent as `[]` because it is empty is an object.
 */
export function normalise(data: unknown, many: readonly string[] = []): unknown {
  const listed = many.reduce((shaped, path) => mapPath(shaped, path, toList), data);
  return Array.isArray(listed) && listed.length === 0 && !many.includes("") ? {} : (listed ?? {});
}

function toList(value: unknown): unknown {
  if (Array.isArray(value) || value === undefined) return value;
  const empty = value === null || value === "" || (isRecord(value) && Object.keys(value).length === 0);
  return empty ? [] : [value];
}
