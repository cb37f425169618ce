/**
 * From what arrived to what callers are promised.
 * @module
 */
import { isRecord, type Json, mapPath } from "../paths.js";
import { toList } from "../to-list.js";
import type { ApiOperation } from "./operation.js";

/** The answer with its fields under the names of the spec, lists as lists and objects as objects. */
export function settled({ also = {}, many = [], one = [] }: ApiOperation, data: unknown): unknown {
  let shaped = data;
  for (const [path, names] of Object.entries(also)) shaped = renamed(shaped, path, names);
  for (const path of many) shaped = mapPath(shaped, path, toList);
  for (const path of one) shaped = mapPath(shaped, path, toObject);
  return shaped;
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

/** One object, where a list of it may arrive: the first of several, for the others see `reply.raw`. */
function toObject(value: unknown): unknown {
  if (Array.isArray(value)) return value[0] ?? {};
  return value === "" || value === null ? {} : value;
}
