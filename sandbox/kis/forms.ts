import type { Schema } from "../../generator/model.js";
import { isRecord, type Json } from "../shared/json.js";
import { otherNames } from "../shared/other-names.js";
import { singled } from "../shared/single.js";

/**
 * An answer in the forms that the documents leave open: an object as a list of one, a list of one as an object, and fields under
 * the other names that they have.
 */
export function inOtherForms(body: Json, response: Schema): Json {
  const entries = Object.entries(body).map(([name, value]) => {
    const schema = response.properties?.[name] ?? {};
    const renamed = otherNames(singled(value, schema, Number.POSITIVE_INFINITY), schema);
    return [name, schema["x-shape"] === "one" && isRecord(renamed) ? [renamed] : renamed];
  });
  return Object.fromEntries(entries);
}
