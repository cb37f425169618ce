/**
 * From what arrived to what callers are promised.
 * @module
 */
import { isRecord, type Json, mapPath } from "../paths.js";
import type { ApiOperation } from "./operation.js";
import { toList } from "./reply.js";

/**
 * The answer with its fields under the names of the spec, lists as lists and objects as objects.
 * @throws Misshapen
 */
export function decodeFields(operation: ApiOperation, data: unknown): unknown {
  return stepsOf(operation).reduce((shaped, step) => step(shaped), data);
}

type Step = (data: unknown) => unknown;

const known = /* @__PURE__ */ new WeakMap<ApiOperation, Step[]>();

/** What to do to an answer, from the outside in: a field is found by its name and in its shape, and only then what stands in it. */
function stepsOf(operation: ApiOperation): Step[] {
  let steps = known.get(operation);
  if (!steps) {
    const { also = {}, many = [], one = [] } = operation;
    const all: [path: string, Step][] = [
      ...Object.entries(also).map(([path, names]): [string, Step] => [path, (data) => renamed(data, path, names)]),
      ...many.map((path): [string, Step] => [path, (data) => mapPath(data, path, toList)]),
      ...one.map((path): [string, Step] => [path, (data) => mapPath(data, path, (leaf) => toObject(leaf, path))]),
    ];
    steps = all.sort(([a], [b]) => depthOf(a) - depthOf(b)).map(([, step]) => step);
    known.set(operation, steps);
  }
  return steps;
}

function depthOf(path: string): number {
  return path.split(".").length;
}

/** What callers pass, with its fields under the names of the wire. */
export function spelled({ accepts = {} }: ApiOperation, input: Json): Json {
  let body: unknown = input;
  for (const [path, names] of Object.entries(accepts)) body = renamed(body, path, names);
  return body as Json;
}

function renamed(data: unknown, path: string, names: readonly string[]): unknown {
  const dot = path.lastIndexOf(".");
  const name = path.slice(dot + 1);
  return mapPath(data, dot < 0 ? "" : path.slice(0, dot), (object) =>
    isRecord(object) && !(name in object) ? withName(object, name, names) : object,
  );
}

/** Documents and gateways differ in capitals and in blanks at the end of a name as well. */
function withName(object: Json, name: string, others: readonly string[]): Json {
  const wanted = [name, ...others].map(plainly);
  const found = Object.keys(object).find((key) => wanted.includes(plainly(key)));
  if (found === undefined) return object;
  const { [found]: value, ...rest } = object;
  return { ...rest, [name]: value };
}

function plainly(name: string): string {
  return name.trim().toLowerCase();
}

/** One object, where a list of it may arrive. Of several none is left out without a word. */
function toObject(value: unknown, path: string): unknown {
  if (!Array.isArray(value)) return value === "" || value === null ? {} : value;
  if (value.length > 1) throw new Misshapen(`${value.length} rows stand where ${path || "the data"} is one object`);
  return value[0] ?? {};
}

/** What arrived does not fit the spec, and cannot be made to fit without losing some of it. */
export class Misshapen extends Error {}
