/**
 * The two forms in which the bank's documents write numbers and dates.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { isRecord } from "../shared/json.js";

/** A date as eight digits, whichever form it has. */
export function compact(date: unknown): string {
  return String(date).replaceAll("-", "");
}

export function isDate({ format = "" }: Schema): boolean {
  return format.startsWith("yyyymmdd");
}

export function isNumber({ type }: Schema): boolean {
  return [type ?? []].flat().some((name) => name === "number" || name === "integer");
}

/**
 * An answer in one of the forms: as the documents of 2019 and the swagger files have it, JSON numbers and eight digits; or printed
 * as in the examples of 2021, all of it text, amounts with three decimals and dates with hyphens.
 */
export function shaped(value: unknown, schema: Schema, isPrinted: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => shaped(item, schema.items ?? {}, isPrinted));
  if (isRecord(value)) {
    const inner = schema.properties ?? {};
    return Object.fromEntries(
      Object.entries(value).map(([field, item]) => [field, shaped(item, inner[field] ?? {}, isPrinted)]),
    );
  }
  if (value === "" || value === undefined) return value;
  if (isNumber(schema) && !Number.isNaN(Number(value))) {
    if (!isPrinted) return Number(value);
    return schema.format === "amount" ? Number(value).toFixed(3) : String(value);
  }
  if (!isDate(schema)) return value;
  const digits = compact(value);
  return isPrinted ? digits.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3") : digits;
}
