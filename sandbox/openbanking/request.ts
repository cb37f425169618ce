/**
 * Reads a request of the business APIs, and finds what is wrong with its form.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { isRecord, type Json } from "../shared/json.js";
import { isMonth } from "./months.js";
import type { Route } from "./routes.js";
import { isDay, isMoment, isTimeOfDay } from "./time.js";
import { badFormat } from "./wire.js";

/** Query or body as texts, under the names of the spec. @throws Refusal A0004 */
export function readInput({ operation, request }: Route, url: URL, text: string): Json {
  const sent = operation.method === "GET" ? Object.fromEntries(url.searchParams) : parse(text);
  const input = asTexts(sent, request);
  checkFields(request, input);
  return input;
}

function parse(text: string): Json {
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    throw badFormat("JSON");
  }
  if (!isRecord(body)) throw badFormat("JSON");
  return body;
}

/** A field that must not come empty: on a first page its key stays away. */
const NEVER_EMPTY = "befor_inquiry_trace_info";

/** Numbers count as their digits, and what is empty as left out. */
function asTexts(object: Json, { properties = {} }: Schema): Json {
  const names = new Map(
    Object.entries(properties).flatMap(([name, field]) =>
      (field["x-also"] ?? []).map((other) => [other, name] as const),
    ),
  );
  const texts: Json = {};
  for (const [sent, value] of Object.entries(object)) {
    const name = names.get(sent) ?? sent;
    if (value === undefined || value === null || (value === "" && name !== NEVER_EMPTY)) continue;
    texts[name] = asText(value, properties[name]?.items ?? {});
  }
  return texts;
}

function asText(value: unknown, items: Schema): unknown {
  if (Array.isArray(value)) return value.map((row) => (isRecord(row) ? asTexts(row, items) : row));
  return typeof value === "number" ? String(value) : value;
}

const FORMATS: Record<string, ((text: string) => boolean) | undefined> = {
  yyyymmdd: isDay,
  yyyymm: isMonth,
  hhmmss: isTimeOfDay,
  yyyymmddhhmmss: isMoment,
  decimal: (text) => /^\d+$/.test(text),
};

/** @throws Refusal A0004 that names the first field at fault */
function checkFields({ properties = {}, required = [] }: Schema, input: Json): void {
  for (const [name, field] of Object.entries(properties)) {
    const value = input[name];
    // What the client's program fills in by itself is needed on the wire all the same.
    const isNeeded = required.includes(name) || field["x-from"] !== undefined;
    if (value === undefined && isNeeded) throw badFormat(name);
    if (value !== undefined) checkField(name, field, value);
  }
}

function checkField(name: string, field: Schema, value: unknown): void {
  if (field.type === "array") {
    if (!Array.isArray(value) || !value.every(isRecord)) throw badFormat(name);
    for (const row of value) checkFields(field.items ?? {}, row);
    return;
  }
  if (typeof value !== "string") throw badFormat(name);
  const { maxLength = Number.POSITIVE_INFINITY, format = "", const: fixed } = field;
  const isWrong =
    value.length > maxLength || (fixed !== undefined && value !== fixed) || FORMATS[format]?.(value) === false;
  if (isWrong) throw badFormat(name);
}
