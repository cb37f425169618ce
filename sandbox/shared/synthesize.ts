import type { Schema, SchemaType } from "../../generator/model.js";
import { isRecord, type Json } from "./json.js";
import { between } from "./random.js";
import { type Place, rotate, type SynthesisContext, text } from "./values.js";
import { variantsOf, withVariant } from "./variants.js";

/** What a provider adds to made-up data so that it adds up. */
export interface Finish {
  /** The rows of a list, oldest first, together with the object they stand in. */
  rows?: (rows: Json[], schema: Schema) => void;
  object?: (object: Json, schema: Schema) => void;
}

/**
 * Makes a value that a schema allows, the same for the same `SynthesisContext`. Objects carry every field that the schema names, lists two
 * or three rows.
 */
export function synthesize(schema: Schema, making: SynthesisContext, finish: Finish = {}): unknown {
  return make(schema, { field: "", row: 0, rows: 1 }, making, finish);
}

function make(schema: Schema, place: Place, making: SynthesisContext, finish: Finish): unknown {
  const [variant] = variantsOf(schema);
  if (variant) return make(withVariant(schema, variant), place, making, finish);
  const given = place.field === "" ? undefined : making.given(place, schema);
  if (given !== undefined) return given;
  switch (typeOf(schema)) {
    case "object":
      return makeObject(schema, place, making, finish);
    case "array":
      return makeRows(schema, place, making, finish);
    case "integer":
    case "number":
      return shown(schema, place) ?? place.row + 1;
    case "boolean":
      return shown(schema, place) ?? true;
    case "null":
      return null;
    default:
      return text(schema, place, making);
  }
}

function makeObject(schema: Schema, place: Place, making: SynthesisContext, finish: Finish): Json {
  const example = rotate(schema.examples, place.row);
  if (!schema.properties && isRecord(example)) return structuredClone(example);
  const fields = Object.entries(schema.properties ?? {});
  const object: Json = Object.fromEntries(
    fields.map(([field, inner]) => [field, make(inner, { ...place, field }, making, finish)]),
  );
  finish.object?.(object, schema);
  return object;
}

function makeRows(schema: Schema, place: Place, making: SynthesisContext, finish: Finish): unknown[] {
  const items = schema.items;
  if (!items) return [];
  const rows = making.count(place.field) ?? between(making.next, 2, 3);
  const list = Array.from({ length: rows }, (_, row) => make(items, { field: place.field, row, rows }, making, finish));
  if (list.every(isRecord)) finish.rows?.(list, items);
  return list;
}

/** A number or boolean that the spec shows. */
function shown(schema: Schema, { row }: Place): unknown {
  return rotate(schema.examples, row) ?? rotate(schema.enum, row) ?? schema.const ?? schema.default;
}

function typeOf(schema: Schema): SchemaType {
  const { type } = schema;
  const first = Array.isArray(type) ? type.find((name) => name !== "null") : type;
  return first ?? (schema.properties || schema.additionalProperties ? "object" : schema.items ? "array" : "string");
}
