import type { Schema } from "../../generator/model.js";
import { isBlank, isRecord, type Json } from "./json.js";
import { oddChoice, variantFor, variantsOf } from "./variants.js";

/** A fault of a request body, named by the field it is about. */
export interface Flaw {
  /** `choice`: the value selects none of the alternatives that the spec knows. */
  kind: "missing" | "type" | "choice";
  field: string;
}

/**
 * The first required field that a body lacks, the field that keeps it from fitting any alternative, or the first value that is a
 * list or an object where the spec says otherwise. Of alternatives, the one that the body selects says what is required. An empty
 * text or list counts as lacking. Everything finer is the institution's business, as it is at the provider.
 */
export function findFlaw(schema: Schema, body: Json): Flaw | undefined {
  const { required = [], properties = {} } = variantFor(schema, body);
  for (const field of required) {
    if (isLacking(body[field], properties[field])) return { kind: "missing", field };
  }
  const odd = oddChoice(schema, body);
  if (odd) return { kind: isBlank(body[odd]) ? "missing" : "choice", field: odd };
  for (const [field, inner] of Object.entries(properties)) {
    const value = body[field];
    const flaw = isBlank(value) ? undefined : flawOf(inner, field, value);
    if (flaw) return flaw;
  }
  return undefined;
}

function flawOf(schema: Schema, field: string, value: unknown): Flaw | undefined {
  const { type, items } = schema;
  if (type === "array") {
    if (!Array.isArray(value)) return { kind: "type", field };
    for (const item of value) {
      const flaw = items && flawOf(items, field, item);
      if (flaw) return flaw;
    }
    return undefined;
  }
  if (isObject(schema)) return isRecord(value) ? findFlaw(schema, value) : { kind: "type", field };
  if (type === "string" && typeof value === "object") return { kind: "type", field };
  return undefined;
}

/** An empty text is nothing, unless that is what the field usually holds. */
function isLacking(value: unknown, schema: Schema | undefined): boolean {
  return isBlank(value) && (value === undefined || value !== schema?.default);
}

function isObject(schema: Schema): boolean {
  const variants = variantsOf(schema);
  return schema.type === "object" || (variants.length > 0 && variants.every(({ type }) => type === "object"));
}

/** A value of a body, with the name of its field and the object that it stands in. */
export interface FieldValue {
  field: string;
  value: unknown;
  owner: Json;
}

/** Every value of a body whose field `isWanted`. */
export function valuesOf(schema: Schema, body: unknown, isWanted: (field: Schema) => boolean): FieldValue[] {
  const { items } = schema;
  if (Array.isArray(body)) return items ? body.flatMap((item) => valuesOf(items, item, isWanted)) : [];
  if (!isRecord(body)) return [];
  return Object.entries(variantFor(schema, body).properties ?? {}).flatMap(([field, inner]) => {
    const value = body[field];
    if (isBlank(value)) return [];
    return isWanted(inner) ? [{ field, value, owner: body }] : valuesOf(inner, value, isWanted);
  });
}
