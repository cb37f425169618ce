/**
 * Example inputs of an operation, built from its spec alone: what a caller passes, and the same as it goes over the wire.
 * @module
 */
import type { Operation, Schema } from "kofin/generator";

export type Input = Record<string, unknown>;

/** A field that an input cannot do without. */
export interface Need {
  /** As the runtime writes it: `accountList[].organization`. */
  path: string;
  name: string;
  /** Callers may leave it out: the spec has a default. */
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

/** Everything that the operation takes, in the body or in the query. */
export function inputSchema({ request, parameters }: Operation): Schema {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    ...request,
    properties: { ...properties, ...request?.properties },
    required: [...required, ...(request?.required ?? [])],
  };
}

/** One full example for each way to fill the request: as many as its widest choice has alternatives. */
export function examplesOf(operation: Operation, secret: (path: string) => unknown): Example[] {
  const schema = inputSchema(operation);
  const answers = Object.values(operation.twoWay ?? {}).flatMap(({ properties }) => Object.keys(properties ?? {}));
  const later = new Set(["is2Way", "twoWayInfo", ...answers]);
  return Array.from({ length: widest(schema) }, (_, turn) => {
    const made: Making = { turn, secret, needs: [], titles: [] };
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
  secret: (path: string) => unknown;
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
    Object.entries(properties).map(([name, inner]) => {
      const here = path === "" ? name : `${path}.${name}`;
      if (required.has(name)) {
        const selects = constants.some(([constant]) => constant === name);
        made.needs.push({ path: here, name, selects, filledIn: inner.default !== undefined });
      }
      return [name, makeValue(inner, name, here, made)];
    }),
  );
}

function makeValue(schema: Schema, name: string, path: string, made: Making): unknown {
  const { type, items } = schema;
  if (schema["x-encrypted"]) return made.secret(path);
  if (name === "connectedId") return "sandbox_connectedId";
  if (type === "array") {
    const inner = items ?? {};
    return [isObject(inner) ? makeObject(inner, `${path}[]`, made) : makeValue(inner, name, `${path}[]`, made)];
  }
  if (isObject(schema)) return makeObject(schema, path, made);
  if (schema.contentEncoding === "base64" || "contentMediaType" in schema) return FILE;
  if (schema.format === "yyyymmdd") return /^end/.test(name) ? "20260531" : "20260501";
  const shown = schema.const ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (shown !== undefined) return shown;
  if (type === "integer" || type === "number") return 0;
  if (type === "boolean") return false;
  const code = Object.keys(schema["x-codes"] ?? {})[0];
  return code ?? "1".repeat(Math.min(schema.maxLength ?? 4, 4));
}

/** Base64 as text: what goes over the wire, and what a caller may pass as well. */
const FILE = Buffer.from("a file").toString("base64");

function isObject({ type, oneOf, properties }: Schema): boolean {
  return type === "object" || oneOf !== undefined || properties !== undefined;
}
