/**
 * From schemas to what openapi-typescript is given: one flat set of named schemas with refs between them, the text of each hover
 * in `title` (the only label it prints without a tag), and the types that it cannot know by name in `x-type`.
 * @module
 */
import type { ApiDocument, Operation, Schema } from "../model.js";
import { organizationType } from "../names.js";
import {
  answerType,
  dataOf,
  dataType,
  inputOf,
  isFile,
  isFilledIn,
  isUnknownObject,
  keyType,
  partsOf,
  recordType,
} from "../walk.js";
import { fieldDoc } from "./field-doc.js";
import { codeEntries, openUnion } from "./text.js";

/** A schema for openapi-typescript. */
export interface TypeSchema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, TypeSchema>;
  required?: string[];
  items?: TypeSchema;
  prefixItems?: TypeSchema[];
  allOf?: TypeSchema[];
  oneOf?: TypeSchema[];
  additionalProperties?: boolean | TypeSchema;
  /** Source text of the type, when it is not what JSON Schema makes of it. */
  "x-type"?: string;
}

/** Whether a schema is seen by callers who send it or by callers who receive it. */
type Side = "input" | "answer";

export interface TypeDocument {
  schemas: Record<string, TypeSchema>;
  /** Types that come from the runtime. */
  runtime: string[];
  /** Types that come from `organizations.ts`. */
  organizations: string[];
  /** Those of `schemas` that other modules have, too: they come from `shared.types.ts`. */
  shared: string[];
}

/** The types of one document, requests first, each followed by what it is made of. */
export function typeDocument(document: ApiDocument): TypeDocument {
  const schemas: Record<string, TypeSchema> = {};
  const runtime = new Set<string>();
  const organizations = new Set<string>();
  const shared = new Set<string>();

  /** What a schema is called on a side. */
  function sided(name: string, side: Side): string {
    return side === "input" ? (document.inputNames?.[name] ?? name) : name;
  }

  function define(name: string, schema: Schema, side: Side): void {
    const typeName = sided(name, side);
    if (Object.hasOwn(schemas, typeName)) return;
    const definition = document.schemas[name] ?? schema;
    if (document.shared?.includes(name)) shared.add(typeName);
    schemas[typeName] = {};
    schemas[typeName] = { ...labelled(definition), ...structure(definition, side) };
    defineBelow(definition, side);
  }

  function defineBelow(schema: Schema, side: Side): void {
    for (const part of partsOf(schema)) {
      const name = part["x-name"];
      if (name === undefined) defineBelow(part, side);
      else define(name, part, side);
    }
  }

  function use(schema: Schema, side: Side): TypeSchema {
    const name = schema["x-name"];
    const own = name === undefined ? structure(schema, side) : { $ref: `#/components/schemas/${sided(name, side)}` };
    return { ...labelled(schema), ...own };
  }

  function structure(schema: Schema, side: Side): TypeSchema {
    const special = specialType(schema, side);
    if (special !== undefined) return { type: isNullable(schema) ? ["string", "null"] : "string", "x-type": special };
    const { type, enum: values, const: constant, items, prefixItems, additionalProperties } = schema;
    const properties = schema.properties && ofSide(schema.properties, side);
    const isLeftOut = (name: string) => side === "input" && isFilledIn(properties?.[name]);
    const isThere = (name: string) => schema.properties?.[name] === properties?.[name];
    const required = (schema.required ?? []).filter((name) => isThere(name) && !isLeftOut(name));
    const below = (child: Schema) => use(child, side);
    const parts = (schema.allOf ?? []).map(below);
    return {
      ...(type === undefined ? {} : { type }),
      ...(values === undefined ? {} : { enum: values }),
      ...(constant === undefined ? {} : { const: constant }),
      ...(properties === undefined ? {} : { properties: mapValues(properties, below) }),
      ...(required.length === 0 ? {} : { required }),
      ...(items === undefined ? {} : { items: below(items) }),
      ...(prefixItems === undefined ? {} : { prefixItems: prefixItems.map(below) }),
      ...choiceOf(schema, parts, below),
      ...(additionalProperties === undefined ? {} : { additionalProperties: additional(additionalProperties, below) }),
    };
  }

  function specialType(schema: Schema, side: Side): string | undefined {
    const { "x-organization": domains, "x-codes": codes } = schema;
    if (schema["x-nothing"]) return "undefined";
    if (schema.const !== undefined) return undefined;
    if (side === "input" && schema["x-encrypted"] !== undefined) return fromRuntime("Encryptable");
    if (side === "input" && isFile(schema)) return fromRuntime("FileInput");
    if (side === "input" && schema.format === "decimal") return fromRuntime("Decimal");
    if (domains !== undefined) return domains.map((domain) => fromOrganizations(organizationType(domain))).join(" | ");
    if (side === "answer" && schema["x-open"] && schema.enum !== undefined)
      return openUnion(schema.enum.filter((value) => typeof value === "string"));
    if (schema.enum !== undefined) return undefined;
    if (codes !== undefined && side === "input" && schema["x-code-list"] !== undefined) {
      const values = Object.keys(codes).map((code) => JSON.stringify(code));
      return `${fromRuntime("CodeOf")}<${values.join(" | ")}, ${JSON.stringify(schema["x-code-list"])}>`;
    }
    if (codes !== undefined) return openUnion(codeEntries(codes).map(([code]) => code));
    return isUnknownObject(schema) ? "Record<string, unknown>" : undefined;
  }

  function fromRuntime(name: string): string {
    runtime.add(name);
    return name;
  }

  function fromOrganizations(name: string): string {
    organizations.add(name);
    return name;
  }

  for (const operation of document.operations) {
    if (operation.answerType === "bytes") schemas[dataType(operation)] = { type: "string", "x-type": "Uint8Array" };
    const input = inputOf(operation);
    if (input?.["x-name"] !== undefined) define(input["x-name"], input, "input");
    defineAnswer(operation);
    define(dataType(operation), dataOf(operation), "answer");
  }
  for (const feed of document.feeds) {
    const { key, keySchema } = feed;
    if (keySchema.type === "object") define(keyType(key), keySchema, "input");
    define(recordType(feed), feed.record, "answer");
  }

  /** The answers to 추가인증 of an operation are one union, whatever the methods. */
  function defineAnswer(operation: Operation): void {
    if (operation.twoWay === undefined) return;
    const answers = Object.values(operation.twoWay);
    define(answerType(operation), { title: `${operation.summary} 추가인증 답`, oneOf: answers }, "input");
  }

  return {
    schemas,
    runtime: [...runtime].sort(),
    organizations: [...organizations].sort(),
    shared: [...shared].sort(),
  };
}

/** Fields that callers only get are not asked of them, and those that they only send do not come back. */
function ofSide(properties: Record<string, Schema>, side: Side): Record<string, Schema> {
  const isOther = ({ readOnly, writeOnly }: Schema) => (side === "input" ? readOnly : writeOnly) === true;
  const all = Object.entries(properties);
  return all.some(([, field]) => isOther(field))
    ? Object.fromEntries(all.filter(([, field]) => !isOther(field)))
    : properties;
}

/**
 * What stands beside a choice holds for each of its branches, and of two choices both hold. openapi-typescript makes `A | B | C` of
 * properties beside an `anyOf`, where `A & (B | C)` is meant, so that it is only given `oneOf`.
 */
function choiceOf(
  { oneOf, anyOf }: Schema,
  parts: TypeSchema[],
  below: (schema: Schema) => TypeSchema,
): Pick<TypeSchema, "oneOf" | "allOf"> {
  const choices = [oneOf, anyOf].flatMap((branches) => (branches === undefined ? [] : [distinct(branches.map(below))]));
  const [only] = choices;
  if (choices.length === 1 && parts.length === 0 && only !== undefined) return { oneOf: only };
  const all = [...parts, ...choices.map((branches) => ({ oneOf: branches }))];
  return all.length === 0 ? {} : { allOf: all };
}

function isNullable({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes("null");
}

function labelled(schema: Schema): TypeSchema {
  const title = fieldDoc(schema);
  return title === "" ? {} : { title };
}

function additional(value: boolean | Schema, below: (schema: Schema) => TypeSchema): boolean | TypeSchema {
  return typeof value === "boolean" ? value : below(value);
}

function mapValues(fields: Record<string, Schema>, change: (schema: Schema) => TypeSchema): Record<string, TypeSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(field)]));
}

/** Branches that differ only in their labels are one type. */
function distinct(branches: TypeSchema[]): TypeSchema[] {
  const byType = new Map(branches.map(({ title: _title, ...type }) => [JSON.stringify(type), { ...type }]));
  return [...byType.values()];
}
