/**
 * What a schema promises of a value beyond what a validator asks.
 * @module
 */
import type { Schema } from "kofin/generator";
import type { Input } from "./example-input.js";

/** Where data is of another kind than its schema promises to callers: lists are lists, objects are objects. */
export function unlike(schema: Schema, value: unknown, path = "data"): string[] {
  if (value === undefined || value === null) return [];
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, index) => unlike(schema.items ?? {}, item, `${path}[${index}]`));
  }
  if (schema.type !== "object") return [];
  if (typeof value !== "object" || Array.isArray(value)) return [`${path} is no object`];
  const fields = Object.entries(schema.properties ?? {});
  return fields.flatMap(([name, inner]) => unlike(inner, (value as Input)[name], `${path}.${name}`));
}

/** Fields of a value that its schema does not name. */
export function strangers(schema: Schema, value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => strangers(schema.items ?? {}, item, `${path}[]`));
  if (typeof value !== "object" || value === null || schema.additionalProperties === true) return [];
  const named = Object.assign({}, schema.properties, ...(schema.oneOf ?? []).map(({ properties }) => properties));
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === "" ? name : `${path}.${name}`;
    const known = (named as Record<string, Schema>)[name];
    return known ? strangers(known, inner, here) : [here];
  });
}

/** What of an input did not arrive as it was passed. Whether a number arrives as a number or as its digits is not looked at here. */
export function lost(input: unknown, sent: unknown, path = ""): string[] {
  if (typeof input === "object" && input !== null) {
    return Object.entries(input).flatMap(([name, inner]) =>
      lost(inner, (sent as Input | undefined)?.[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return String(sent) === String(input) && sent !== undefined ? [] : [path];
}

/** Fields that a caller may leave out and that did not arrive with what the spec fills in. */
export function unfilled({ properties = {}, required = [] }: Schema, input: Input, sent: unknown): string[] {
  const arrived = sent as Input;
  return required.filter((name) => {
    const usual = properties[name]?.default;
    return usual !== undefined && input[name] === undefined && arrived[name] !== usual;
  });
}

/** Lists of an answer that have nothing in them. */
export function emptyLists(data: unknown): string[] {
  return Object.entries(data as Input).flatMap(([name, value]) =>
    Array.isArray(value) && value.length === 0 ? [name] : [],
  );
}
