import { isMap, type JsonMap, listOf } from "../json.js";
import type { Schema } from "../model.js";
import type { SpecFolder } from "../read/folder.js";
import { addressOf, follow, type Located } from "../read/ref.js";
import type { RefSite } from "../read/survey.js";
import { discriminated } from "./discriminator.js";
import { mergeSchemas } from "./merge.js";
import { nullable, wellFormed } from "./openapi.js";
import { recursiveAddresses } from "./recursion.js";
import { createTypeNames } from "./type-names.js";

/** Turns schemas as written into schemas that stand on their own. */
export interface Resolver {
  resolve(located: Located): Schema;
  /** The named schema as defined, for a use of it that may have a title or description of its own, or be a `$ref`. */
  definitionOf(use: Schema): Schema;
  /** Whether a schema has this name. */
  isTaken(name: string): boolean;
}

/**
 * A resolver for one provider. It expects specs without errors: every ref leads somewhere, and no schema is built from itself.
 * What a ref leads to is resolved once; the results share structure and are never changed. A schema that contains itself is a
 * `$ref` wherever it is used.
 */
export function createResolver(folder: SpecFolder, refs: readonly RefSite[] = []): Resolver {
  const isOwn = folder.settings.rules === "own";
  const recursive = recursiveAddresses(folder, refs);
  const { nameOf, isTaken } = createTypeNames(folder, recursive);
  const known = new Map<string, JsonMap>();
  const started = new Set<string>();
  const definitions = new WeakMap<object, JsonMap>();
  const leaves = new WeakMap<object, Located>();

  /** What a ref leads to, written out. */
  function target(located: Located): JsonMap {
    const address = addressOf(located);
    const before = known.get(address);
    if (before !== undefined) return before;
    if (started.has(address)) return leafOf(located);
    started.add(address);
    const resolved = resolve(located);
    const name = nameOf(located);
    // An alias of a recursive schema is that schema.
    const named = name === undefined || "$ref" in resolved ? resolved : { ...resolved, "x-name": name };
    known.set(address, named);
    if (!("$ref" in named)) definitions.set(named, named);
    return named;
  }

  function leafOf(located: Located): JsonMap {
    const name = nameOf(located) ?? "Unknown";
    const leaf = { $ref: `#/components/schemas/${name}`, "x-name": name };
    leaves.set(leaf, located);
    return leaf;
  }

  /** What a ref leads to, as it is used. */
  function use(located: Located): JsonMap {
    return recursive.has(addressOf(located)) ? leafOf(located) : target(located);
  }

  function resolve({ source, path, value }: Located): JsonMap {
    if (!isMap(value)) return {};
    const below = (...keys: (string | number)[]): Located => ({
      source,
      path: [...path, ...keys],
      value: keys.reduce<unknown>((at, key) => (at as JsonMap)[key], value),
    });
    const { $ref, allOf, ...rest } = value;
    const own = isOwn ? rest : wellFormed(rest);
    const parts = listOf(allOf);
    // `allOf: [{ $ref }]` with a label beside it is how OpenAPI 3.0 labels the use of a schema.
    const isLabelled = !isOwn && parts.length === 1 && $ref === undefined && isLabel(own);
    if (isLabelled) return withOwn([resolve(below("allOf", 0))], own, below);
    const bases: JsonMap[] = parts.map((_, index) => withoutLabels(expanded(resolve(below("allOf", index)))));
    if (typeof $ref === "string") {
      const found = follow(folder, source, $ref);
      if ("broken" in found) throw new Error(`${source.file}: ${found.broken}`);
      bases.unshift(bases.length === 0 && isLabel(own) ? use(found) : target(found));
    }
    return withOwn(bases, own, below);
  }

  function withOwn(bases: JsonMap[], own: JsonMap, below: (...keys: (string | number)[]) => Located): JsonMap {
    const resolved = resolveOwn(own, below);
    const merged = isOwn ? [...bases, resolved].reduce(mergeSchemas, {}) : combined(bases, resolved);
    const [base] = bases;
    const definition = base && definitions.get(base);
    if (definition !== undefined && "x-name" in merged) definitions.set(merged, definition);
    const leaf = base && leaves.get(base);
    if (leaf !== undefined && "$ref" in merged) leaves.set(merged, leaf);
    return own.nullable === true ? nullable(merged) : merged;
  }

  /** In an `allOf` a recursive schema gives its fields, not its name. */
  function expanded(schema: JsonMap): JsonMap {
    const leaf = leaves.get(schema);
    return leaf === undefined ? schema : target(leaf);
  }

  function resolveOwn(own: JsonMap, below: (...keys: (string | number)[]) => Located): JsonMap {
    const { discriminator, nullable: _nullable, ...resolved }: JsonMap = { ...own };
    if (isMap(own.properties)) {
      const names = Object.keys(own.properties);
      resolved.properties = Object.fromEntries(names.map((name) => [name, resolve(below("properties", name))]));
      resolved.type ??= "object";
    }
    for (const key of ["items", "additionalProperties"]) if (isMap(own[key])) resolved[key] = resolve(below(key));
    for (const key of ["oneOf", "anyOf", "prefixItems"]) {
      if (Array.isArray(own[key])) resolved[key] = own[key].map((_, index) => resolve(below(key, index)));
    }
    for (const key of ["oneOf", "anyOf"]) {
      const branches = listOf(own[key]).map((_, index) => below(key, index));
      if (isMap(discriminator) && branches.length > 0) {
        resolved[key] = discriminated(folder, discriminator, branches, listOf(resolved[key]) as JsonMap[]);
      }
    }
    const organization = own["x-organization"];
    if (typeof organization === "string") resolved["x-organization"] = [organization];
    return resolved;
  }

  return {
    isTaken,
    resolve: (located) => resolve(located) as Schema,
    definitionOf: (given) => {
      const leaf = leaves.get(given);
      const definition = leaf === undefined ? definitions.get(given) : target(leaf);
      return (definition as Schema | undefined) ?? given;
    },
  };
}

const structure = [
  "type",
  "properties",
  "required",
  "items",
  "oneOf",
  "anyOf",
  "enum",
  "const",
  "prefixItems",
  "additionalProperties",
];

/** Whether what stands beside a ref only labels it. */
function isLabel(own: JsonMap): boolean {
  return !structure.some((key) => key in own);
}

/** Flat where it can be. Of several unions, and of a union beside something that is no object, each has to hold. */
function combined(bases: readonly JsonMap[], own: JsonMap): JsonMap {
  const layers = [...bases, own].filter((layer) => Object.keys(layer).length > 0);
  const isChoice = (layer: JsonMap) => ["oneOf", "anyOf", "allOf", "$ref"].some((key) => key in layer);
  const choices = layers.filter(isChoice);
  const others = layers.filter((layer) => !isChoice(layer));
  const isPlain = choices.length === 0 || layers.length === 1;
  if (isPlain || (choices.length === 1 && others.every(isLabel))) return layers.reduce(mergeSchemas, {});
  const { title, description, deprecated, ...rest } = others.reduce(mergeSchemas, {});
  const labels = Object.fromEntries(
    Object.entries({ title, description, deprecated }).filter(([, value]) => value !== undefined),
  );
  return { ...labels, allOf: [...choices, ...(Object.keys(rest).length === 0 ? [] : [rest])] };
}

/** What a block says about itself is not what the schema built from it is about. */
function withoutLabels(schema: JsonMap): JsonMap {
  const { title: _title, description: _description, examples: _examples, "x-name": _name, ...rest } = schema;
  return rest;
}
