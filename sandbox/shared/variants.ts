import type { Schema } from "../../generator/model.js";
import { isBlank, type Json } from "./json.js";

/** A schema with one of its alternatives written out. */
export function withVariant(schema: Schema, variant: Schema): Schema {
  const { oneOf: _, anyOf: __, ...base } = schema;
  return {
    ...variant,
    ...base,
    properties: { ...base.properties, ...variant.properties },
    required: [...(base.required ?? []), ...(variant.required ?? [])],
  };
}

/**
 * The schema that holds for a body: of `oneOf` and `anyOf` the first alternative whose constants the body has, such as
 * `loginType: "0"`. Without one it is the schema with the fields of all alternatives, none of them required.
 */
export function variantFor(schema: Schema, body: Json): Schema {
  const variants = variantsOf(schema);
  if (variants.length === 0) return schema;
  const chosen = variants.find((variant) => agrees(variant, body));
  return chosen ? withVariant(schema, chosen) : { ...schema, properties: allFields(schema) };
}

/** Every field that a schema knows, in whichever alternative. */
export function allFields(schema: Schema): Record<string, Schema> {
  const inner = variantsOf(schema).map(({ properties }) => properties ?? {});
  return Object.assign({}, ...inner, schema.properties);
}

export function variantsOf({ oneOf = [], anyOf = [] }: Schema): readonly Schema[] {
  return [...oneOf, ...anyOf];
}

/**
 * Why a body fits none of the alternatives: the first field whose constants, of the alternatives that fitted so far, are all
 * others. Undefined when one fits, or when there are no alternatives.
 */
export function oddChoice(schema: Schema, body: Json): string | undefined {
  let left = variantsOf(schema);
  for (const name of new Set(left.flatMap(({ properties }) => constantsIn(properties)))) {
    left = left.filter((variant) => agreesIn(variant, name, body));
    if (left.length === 0) return name;
  }
  return undefined;
}

function agrees(variant: Schema, body: Json): boolean {
  return constantsIn(variant.properties).every((name) => agreesIn(variant, name, body));
}

/** A constant that is left out agrees when the alternative can do without it, or has it as its default. */
function agreesIn({ properties = {}, required = [] }: Schema, name: string, body: Json): boolean {
  const { const: constant, default: usual } = properties[name] ?? {};
  if (constant === undefined) return true;
  return isBlank(body[name]) ? usual === constant || !required.includes(name) : body[name] === constant;
}

function constantsIn(properties: Record<string, Schema> = {}): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.const !== undefined);
}
