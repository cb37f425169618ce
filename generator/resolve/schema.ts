import { isMap, type JsonMap, listOf } from "../json.js";
import type { Schema } from "../model.js";
import { pascalCase } from "../names.js";
import type { SpecFolder } from "../read/folder.js";
import { addressOf, follow, type Located } from "../read/ref.js";
import { typeNameOf } from "../read/shape.js";
import { mergeSchemas } from "./merge.js";

/** Turns schemas as written into schemas that stand on their own. */
export interface Resolver {
  resolve(located: Located): Schema;
  /** The named schema as defined, for a use of it that may have a title or description of its own. */
  definitionOf(use: Schema): Schema;
}

/**
 * A resolver for one provider. It expects specs without findings: every ref leads somewhere and none leads in a circle.
 * What a ref leads to is resolved once; the results share structure and are never changed.
 */
export function createResolver(folder: SpecFolder): Resolver {
  const known = new Map<string, JsonMap>();
  const definitions = new WeakMap<object, JsonMap>();

  function target(located: Located): JsonMap {
    const address = addressOf(located);
    const before = known.get(address);
    if (before !== undefined) return before;
    const resolved = resolve(located);
    const name = typeNameOf(folder, located);
    const named = name === undefined ? resolved : { ...resolved, "x-name": pascalCase(name) };
    known.set(address, named);
    definitions.set(named, named);
    return named;
  }

  function resolve({ source, path, value }: Located): JsonMap {
    if (!isMap(value)) return {};
    const { $ref, allOf, ...own } = value;
    const below = (...keys: (string | number)[]): Located => ({
      source,
      path: [...path, ...keys],
      value: keys.reduce<unknown>((at, key) => (at as JsonMap)[key], value),
    });
    const bases: JsonMap[] = listOf(allOf).map((_, index) => withoutLabels(resolve(below("allOf", index))));
    if (typeof $ref === "string") {
      const found = follow(folder, source, $ref);
      if ("broken" in found) throw new Error(`${source.file}: ${found.broken}`);
      bases.unshift(target(found));
    }
    const merged = [...bases, resolveOwn(own, below)].reduce(mergeSchemas, {});
    const definition = bases[0] && definitions.get(bases[0]);
    if (definition !== undefined && "x-name" in merged) definitions.set(merged, definition);
    return merged;
  }

  function resolveOwn(own: JsonMap, below: (...keys: (string | number)[]) => Located): JsonMap {
    const resolved: JsonMap = { ...own };
    if (isMap(own.properties)) {
      const names = Object.keys(own.properties);
      resolved.properties = Object.fromEntries(names.map((name) => [name, resolve(below("properties", name))]));
      resolved.type ??= "object";
    }
    for (const key of ["items", "additionalProperties"]) if (isMap(own[key])) resolved[key] = resolve(below(key));
    for (const key of ["oneOf", "anyOf"]) {
      if (Array.isArray(own[key])) resolved[key] = own[key].map((_, index) => resolve(below(key, index)));
    }
    const organization = own["x-organization"];
    if (typeof organization === "string") resolved["x-organization"] = [organization];
    return resolved;
  }

  return {
    resolve: (located) => resolve(located) as Schema,
    definitionOf: (use) => (definitions.get(use) as Schema | undefined) ?? use,
  };
}

/** What a block says about itself is not what the schema built from it is about. */
function withoutLabels(schema: JsonMap): JsonMap {
  const { title: _title, description: _description, examples: _examples, "x-name": _name, ...rest } = schema;
  return rest;
}
