/**
 * What OpenAPI 3.0 and 3.1 say in different words, and what JSON Schema says that no type can.
 * @module
 */
import type { JsonMap } from "../json.js";
import { isMap } from "../json.js";

const unchecked = [
  ...[
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "contains",
    "propertyNames",
    "$defs",
    "xml",
  ],
  ...[
    "unevaluatedProperties",
    "unevaluatedItems",
    "externalDocs",
    "patternProperties",
    "$schema",
    "$id",
    "$comment",
    "example",
  ],
];

/** A schema in the words of 3.1, without what is not looked at. */
export function wellFormed(schema: JsonMap): JsonMap {
  const found: JsonMap = Object.fromEntries(Object.entries(schema).filter(([key]) => !unchecked.includes(key)));
  if (schema.example !== undefined && schema.examples === undefined) found.examples = [schema.example];
  if (isMap(found.examples)) delete found.examples;
  // Names of fields that nobody knows beforehand.
  if (isMap(schema.patternProperties) && found.additionalProperties === undefined) found.additionalProperties = true;
  if (schema.type === "object" && !says(schema)) found.additionalProperties = true;
  if (schema.format === "binary" && schema.type === "string") found.contentMediaType ??= "application/octet-stream";
  for (const label of ["title", "description"])
    if (label in found && typeof found[label] !== "string") delete found[label];
  if (found.required !== undefined && !Array.isArray(found.required)) delete found.required;
  for (const key of Object.keys(found)) if (key.startsWith("x-") && !own[key]?.(found[key])) delete found[key];
  return found;
}

/** Whether an object says anything about what is in it. */
function says(schema: JsonMap): boolean {
  return ["properties", "additionalProperties", "allOf", "oneOf", "anyOf", "enum", "const", "$ref"].some(
    (key) => key in schema,
  );
}

const isText = (value: unknown) => typeof value === "string" && value !== "";

/** Extensions that the rest of the generator reads, in their form; others are somebody else's. */
const own: Readonly<Record<string, (value: unknown) => boolean>> = {
  "x-sensitive": (value) => value === true,
  "x-open": (value) => value === true,
  "x-codes": (value) => isMap(value) && Object.values(value).every(isText),
  "x-code-list": isText,
  "x-organization": (value) => [value].flat().every(isText),
  "x-from": isText,
  "x-also": (value) => Array.isArray(value) && value.every(isText),
  "x-key": isText,
  "x-spec": isText,
  "x-shape": (value) => value === "one-or-many" || value === "one",
};

/** `nullable: true` of 3.0. */
export function nullable(schema: JsonMap): JsonMap {
  const { type, enum: values } = schema;
  const isPlain = type !== undefined && !["$ref", "x-name", "oneOf", "anyOf", "allOf"].some((key) => key in schema);
  if (isPlain) {
    const types = [type].flat();
    const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
    return { ...schema, ...withNull, type: types.includes("null") ? types : [...types, "null"] };
  }
  // Of what nothing is known, null is a part already.
  if (Object.keys(schema).every((key) => ["title", "description", "examples", "deprecated"].includes(key)))
    return schema;
  const { title, description, deprecated, readOnly, writeOnly, ...rest } = schema;
  const labels = Object.entries({ title, description, deprecated, readOnly, writeOnly });
  const said = Object.fromEntries(labels.filter(([, value]) => value !== undefined));
  return { ...said, anyOf: [schema["x-name"] === undefined ? rest : schema, { type: "null" }] };
}
