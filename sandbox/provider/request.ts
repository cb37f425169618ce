/**
 * Reads a request by its operation: parameters from where they stand, and the body in whichever form it comes.
 * @module
 */
import type { Operation, ParameterStyle, Schema } from "../../generator/model.js";
import { isRecord, type Json } from "../shared/json.js";
import { flawIn, type RequestFlaw } from "./flaw.js";
import { readPairs, readParameter } from "./parameters.js";
import type { Found, ProviderRoute } from "./routes.js";
import { fieldOf, typedAs, typesOf } from "./schema.js";

/** A request as it came in. */
export interface Inbound {
  method: string;
  url: URL;
  /** Below the base URL. */
  path: string;
  headers: Headers;
  bytes: ArrayBuffer;
  text: string;
}

/** What a request says, by the names of its input; or what is wrong with it. */
export interface Reading {
  input: Json;
  flaw?: RequestFlaw;
}

export async function readInput({ route, parameters }: Found, inbound: Inbound): Promise<Reading> {
  const { operation } = route;
  const texts = { path: parameters, query: inbound.url.searchParams, headers: inbound.headers };
  const input: Json = {};
  for (const parameter of operation.parameters) {
    const field = parameter.field ?? parameter.name;
    const value = readParameter(parameter, texts);
    if (value !== undefined) input[field] = value;
    const flaw =
      value === undefined ? missing(parameter.required, field) : flawOf(route, parameter.schema, value, field);
    if (flaw) return { input, flaw };
  }
  const body = operation.request && (await readBody(operation, operation.request, inbound));
  if (body === undefined) return { input };
  if ("flaw" in body) return { input, flaw: body.flaw };
  const { bodyField } = operation;
  if (bodyField !== undefined) {
    if (body.value !== undefined) input[bodyField] = body.value;
    const flaw = body.value === undefined ? missing(operation.isBodyRequired, bodyField) : bodyFlaw(route, body.value);
    return { input, ...(flaw && { flaw }) };
  }
  const value = body.value ?? {};
  const flaw = bodyFlaw(route, value);
  if (isRecord(value)) Object.assign(input, value);
  return { input, ...(flaw && { flaw }) };
}

function missing(isRequired: boolean | undefined, field: string): RequestFlaw | undefined {
  return isRequired ? { field, problem: "is missing" } : undefined;
}

function bodyFlaw(route: ProviderRoute, value: unknown): RequestFlaw | undefined {
  const { request = {} } = route.operation;
  return isBytes(request) ? undefined : flawOf(route, request, value, "");
}

function flawOf(route: ProviderRoute, schema: Schema, value: unknown, field: string): RequestFlaw | undefined {
  return flawIn(schema, value, field, route.definition);
}

type FormStyles = NonNullable<Operation["formStyles"]>;

type Body = { value: unknown } | { flaw: RequestFlaw };

const UNREADABLE: Body = { flaw: { field: "", problem: "cannot be read" } };

async function readBody(operation: Operation, schema: Schema, inbound: Inbound): Promise<Body> {
  const { formStyles = [] } = operation;
  if (operation.requestIn === "query") return { value: pairsOf(formStyles, schema, inbound.url.searchParams) };
  const { requestType = "application/json", isBodyRequired = true } = operation;
  const { headers, text, bytes } = inbound;
  const sent = headers.get("content-type") ?? "";
  if (text === "" && (!isBodyRequired || !sent)) return { value: undefined };
  if (kindOf(sent) !== kindOf(requestType)) return UNREADABLE;
  switch (kindOf(requestType)) {
    case "json":
      return parsed(text);
    case "form":
      return { value: pairsOf(formStyles, schema, new URLSearchParams(text)) };
    case "multipart":
      return readMultipart(formStyles, schema, sent, bytes);
    default:
      return { value: isBytes(schema) ? Buffer.from(bytes).toString("base64") : text };
  }
}

function kindOf(media: string): "json" | "form" | "multipart" | "other" {
  if (/^[\w.+-]+\/([\w.+-]+\+)?json\b/i.test(media)) return "json";
  if (/^application\/x-www-form-urlencoded\b/i.test(media)) return "form";
  return /^multipart\//i.test(media) ? "multipart" : "other";
}

function parsed(text: string): Body {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return UNREADABLE;
  }
}

/** The fields of a query or a form. */
function pairsOf(formStyles: FormStyles, schema: Schema, pairs: URLSearchParams): Json {
  const names = new Set([...pairs.keys()].map((key) => key.replace(/\[.*\]$/, "")));
  const entries = [...names].map((name) => {
    const { style = "form" as ParameterStyle, explode } = formStyles.find((given) => given.name === name) ?? {};
    const known = fieldOf(schema, name);
    const value = known
      ? readPairs(name, known, { style, explode: explode ?? style === "form" }, pairs)
      : pairs.get(name);
    return [name, value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The parts of a form; of a file its bytes, as base64. */
async function readMultipart(formStyles: FormStyles, schema: Schema, type: string, bytes: ArrayBuffer): Promise<Body> {
  try {
    const form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
    const pairs = new URLSearchParams();
    for (const [name, part] of form) pairs.append(name, await partOf(part));
    const styled = pairsOf(formStyles, schema, pairs);
    const names = new Set(pairs.keys());
    const entries = [...names].map((name) => {
      const isStyled = formStyles.some((given) => given.name === name);
      return [name, isStyled ? styled[name] : partsOf(fieldOf(schema, name), pairs.getAll(name))];
    });
    return { value: Object.fromEntries(entries) };
  } catch {
    return UNREADABLE;
  }
}

async function partOf(part: string | Blob): Promise<string> {
  if (typeof part === "string") return part;
  const isJson = kindOf(part.type) === "json";
  return isJson ? part.text() : Buffer.from(await part.arrayBuffer()).toString("base64");
}

/** A list comes in several parts, or in one of JSON; an object is JSON. */
function partsOf(schema: Schema | undefined, [first = "", ...others]: readonly string[]): unknown {
  const types = schema ? typesOf(schema) : [];
  const value = types.some((type) => type === "object" || type === "array") ? parsed(first) : UNREADABLE;
  if ("value" in value && typeof value.value === "object" && others.length === 0) return value.value;
  return types.includes("array")
    ? [first, ...others].map((part) => partsOf(schema?.items, [part]))
    : typedAs(schema, first);
}

function isBytes({ contentMediaType, format, contentEncoding }: Schema): boolean {
  return (contentMediaType !== undefined && contentEncoding === undefined) || format === "binary";
}

/** What the log shows of a body: what could be read of it, by its own account. */
export async function decodedBody({ headers, text, bytes, method, url }: Inbound): Promise<unknown> {
  const type = headers.get("content-type") ?? "";
  if (text === "") return method === "GET" || method === "HEAD" ? Object.fromEntries(url.searchParams) : undefined;
  switch (kindOf(type)) {
    case "json": {
      const body = parsed(text);
      return "value" in body ? body.value : undefined;
    }
    case "form":
      return Object.fromEntries(new URLSearchParams(text));
    case "multipart": {
      const body = await readMultipart([], {}, type, bytes);
      return "value" in body ? body.value : undefined;
    }
    default:
      return text;
  }
}
