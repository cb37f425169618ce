import type { FurtherConstant, Operation, Parameter, Schema, TrId } from "../model.js";
import { hasActions } from "../pseudo-fields.js";
import { type MediaKind, mediaKind } from "../read/media.js";
import { childrenOf, dataOf, inputOf, isFile, isFilledIn, isUnknownObject, join, schemasIn } from "../walk.js";
import { variantsIn } from "./variants.js";

/** What the runtime is told about an operation. Keys without a value are left out of the generated constant. */
export interface OperationConstant {
  id: string;
  method: Operation["method"];
  path: string;
  server: string | undefined;
  retry: Operation["retry"];
  envelope: "none" | undefined;
  limit: string | undefined;
  idempotency: Operation["idempotency"];
  settledBy: string | undefined;
  auth: Operation["auth"];
  trId: Omit<TrId, "legacy"> | undefined;
  environments: string[] | undefined;
  constantHeaders: Record<string, string> | undefined;
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
  params: Record<string, unknown> | undefined;
  body: string | undefined;
  bodyType: "form" | "multipart" | "text" | "bytes" | undefined;
  contentType: string | undefined;
  answer: Operation["answerType"];
  decimals: string[] | undefined;
  numbers: string[] | undefined;
  successor: string | undefined;
}

/** `further` names what only some providers say: see `FurtherConstant`. */
export function operationConstant(operation: Operation, further: readonly FurtherConstant[] = []): OperationConstant {
  const input = inputOf(operation) ?? {};
  // The answer to 추가인증 travels in the same body as the input.
  const sent = [input, ...Object.values(operation.twoWay ?? {})];
  const data = dataOf(operation);
  const needed = requiredFields(input).filter(({ path }) => !isAction(operation, path));
  return {
    id: `${operation.module}.${operation.id}`,
    method: operation.method,
    path: operation.path,
    server: operation.server,
    retry: operation.retry,
    envelope: operation.comesWhole ? "none" : undefined,
    limit: operation.limit,
    idempotency: operation.idempotency,
    settledBy: operation.settledBy,
    auth: operation.auth,
    trId: trIdOf(operation),
    environments: operation.environments,
    constantHeaders: operation.constantHeaders,
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
    many: listed(
      pathsIn([data], (schema) =>
        further.includes("lists") ? schema.type === "array" : schema["x-shape"] === "one-or-many",
      ),
    ),
    one: listed(
      pathsIn([data], (schema) => schema["x-shape"] === "one" || (schema === data && isHeldObject(operation))),
    ),
    success: listed(operation.success),
    twoWay: operation.twoWay === undefined ? undefined : true,
    params: paramsOf(operation),
    body: operation.bodyField,
    ...bodyTypeOf(operation),
    answer: operation.answerType,
    decimals: further.includes("decimals") ? listed(pathsIn([input], ({ format }) => format === "decimal")) : undefined,
    numbers: further.includes("numbers") ? listed(pathsIn([input], isNumber)) : undefined,
    successor: further.includes("successor") ? successorOf(operation) : undefined,
  };
}

/** What callers get is an object in a field of the answer: a list may stand there in its place. */
function isHeldObject({ response, data = {} }: Operation): boolean {
  const isHeld = Object.values(response.properties ?? {}).includes(data);
  return isHeld && data.type === "object" && !isUnknownObject(data);
}

/** JSON is what nobody has to be told, and neither is the usual media type of a kind. */
function bodyTypeOf({ requestType }: Operation): Pick<OperationConstant, "bodyType" | "contentType"> {
  if (requestType === undefined) return { bodyType: undefined, contentType: undefined };
  const kind = mediaKind(requestType);
  const isUsual = [usualTypes[kind], "*/*"].includes(requestType.toLowerCase());
  return { bodyType: kind === "json" ? undefined : kind, contentType: isUsual ? undefined : requestType };
}

const usualTypes: Record<MediaKind, string> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  text: "text/plain",
  bytes: "application/octet-stream",
};

/** Where fields of the input stand that are not in the body: by name, or with how they are written where that is unusual. */
function paramsOf({ method, request, parameters, formStyles = [] }: Operation): Record<string, unknown> | undefined {
  // Of a GET without a body, what is nowhere else is the query.
  const isQuery = (method === "GET" || method === "HEAD") && request === undefined;
  const usual = isQuery ? ["header", "query"] : ["header"];
  const placed = (["path", "query", "header", "cookie"] as const).map((place) => {
    const here = parameters.filter(
      (parameter) => parameter.in === place && (!usual.includes(place) || isUnusual(parameter)),
    );
    return [place, here.map(paramOf)] as const;
  });
  const form = formStyles.map(({ name, style, explode }) => ({ field: name, name, style, explode }));
  const said = [...placed, ["form", form] as const].filter(([, list]) => list.length > 0);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

function isUnusual({ field, style, explode }: Parameter): boolean {
  return field !== undefined || style !== undefined || explode !== undefined;
}

function paramOf(parameter: Parameter): unknown {
  const { name, field = name, style, explode } = parameter;
  return isUnusual(parameter) ? { field, name, style, explode } : name;
}

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
  return parameters.flatMap((parameter) => {
    const { in: where, name, schema } = parameter;
    return where === "header" && !isUnusual(parameter) ? [{ path: name, schema }] : [];
  });
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
    .filter(([name, field]) => schema.required?.includes(name) && field.readOnly !== true)
    .map(([name, field]) => ({ path: join(path, name), schema: field }));
  const below = childrenOf(schema)
    .filter(({ below }) => below !== "")
    .flatMap(({ child, below }) => requiredFields(child, join(path, below)));
  return [...own, ...below];
}
