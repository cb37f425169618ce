import type { Schema } from "../../generator/model.js";
import { isRecord } from "./json.js";

/**
 * A value as a provider sends it that drops the brackets around one row: lists of `x-shape: one-or-many` with one row become that
 * row, those without any become `{}`.
 * @param keep Rows that such a list keeps; further ones are cut off.
 */
export function singled(value: unknown, schema: Schema, keep: number): unknown {
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    const isOpen = schema["x-shape"] === "one-or-many";
    const rows = (isOpen ? value.slice(0, keep) : value).map((row) => singled(row, items, keep));
    return isOpen && rows.length < 2 ? (rows[0] ?? {}) : rows;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([field, inner]) => {
    return [field, singled(inner, schema.properties?.[field] ?? {}, keep)];
  });
  return Object.fromEntries(entries);
}
