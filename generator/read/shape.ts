import { isMap, listOf, mapOf } from "../json.js";
import type { SpecFolder } from "./folder.js";
import { follow, followAll, type Located, locatedAt } from "./ref.js";

/** What a schema describes, read from the YAML as it is written. Refs must not go in a circle. */
export type Shape = "object" | "array" | "union" | "scalar";

/** Undefined when the schema says nothing about it, or leads through a broken ref. */
export function shapeOf(folder: SpecFolder, start: Located, depth = 0): Shape | undefined {
  if (depth > 50) return undefined;
  const located = followAll(folder, start);
  if (located === undefined || !isMap(located.value)) return undefined;
  const { type, properties, items, oneOf, anyOf } = located.value;
  if (type === "object" || isMap(properties)) return "object";
  if (type === "array" || isMap(items)) return "array";
  if (Array.isArray(oneOf) || Array.isArray(anyOf)) return "union";
  const part = locatedAt(located.source, [...located.path, "allOf", 0]);
  if (isMap(part.value)) return shapeOf(folder, part, depth + 1);
  return type === undefined ? undefined : "scalar";
}

/**
 * The name of the type that stands for what `located` holds, when it gets one of its own: schemas of a document's components
 * that are more than one value, and object blocks of the dictionaries. Everything else is written out where it is used.
 */
export function typeNameOf(folder: SpecFolder, located: Located): string | undefined {
  const { source, path } = located;
  const [first, second, last] = path;
  if (source.kind === "document" && path.length === 3 && first === "components" && second === "schemas") {
    const shape = shapeOf(folder, located);
    return shape === undefined || shape === "scalar" ? undefined : String(last);
  }
  if (source.kind === "dictionary" && path.length === 1 && shapeOf(folder, located) === "object") return String(first);
  return undefined;
}

/** The branches of a schema that is one of several, through its ref. */
export function branchesOf(folder: SpecFolder, start: Located): Located[] {
  const located = followAll(folder, start);
  if (located === undefined) return [];
  const { source, path, value } = located;
  return listOf(mapOf(value).oneOf).map((_, index) => locatedAt(source, [...path, "oneOf", index]));
}

/**
 * Every place that says something about each field of an object schema, through refs and allOf; undefined when a ref in it is
 * broken.
 */
export function fieldsOf(folder: SpecFolder, located: Located): Map<string, Located[]> | undefined {
  const layers = layersOf(folder, located);
  if (layers === undefined) return undefined;
  const fields = new Map<string, Located[]>();
  for (const { source, path, value } of layers) {
    for (const name of Object.keys(mapOf(mapOf(value).properties))) {
      fields.set(name, [...(fields.get(name) ?? []), locatedAt(source, [...path, "properties", name])]);
    }
  }
  return fields;
}

/** What a field says under `key`, at the first of its places that says something, or where the refs of that place lead. */
export function saidBy(folder: SpecFolder, places: readonly Located[], key: string): unknown {
  for (const place of places) {
    for (const { value } of layersOf(folder, place) ?? []) {
      const said = mapOf(value)[key];
      if (said !== undefined) return said;
    }
  }
  return undefined;
}

/** The types that a schema names, itself or through its ref. Undefined when it names none. */
export function typesOf(folder: SpecFolder, located: Located): string[] | undefined {
  const type = mapOf(located.value).type ?? mapOf(followAll(folder, located)?.value).type;
  return type === undefined ? undefined : [type].flat().map(String);
}

/** A schema, what it is built from and what it refers to, itself first; undefined when a ref is broken. */
export function layersOf(folder: SpecFolder, located: Located, depth = 0): Located[] | undefined {
  const { source, path, value } = located;
  // A circle has been reported as such.
  if (!isMap(value) || depth > 50) return undefined;
  const parts = listOf(value.allOf).map((_, index) => locatedAt(source, [...path, "allOf", index]));
  if (typeof value.$ref === "string") {
    const target = follow(folder, source, value.$ref);
    if ("broken" in target) return undefined;
    parts.push(target);
  }
  const layers = [located];
  for (const part of parts) {
    const below = layersOf(folder, part, depth + 1);
    if (below === undefined) return undefined;
    layers.push(...below);
  }
  return layers;
}
