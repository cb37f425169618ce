/**
 * Example inputs of an operation, built from its spec alone: what a caller passes, and what of it cannot be done without.
 * @module
 */
import type { Operation, Parameter, Schema } from "kofin/generator";

export type Input = Record<string, unknown>;

/** What a test knows beyond the spec. */
export interface Recipe {
  /** A better value for a field than the spec shows. Undefined: there is none; null leaves the field out. */
  known?: (field: Field) => unknown;
  /** Which fields the caller passes. Default: all that the client does not fill in. `isNeeded` is the other extreme. */
  passes?: (field: Field) => boolean;
}

export interface Field {
  name: string;
  /** As the runtime writes it: `accountList[].organization`. */
  path: string;
  schema: Schema;
  required: boolean;
}

/** A field that a request cannot do without. */
export interface Need extends Pick<Field, "name" | "path"> {
  /** Callers may leave it out: the spec has a default, or the client fills it in. */
  filledIn: boolean;
  /** It selects one of the alternatives. */
  selects: boolean;
}

export interface Example {
  /** Which alternatives it took: `loginType 0, certType pfx`. */
  title: string;
  input: Input;
  needs: Need[];
}

/** Whether a caller cannot leave a field out. */
export function isNeeded({ required, schema }: Field): boolean {
  return required && schema.default === undefined;
}

/** Headers that callers pass, with the other parameters that stand by themselves. */
export function callersParameters({ parameters }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in !== "header" || parameter.schema["x-from"] === undefined);
}

/** Everything that the operation takes from callers, in the body, in the query or in headers. */
export function inputSchema(operation: Operation, request: Schema | undefined = operation.request): Schema {
  const parameters = callersParameters(operation);
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    ...request,
    properties: { ...properties, ...request?.properties },
    required: [...required, ...(request?.required ?? [])],
  };
}

/**
 * One example for each way to fill the request: as many as its widest choice has alternatives.
 * @param request the part of the body that callers pass; default all of it
 */
export function examplesOf(operation: Operation, recipe: Recipe = {}, request?: Schema): Example[] {
  const schema = inputSchema(operation, request);
  const answers = Object.values(operation.twoWay ?? {}).flatMap(({ properties }) => Object.keys(properties ?? {}));
  const later = new Set(["is2Way", "twoWayInfo", ...answers]);
  return Array.from({ length: widest(schema) }, (_, turn) => {
    const made: Making = { turn, recipe, needs: [], titles: [] };
    const input = makeObject(leaveOut(schema, later), "", made);
    return { title: made.titles.join(", "), input, needs: made.needs };
  });
}

/** A copy of `input` without the field at `path`, in every item of the lists on the way. */
export function without(input: unknown, path: string): Input {
  const [segment = "", ...rest] = path.split(".");
  const name = segment.replace(/\[\]$/, "");
  const copy = { ...(input as Input) };
  const inner = copy[name];
  if (rest.length === 0) delete copy[name];
  else
    copy[name] = Array.isArray(inner)
      ? inner.map((item) => without(item, rest.join(".")))
      : without(inner, rest.join("."));
  return copy;
}

/** What only the answer to 추가인증 brings does not belong in a first request, unless it is required there. */
function leaveOut(schema: Schema, later: ReadonlySet<string>): Schema {
  const fields = Object.entries(schema.properties ?? {});
  const first = fields.filter(([name]) => schema.required?.includes(name) || !later.has(name));
  return { ...schema, properties: Object.fromEntries(first) };
}

interface Making {
  turn: number;
  recipe: Recipe;
  needs: Need[];
  titles: string[];
}

function widest({ oneOf = [], properties = {}, items }: Schema): number {
  const inner = [...oneOf, ...Object.values(properties), ...(items ? [items] : [])];
  return Math.max(1, oneOf.length, ...inner.map(widest));
}

function makeObject(schema: Schema, path: string, made: Making): Input {
  const variant = schema.oneOf?.[made.turn % schema.oneOf.length];
  const required = new Set([...(schema.required ?? []), ...(variant?.required ?? [])]);
  const properties = { ...schema.properties, ...variant?.properties };
  const constants = Object.entries(variant?.properties ?? {}).filter(([, inner]) => inner.const !== undefined);
  made.titles.push(...constants.map(([name, inner]) => `${name} ${inner.const}`));
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, inner]) => {
      const here = path === "" ? name : `${path}.${name}`;
      const field: Field = { name, path: here, schema: inner, required: required.has(name) };
      const filledIn = inner.default !== undefined || inner["x-from"] !== undefined;
      if (field.required) {
        made.needs.push({ path: here, name, filledIn, selects: constants.some(([constant]) => constant === name) });
      }
      const value = fieldValue(field, made);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Undefined leaves the field out. */
function fieldValue(field: Field, made: Making): unknown {
  const { known = () => undefined, passes = () => true } = made.recipe;
  if (field.schema["x-from"] !== undefined || !passes(field)) return undefined;
  const value = known(field);
  return value === undefined ? makeValue(field.schema, field.path, made) : (value ?? undefined);
}

function makeValue(schema: Schema, path: string, made: Making): unknown {
  const { type, items } = schema;
  if (type === "array") {
    const inner = items ?? {};
    return [isObject(inner) ? makeObject(inner, `${path}[]`, made) : makeValue(inner, `${path}[]`, made)];
  }
  if (isObject(schema)) return makeObject(schema, path, made);
  if (schema.contentEncoding === "base64" || "contentMediaType" in schema) return FILE;
  const shown = schema.const ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (shown !== undefined) return schema.format === "decimal" ? numberOf(shown) : shown;
  if (type === "integer" || type === "number") return 0;
  if (type === "boolean") return false;
  const code = Object.keys(schema["x-codes"] ?? {})[0];
  return code ?? FORMS[schema.format ?? ""] ?? "1".repeat(Math.min(schema.maxLength ?? 4, 4));
}

const FORMS: Readonly<Record<string, string>> = { yyyymmdd: "20260415", yyyymm: "202604", hhmmss: "090000" };

/** Callers may pass quantities, prices and amounts as numbers. One that would lose a digit stays text. */
function numberOf(shown: unknown): unknown {
  return String(Number(shown)) === shown ? Number(shown) : shown;
}

/** Base64 as text: what goes over the wire, and what a caller may pass as well. */
const FILE = Buffer.from("a file").toString("base64");

function isObject({ type, oneOf, properties }: Schema): boolean {
  return type === "object" || oneOf !== undefined || properties !== undefined;
}
