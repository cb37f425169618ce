import type { Operation, Schema, TrId } from "../model.js";
import { houseOf } from "../providers.js";
import { hasActions } from "../stand-ins.js";
import { childrenOf, dataOf, inputOf, isFile, isFilledIn, join, schemasIn } from "../walk.js";
import { variantsIn } from "./variants.js";

/** What the runtime is told about an operation. Keys without a value are left out of the generated constant. */
export interface OperationConstant {
  id: string;
  method: Operation["method"];
  path: string;
  retry: Operation["retry"];
  settledBy: string | undefined;
  auth: Operation["auth"];
  trId: Omit<TrId, "legacy"> | undefined;
  headers: Record<string, unknown> | undefined;
  required: string[] | undefined;
  defaults: Record<string, unknown> | undefined;
  from: Record<string, unknown> | undefined;
  accepts: Record<string, unknown> | undefined;
  variants: ReturnType<typeof variantsIn>;
  encrypted: string[] | undefined;
  files: string[] | undefined;
  sensitive: string[] | undefined;
  certificate: Record<string, unknown> | undefined;
  also: Record<string, unknown> | undefined;
  many: string[] | undefined;
  one: string[] | undefined;
  success: string[] | undefined;
  twoWay: true | undefined;
  bodyType: "form" | "multipart" | undefined;
  numbers: string[] | undefined;
  successor: string | undefined;
}

export function operationConstant(operation: Operation): OperationConstant {
  const input = inputOf(operation) ?? {};
  // The answer to 추가인증 travels in the same body as the input.
  const sent = [input, ...Object.values(operation.twoWay ?? {})];
  const data = dataOf(operation);
  const needed = requiredFields(input).filter(({ path }) => !isAction(operation, path));
  const { further = [] } = houseOf(operation.provider);
  return {
    id: `${operation.module}.${operation.id}`,
    method: operation.method,
    path: operation.path,
    retry: operation.retry,
    settledBy: operation.settledBy,
    auth: operation.auth,
    trId: trIdOf(operation),
    headers: mapped(headersOf(operation), (schema) => schema["x-from"] ?? "input"),
    required: listed(needed.filter(({ schema }) => !isFilledIn(schema)).map(({ path }) => path)),
    defaults: mapped(needed, (schema) => schema.default),
    from: mapped(schemasIn(input), (schema) => schema["x-from"]),
    accepts: mapped(schemasIn(input), (schema) => schema["x-also"]),
    variants: variantsIn(input),
    encrypted: listed(pathsIn(sent, (schema) => schema["x-encrypted"] !== undefined)),
    files: listed(pathsIn(sent, (schema) => isFile(schema))),
    sensitive: listed(pathsIn(sent, (schema) => schema["x-sensitive"] === true && schema["x-encrypted"] === undefined)),
    certificate: mapped(schemasIn(input), (schema) => schema["x-certificate"]),
    also: mapped(schemasIn(data), (schema) => schema["x-also"]),
    many: listed(pathsIn([data], (schema) => schema["x-shape"] === "one-or-many")),
    one: listed(pathsIn([data], (schema) => schema["x-shape"] === "one")),
    success: listed(operation.success),
    twoWay: operation.twoWay === undefined ? undefined : true,
    bodyType: operation.requestType && bodyTypes[operation.requestType],
    numbers: further.includes("numbers") ? listed(pathsIn([input], isNumber)) : undefined,
    successor: further.includes("successor") ? successorOf(operation) : undefined,
  };
}

/** JSON is what nobody has to be told. */
const bodyTypes: Record<NonNullable<Operation["requestType"]>, OperationConstant["bodyType"]> = {
  "application/json": undefined,
  "application/x-www-form-urlencoded": "form",
  "multipart/form-data": "multipart",
};

function isNumber({ type }: Schema): boolean {
  return [type].flat().some((name) => name === "number" || name === "integer");
}

/** `module/id`, also where the spec leaves the module out. */
function successorOf({ successor, module }: Operation): string | undefined {
  return successor === undefined || successor.includes("/") ? successor : `${module}/${successor}`;
}

/** It chooses the tr_id and is no field of the request: the runtime looks for it by itself. */
function isAction(operation: Operation, path: string): boolean {
  return path === "action" && hasActions(operation);
}

/** The old names are the sandbox's alone. */
function trIdOf({ trId }: Operation): OperationConstant["trId"] {
  if (trId === undefined) return undefined;
  const { legacy: _legacy, ...current } = trId;
  return current;
}

/** Those that the client does not fill in stand in the input under their own names. */
function headersOf({ parameters }: Operation): FieldSite[] {
  return parameters.flatMap(({ in: where, name, schema }) => (where === "header" ? [{ path: name, schema }] : []));
}

/** Whether callers can leave the input out altogether. */
export function isInputOptional(operation: Operation): boolean {
  const input = inputOf(operation);
  if (input?.oneOf !== undefined) return false;
  return (input?.required ?? []).every((name) => isFilledIn(input?.properties?.[name]));
}

function listed(paths: string[]): string[] | undefined {
  return paths.length === 0 ? undefined : paths;
}

function pathsIn(schemas: readonly Schema[], wanted: (schema: Schema) => boolean): string[] {
  const found = schemas.flatMap((schema) => [...schemasIn(schema)].filter((site) => wanted(site.schema)));
  return [...new Set(found.map(({ path }) => path))];
}

interface FieldSite {
  path: string;
  schema: Schema;
}

/** Path → what `read` finds in the field there, for those in which it finds anything. */
function mapped(sites: Iterable<FieldSite>, read: (schema: Schema) => unknown): Record<string, unknown> | undefined {
  const entries = [...sites].flatMap(({ path, schema }) => {
    const value = read(schema);
    return value === undefined ? [] : [[path, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Required fields, parents first. Branches of a union are left alone: which of them applies is the caller's choice. */
function requiredFields(schema: Schema, path = ""): FieldSite[] {
  const own = Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name))
    .map(([name, field]) => ({ path: join(path, name), schema: field }));
  const below = childrenOf(schema)
    .filter(({ below }) => below !== "")
    .flatMap(({ child, below }) => requiredFields(child, join(path, below)));
  return [...own, ...below];
}
