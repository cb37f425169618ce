import type { Feed, Operation, Parameter, Schema } from "./model.js";
import { pascalCase } from "./names.js";
import { pseudoFields } from "./pseudo-fields.js";

/** Every schema in `schema`, itself first. Branches of a union stand at the path of the union. */
export function* schemasIn(schema: Schema, path = ""): Generator<{ schema: Schema; path: string }> {
  yield { schema, path };
  for (const { child, below } of childrenOf(schema)) yield* schemasIn(child, join(path, below));
}

/** The schemas directly in `schema`, with the piece of path that leads to them: a field's name, `[]`, or nothing. */
export function childrenOf(schema: Schema): { child: Schema; below: string }[] {
  const fields = Object.entries(schema.properties ?? {}).map(([below, child]) => ({ child, below }));
  const items = schema.items === undefined ? [] : [{ child: schema.items, below: "[]" }];
  const { oneOf = [], anyOf = [], allOf = [], prefixItems = [] } = schema;
  const branches = [...oneOf, ...anyOf, ...allOf].map((child) => ({ child, below: "" }));
  return [...fields, ...items, ...prefixItems.map((child) => ({ child, below: "[]" })), ...branches];
}

/** Every schema directly in `schema`, those that no path leads to as well. */
export function partsOf(schema: Schema): Schema[] {
  const { additionalProperties } = schema;
  const further = typeof additionalProperties === "object" ? [additionalProperties] : [];
  return [...childrenOf(schema).map(({ child }) => child), ...further];
}

/** `accountList` + `[]` + `organization` → `accountList[].organization`, as `runtime/paths.ts` reads them. */
export function join(path: string, below: string): string {
  return path === "" || below === "" || below === "[]" ? path + below : `${path}.${below}`;
}

/** An object of which nothing is known but that it is one. */
export function isUnknownObject({ additionalProperties, properties }: Schema): boolean {
  return additionalProperties === true && Object.keys(properties ?? {}).length === 0;
}

/** What callers get. */
export function dataOf({ response, data }: Operation): Schema {
  return data ?? response;
}

/** A field that takes bytes or a path: base64 in a JSON body, a part of a multipart one. */
export function isFile({ contentEncoding, contentMediaType }: Schema): boolean {
  return contentEncoding === "base64" || contentMediaType !== undefined;
}

/** A field that callers may leave out though the wire must have it: it has a default, or comes from the client. */
export function isFilledIn(field: Schema | undefined): boolean {
  return field?.default !== undefined || field?.["x-from"] !== undefined;
}

/**
 * What callers pass, in one object: what the request holds for them, the single parameters that the client does not fill in, and what
 * stands for several fields (`action`, `account`). Undefined when the operation takes nothing.
 * Fields of the second request of 추가인증 are left out: they come from the challenge and its answer.
 */
export function inputOf(operation: Operation): Schema | undefined {
  const { parameters, idempotency, inputName, bodyField } = operation;
  const request = bodyField === undefined ? withoutKey(firstRequest(operation), idempotency?.field) : undefined;
  const fields = [...schemasIn(request ?? {})].map(({ schema }) => schema);
  const given = parameters.filter((parameter) => !isClients(parameter));
  const ahead = [
    ...pseudoFields(operation, fields),
    ...given.map(({ field, name, ...about }) => ({ ...about, name: field ?? name })),
    ...wholeBody(operation),
  ];
  if (ahead.length === 0 && request !== undefined && inputName !== undefined)
    return { "x-name": inputName, ...request };
  if (ahead.length === 0) return request;
  const needed = ahead.filter(({ required, name }) => required && name !== idempotency?.field).map(({ name }) => name);
  return {
    type: "object",
    ...request,
    "x-name": inputName ?? `${pascalCase(operation.id)}Request`,
    properties: { ...Object.fromEntries(ahead.map(({ name, schema }) => [name, schema])), ...request?.properties },
    required: [...needed, ...(request?.required ?? [])],
  };
}

/** A body whose fields do not stand in the input themselves. */
function wholeBody({
  request,
  bodyField,
  isBodyRequired = false,
}: Operation): Pick<Parameter, "name" | "required" | "schema">[] {
  if (bodyField === undefined || request === undefined) return [];
  return [{ name: bodyField, required: isBodyRequired, schema: request }];
}

/** The key of a repeat is made up when the caller passes none. */
function withoutKey(request: Schema | undefined, field: string | undefined): Schema | undefined {
  if (field === undefined || !request?.required?.includes(field)) return request;
  return { ...request, required: request.required.filter((name) => name !== field) };
}

/** A header that the client fills in is none of the caller's business. */
export function isClients({ in: where, schema }: Parameter): boolean {
  return where === "header" && schema["x-from"] !== undefined;
}

/** What the request body holds for callers, in the first request of 추가인증. */
function firstRequest({ request: sent, requestField, twoWay }: Operation): Schema | undefined {
  const request = requestField === undefined ? sent : sent?.properties?.[requestField];
  const { properties = {}, required } = request ?? {};
  const first = Object.entries(properties).filter(([, field]) => field["x-second-request"] !== true);
  if (request === undefined || twoWay === undefined || first.length === Object.keys(properties).length) return request;
  const fields = Object.fromEntries(first);
  const needed = required && { required: required.filter((name) => Object.hasOwn(fields, name)) };
  return { ...request, properties: fields, ...needed };
}

/** The type of an operation's input, when it has any. */
export function inputType(operation: Operation): string | undefined {
  return operation.sentName ?? inputOf(operation)?.["x-name"];
}

export function dataType(operation: Operation): string {
  return dataOf(operation)["x-name"] ?? operation.dataName ?? `${pascalCase(operation.id)}Data`;
}

/** The type of what a feed delivers. */
export function recordType({ id, record }: Feed): string {
  return record["x-name"] ?? pascalCase(id);
}

/** The type of what a feed is asked for by, where that has parts. */
export function keyType(key: string): string {
  return pascalCase(key);
}

export function answerType(operation: Operation): string {
  return `${pascalCase(operation.id)}Answer`;
}

/** The function that asks for page after page of an operation with `x-paging`. */
export function pagesName({ id }: Pick<Operation, "id">): string {
  return `${id}Pages`;
}

export function challengeType(operation: Operation): string {
  return `${pascalCase(operation.id)}Challenge`;
}
