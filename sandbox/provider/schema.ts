/**
 * Looking into schemas.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { isRecord, type Json } from "../shared/json.js";
import { variantsOf } from "../shared/variants.js";

/** The types that a schema allows; none where it says nothing. */
export function typesOf(schema: Schema): readonly string[] {
  const own = [schema.type ?? []].flat();
  if (own.length > 0) return own;
  const inner = [...variantsOf(schema), ...(schema.allOf ?? [])].flatMap(typesOf);
  if (inner.length > 0) return inner;
  return schema.properties ? ["object"] : schema.items ? ["array"] : [];
}

/** The schema of a field, in whichever alternative. */
export function fieldOf(schema: Schema, name: string): Schema | undefined {
  const own = schema.properties?.[name];
  if (own) return own;
  for (const part of [...variantsOf(schema), ...(schema.allOf ?? [])]) {
    const found = fieldOf(part, name);
    if (found) return found;
  }
  return undefined;
}

/** Names of the fields of an object, and of the objects in it; not of those in lists. */
export function fieldNames(schema: Schema): string[] {
  const parts = [...variantsOf(schema), ...(schema.allOf ?? [])].flatMap(fieldNames);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [name, ...fieldNames(inner)]);
  return [...own, ...parts];
}

/** The schema at a path through objects: `error.code`. */
export function schemaAt(schema: Schema, path: string): Schema | undefined {
  return path.split(".").reduce<Schema | undefined>((at, name) => at && fieldOf(at, name), schema);
}

/** The value at a path through objects. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce((at, name) => (isRecord(at) ? at[name] : undefined), value);
}

/** Puts a value at a path, through objects that are made where there are none. */
export function setAt(target: Json, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() ?? path;
  const owner = names.reduce<Json>((at, name) => {
    const inner = at[name];
    if (isRecord(inner)) return inner;
    const made: Json = {};
    at[name] = made;
    return made;
  }, target);
  owner[last] = value;
}

/** Takes the value at a path away, with the objects that are empty without it. */
export function removeAt(target: Json, path: string): void {
  const [name = "", ...rest] = path.split(".");
  const inner = target[name];
  if (rest.length > 0 && isRecord(inner)) {
    removeAt(inner, rest.join("."));
    if (Object.keys(inner).length > 0) return;
  }
  delete target[name];
}

/** A value in a type that the schema allows, where it can be written so. */
export function typedAs(schema: Schema | undefined, value: unknown): unknown {
  const types = schema ? typesOf(schema) : [];
  if (types.length === 0 || value === null || typeof value === "object") return value;
  if (types.includes(typeof value) || (typeof value === "number" && types.includes("integer"))) return value;
  const text = String(value);
  if (types.some((type) => type === "number" || type === "integer") && /^-?\d+(\.\d+)?$/.test(text))
    return Number(text);
  if (types.includes("boolean") && /^(true|false)$/.test(text)) return text === "true";
  return types.includes("string") ? text : value;
}
