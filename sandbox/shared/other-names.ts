import type { Schema } from "../../generator/model.js";
import { isRecord } from "./json.js";

/** A value whose fields go by the first of the other names that documents have for them (`x-also`). */
export function otherNames(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) return value.map((row) => otherNames(row, schema.items ?? {}));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([field, inner]) => {
    const known = schema.properties?.[field] ?? {};
    return [known["x-also"]?.[0] ?? field, otherNames(inner, known)];
  });
  return Object.fromEntries(entries);
}
