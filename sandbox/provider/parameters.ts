/**
 * Values that travel as text: in paths, queries, headers, cookies and forms, in the styles of OpenAPI.
 * @module
 */
import type { Parameter, ParameterStyle, Schema } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import { fieldOf, typedAs, typesOf } from "./schema.js";

/** Where the texts of a request are. */
export interface Texts {
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Headers;
}

/** What a parameter says; undefined when it is not there. */
export function readParameter(parameter: Parameter, { path, query, headers }: Texts): unknown {
  const { name, in: place, schema } = parameter;
  if (place === "query") return readPairs(name, schema, stylesOf(parameter, "form"), query);
  if (place === "cookie") {
    return readPairs(name, schema, stylesOf(parameter, "form"), cookiesOf(headers.get("cookie") ?? ""));
  }
  const text = place === "path" ? path[name] : (headers.get(name) ?? undefined);
  return text === undefined ? undefined : readText(name, schema, stylesOf(parameter, "simple"), text);
}

interface Style {
  style: ParameterStyle;
  explode: boolean;
}

function stylesOf({ style, explode }: Pick<Parameter, "style" | "explode">, usual: ParameterStyle): Style {
  const chosen = style ?? usual;
  return { style: chosen, explode: explode ?? chosen === "form" };
}

/** What stands under a name in a query or a form. */
export function readPairs(name: string, schema: Schema, { style, explode }: Style, pairs: URLSearchParams): unknown {
  if (isObject(schema) && (style === "deepObject" || (style === "form" && explode))) {
    return readFields(name, schema, style, pairs);
  }
  const given = pairs.getAll(name);
  const [first] = given;
  if (first === undefined) return undefined;
  if (style === "json") return parsed(first);
  const items = explode ? given : first.split(SEPARATORS[style] ?? ",");
  // Where a single text is allowed as well, one item is no list.
  const isSingle = items.length === 1 && typesOf(schema).includes("string");
  if (isList(schema) && !isSingle) return items.map((text) => item(schema, text));
  return isObject(schema) ? objectOf(schema, first.split(SEPARATORS[style] ?? ",")) : typedAs(schema, first);
}

const SEPARATORS: Partial<Record<ParameterStyle, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

/** The fields of an object, each under a name of its own: `filter[status]=…`, or `status=…`. */
function readFields(name: string, schema: Schema, style: ParameterStyle, pairs: URLSearchParams): Json | undefined {
  const entries = [...pairs.keys()].flatMap((key) => {
    const field = style === "form" ? key : (/^(.*)\[([^\]]+)\]$/.exec(key)?.slice(1) ?? []);
    const inner = typeof field === "string" ? field : field[0] === name ? (field[1] ?? "") : "";
    const known = fieldOf(schema, inner);
    if (inner === "" || (style === "form" && !known)) return [];
    const values = pairs.getAll(key);
    return [[inner, known && isList(known) ? values.map((text) => item(known, text)) : typedAs(known, values[0])]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What stands in a path segment or a header. */
function readText(name: string, schema: Schema, { style, explode }: Style, text: string): unknown {
  if (style === "json") return parsed(text);
  const matrix = `;${name}=`;
  const bare = style === "label" ? text.replace(/^\./, "") : style === "matrix" ? text.replace(matrix, "") : text;
  const separator = style === "label" ? "." : style === "matrix" && explode ? matrix : ",";
  if (isList(schema)) return bare.split(separator).map((part) => item(schema, part));
  if (!isObject(schema)) return typedAs(schema, bare);
  if (!explode) return objectOf(schema, bare.split(separator));
  const pairs = bare.split(style === "simple" ? "," : style === "label" ? "." : ";").filter(Boolean);
  return objectOf(
    schema,
    pairs.flatMap((pair) => [pair.split("=")[0] ?? "", pair.split("=").slice(1).join("=")]),
  );
}

/** `[R, 100, G, 200]` → `{ R: 100, G: 200 }` */
function objectOf(schema: Schema, parts: readonly string[]): Json {
  const entries = parts.flatMap((part, index) =>
    index % 2 === 0 ? [[part, typedAs(fieldOf(schema, part), parts[index + 1] ?? "")]] : [],
  );
  return Object.fromEntries(entries);
}

function item({ items }: Schema, text: string): unknown {
  return typedAs(items, text);
}

function isList(schema: Schema): boolean {
  return typesOf(schema).includes("array");
}

function isObject(schema: Schema): boolean {
  return typesOf(schema).includes("object");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function cookiesOf(header: string): URLSearchParams {
  const pairs = header.split(/;\s*/).flatMap((pair): [string, string][] => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), decodeURIComponent(pair.slice(equals + 1))]];
  });
  return new URLSearchParams(pairs);
}
