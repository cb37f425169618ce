import type { Operation, Schema } from "./model.js";
import { pascalCase } from "./names.js";
import { houseOf } from "./providers.js";

/** Every schema in `schema`, itself first. Branches of a union stand at the path of the union. */
export function* schemasIn(schema: Schema, path = ""): Generator<{ schema: Schema; path: string }> {
  yield { schema, path };
  for (const { child, below } of childrenOf(schema)) yield* schemasIn(child, join(path, below));
}

/** The schemas directly in `schema`, with the piece of path that leads to them: a field's name, `[]`, or nothing. */
export function childrenOf(schema: Schema): { child: Schema; below: string }[] {
  const fields = Object.entries(schema.properties ?? {}).map(([below, child]) => ({ child, below }));
  const items = schema.items === undefined ? [] : [{ child: schema.items, below: "[]" }];
  const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map((child) => ({ child, below: "" }));
  return [...fields, ...items, ...branches];
}

/** `accountList` + `[]` + `organization` → `accountList[].organization`, as `runtime/paths.ts` reads them. */
export function join(path: string, below: string): string {
  return path === "" || below === "" || below === "[]" ? path + below : `${path}.${below}`;
}

/** An object of which nothing is known but that it is one. */
export function isUnknownObject({ additionalProperties, properties }: Schema): boolean {
  return additionalProperties === true && Object.keys(properties ?? {}).length === 0;
}

/** What callers get: inside the provider's envelope, or the whole body. */
export function dataOf(operation: Operation): Schema {
  const { envelope } = houseOf(operation.provider);
  return (envelope === undefined ? operation.response : operation.response.properties?.[envelope]) ?? {};
}

/** A field that takes bytes or a path: base64 in a JSON body, a part of a multipart one. */
export function isFile({ contentEncoding, contentMediaType }: Schema): boolean {
  return contentEncoding === "base64" || contentMediaType !== undefined;
}

/**
 * What callers pass: the request body and the parameters in one object. Undefined when the operation takes nothing.
 * Fields of the second request of 추가인증 are left out: they come from the challenge and its answer.
 */
export function inputOf(operation: Operation): Schema | undefined {
  const { parameters } = operation;
  const request = firstRequest(operation);
  if (parameters.length === 0) return request;
  const body = request?.properties ?? {};
  const fields = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    "x-name": `${pascalCase(operation.id)}Request`,
    ...(request?.title === undefined ? {} : { title: request.title }),
    type: "object",
    properties: { ...fields, ...body },
    required: [...required, ...(request?.required ?? [])],
  };
}

function firstRequest({ request, twoWay }: Operation): Schema | undefined {
  const { properties = {}, required } = request ?? {};
  const first = Object.entries(properties).filter(([, field]) => field["x-second-request"] !== true);
  if (request === undefined || twoWay === undefined || first.length === Object.keys(properties).length) return request;
  const fields = Object.fromEntries(first);
  const needed = required && { required: required.filter((name) => Object.hasOwn(fields, name)) };
  return { ...request, properties: fields, ...needed };
}

/** The type of an operation's input, when it has any. */
export function inputType(operation: Operation): string | undefined {
  return inputOf(operation)?.["x-name"];
}

export function dataType(operation: Operation): string {
  return dataOf(operation)["x-name"] ?? `${pascalCase(operation.id)}Data`;
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
