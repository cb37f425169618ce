import { plainDigits } from "../decimal.js";
import { isRecord, type Json, join } from "../paths.js";
import type { FaultAt } from "./fault.js";

/**
 * A copy in which every scalar is a text, as providers want it that know no numbers: numbers as plain digits, `true` as `Y`, nothing
 * for undefined. Null is left out as well: there is no text for it.
 * @throws InvalidInputError `INPUT_INVALID` for numbers that would lose digits, and for what is no data at all
 */
export function asTexts(input: Json, faultAt: FaultAt): Json {
  return mapObject(input, "", faultAt);
}

function mapObject(object: Json, path: string, faultAt: FaultAt): Json {
  const texts: Json = {};
  for (const name in object) {
    const value = object[name];
    if (value !== undefined && value !== null) texts[name] = asText(value, join(path, name), faultAt);
  }
  return texts;
}

function asText(value: unknown, path: string, faultAt: FaultAt): unknown {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") {
    try {
      return plainDigits(value);
    } catch (error) {
      throw faultAt(path)("INPUT_INVALID", (error as RangeError).message);
    }
  }
  if (typeof value === "boolean") return value ? "Y" : "N";
  if (Array.isArray(value)) return value.map((item) => asText(item, `${path}[]`, faultAt));
  if (isRecord(value)) return mapObject(value, path, faultAt);
  throw faultAt(path)("INPUT_INVALID", "must be a text or a number");
}
