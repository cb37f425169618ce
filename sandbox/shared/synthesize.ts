import type { Schema, SchemaType } from "../../generator/model.js";
import { isRecord, type Json } from "./json.js";
import { between } from "./random.js";
import { type Place, rotate, type SynthesisContext, shownIn, text } from "./values.js";
import { variantsOf, withVariant } from "./variants.js";

/** What a provider adds to made-up data so that it adds up. */
export interface Finish {
  /** The rows of a list, oldest first, together with the object they stand in. */
  rows?: (rows: Json[], schema: Schema) => void;
  object?: (object: Json, schema: Schema) => void;
}

/** A schema that contains itself is followed so often. */
const DEEPEST = 2;

/**
 * Makes a value that a schema allows, the same for the same context. Objects carry every field that the schema names, but for those
 * that only go the other way; lists have two or three rows.
 */
export function synthesize(schema: Schema, context: SynthesisContext, finish: Finish = {}): unknown {
  return synthesizeAt(schema, { field: "", row: 0, rows: 1 }, context, finish);
}

/** The same for a value that stands somewhere, such as a row of a list. */
export function synthesizeAt(schema: Schema, place: Place, context: SynthesisContext, finish: Finish = {}): unknown {
  if (schema.$ref !== undefined) return again(schema, place, context, finish);
  if (schema.allOf) return synthesizeAt(joined(schema), place, context, finish);
  const [variant] = variantsOf(schema);
  if (variant) return synthesizeAt(withVariant(schema, variant), place, context, finish);
  const given = place.field === "" ? undefined : context.given(place, schema);
  if (given !== undefined) return given;
  switch (typeOf(schema)) {
    case "object":
      return makeObject(schema, place, context, finish);
    case "array":
      return makeRows(schema, place, context, finish);
    case "integer":
    case "number":
      return shownIn(schema, place.row, (value) => isOf(schema, value)) ?? place.row + 1;
    case "boolean":
      return shownIn(schema, place.row, (value) => isOf(schema, value)) ?? true;
    case "null":
      return null;
    case undefined:
      return shownIn(schema, place.row, () => true) ?? text(schema, place, context);
    default:
      return text(schema, place, context);
  }
}

/** A schema that contains itself; undefined where that has to end. */
function again(schema: Schema, place: Place, context: SynthesisContext, finish: Finish): unknown {
  const { depth = 0 } = place;
  const known = depth < DEEPEST ? context.definition?.(schema) : undefined;
  return known && synthesizeAt(known, { ...place, depth: depth + 1 }, context, finish);
}

/** Parts that hold together, each with the first of its alternatives, as one schema. */
function joined({ allOf = [], ...schema }: Schema): Schema {
  const parts = [schema, ...allOf].map((part) => {
    const [variant] = variantsOf(part);
    return variant ? withVariant(part, variant) : part;
  });
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

function makeObject(schema: Schema, place: Place, context: SynthesisContext, finish: Finish): Json {
  const example = rotate(schema.examples, place.row);
  if (!schema.properties && isRecord(example)) return structuredClone(example);
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([, { readOnly, writeOnly }]) => !(context.isSent ? readOnly : writeOnly),
  );
  const made = fields.map(([field, inner]) => [field, synthesizeAt(inner, { ...place, field }, context, finish)]);
  // What is required and described nowhere may be anything.
  const undescribed = (schema.required ?? []).filter((field) => !schema.properties?.[field]);
  const object: Json = Object.fromEntries([
    ...made.filter(([, value]) => value !== undefined),
    ...undescribed.map((field) => [field, field]),
  ]);
  finish.object?.(object, schema);
  return object;
}

function makeRows(schema: Schema, place: Place, context: SynthesisContext, finish: Finish): unknown[] {
  const { items, prefixItems } = schema;
  if (prefixItems) return prefixItems.map((item) => synthesizeAt(item, place, context, finish) ?? null);
  if (!items) return [];
  const rows = context.count(place.field) ?? between(context.next, 2, 3);
  const list = Array.from({ length: rows }, (_, row) => synthesizeAt(items, { ...place, row, rows }, context, finish));
  const present = list.filter((row) => row !== undefined);
  if (present.every(isRecord)) finish.rows?.(present, items);
  return present;
}

/** Whether a value is of one of the types of its schema. */
function isOf({ type }: Schema, value: unknown): boolean {
  return [type].flat().some((name) => name === typeof value || (name === "integer" && Number.isInteger(value)));
}

function typeOf(schema: Schema): SchemaType | undefined {
  const { type } = schema;
  const first = Array.isArray(type) ? type.find((name) => name !== "null") : type;
  return first ?? (schema.properties || schema.additionalProperties ? "object" : schema.items ? "array" : undefined);
}
