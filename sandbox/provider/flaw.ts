/**
 * Whether a value is what its schema allows.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { isRecord } from "../shared/json.js";
import { variantsOf } from "../shared/variants.js";

/** What is wrong with a request. */
export interface RequestFlaw {
  /** Where: `items[0].amount`, or the name of a parameter. Empty: the whole body. */
  field: string;
  problem: "is missing" | "has the wrong type" | "has a value that is not allowed" | "is not known" | "cannot be read";
}

type Definition = (schema: Schema) => Schema | undefined;

/** The first thing about a value that its schema does not allow; undefined when it allows all of it. */
export function flawIn(schema: Schema, value: unknown, field: string, definition: Definition): RequestFlaw | undefined {
  const known = schema.$ref === undefined ? schema : (definition(schema) ?? {});
  const { type, enum: values, const: constant, allOf = [] } = known;
  const types = [type ?? []].flat();
  if (types.length > 0 && !types.some((name) => isOfType(value, name))) return { field, problem: "has the wrong type" };
  if ((values && !values.includes(value as string)) || (constant !== undefined && value !== constant)) {
    return { field, problem: "has a value that is not allowed" };
  }
  for (const part of allOf) {
    const flaw = flawIn(part, value, field, definition);
    if (flaw) return flaw;
  }
  return flawInside(known, value, field, definition) ?? flawOfVariants(known, value, field, definition);
}

function flawInside(schema: Schema, value: unknown, field: string, definition: Definition): RequestFlaw | undefined {
  const { required = [], properties = {}, additionalProperties, items } = schema;
  if (Array.isArray(value) && items) {
    for (const [index, item] of value.entries()) {
      const flaw = flawIn(items, item, `${field}[${index}]`, definition);
      if (flaw) return flaw;
    }
  }
  if (!isRecord(value)) return undefined;
  const at = (name: string) => (field === "" ? name : `${field}.${name}`);
  const missing = required.find((name) => value[name] === undefined && !properties[name]?.readOnly);
  if (missing !== undefined) return { field: at(missing), problem: "is missing" };
  const isClosed = additionalProperties === false && variantsOf(schema).length === 0;
  for (const [name, inner] of Object.entries(value)) {
    const known = properties[name] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (!known && isClosed) return { field: at(name), problem: "is not known" };
    const flaw = known && inner !== undefined ? flawIn(known, inner, at(name), definition) : undefined;
    if (flaw) return flaw;
  }
  return undefined;
}

/** Of alternatives, one has to fit: what is wrong with the one that comes closest is what is said. */
function flawOfVariants(
  schema: Schema,
  value: unknown,
  field: string,
  definition: Definition,
): RequestFlaw | undefined {
  const flaws = variantsOf(schema).map((variant) => flawIn(variant, value, field, definition));
  if (flaws.length === 0 || flaws.includes(undefined)) return undefined;
  return (
    flaws.find((flaw) => flaw?.problem === "is missing") ?? flaws.find((flaw) => flaw?.field !== field) ?? flaws[0]
  );
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return Number.isInteger(value);
    default:
      // The names of the other types are those of JavaScript.
      return typeof value === type;
  }
}
