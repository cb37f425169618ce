/**
 * From what the caller passes to what is sent.
 * @module
 */
import { type FaultAt, faults } from "../call/fault.js";
import { fillFlat, type Sources } from "../call/flat-input.js";
import { fillIn } from "../call/input.js";
import type { Call, WireRequest } from "../call/protocol.js";
import { plainDigits } from "../decimal.js";
import { isRecord, type Json, mapPath, valuesAt } from "../paths.js";
import type { ApiOperation, CallContext } from "./operation.js";
import { fieldsOf, fillPath, formText, queryText, textEntries } from "./params.js";

/** What input has to keep besides what its spec says. */
export type InputCheck = (operation: ApiOperation, input: Json, fault: FaultAt) => void;

/** @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID` */
export async function serialize(
  call: Call<ApiOperation, CallContext>,
  sources: Sources,
  check?: InputCheck,
): Promise<WireRequest> {
  const { operation, input, session } = call;
  const faultAt: FaultAt = (field) => faults(session.provider)(operation, field);
  const own: Sources = { ...sources, idempotencyKey: () => keyOf(call) };
  const filled = fillFlat(operation, input, own, faultAt) ?? fillIn(operation, input, own, faultAt);
  const keyed = withKey(call, decimalsIn(operation, filled, faultAt));
  check?.(operation, keyed, faultAt);
  return place(call, await withFiles(operation, keyed, faultAt), sources, faultAt);
}

/** The key of a call is made once, and stays the same for all its attempts. */
function keyOf(call: Call): string {
  call.idempotencyKey ??= crypto.randomUUID();
  call.keyedAt ??= Date.now();
  return call.idempotencyKey;
}

function withKey(call: Call, input: Json): Json {
  const { idempotency, retry } = call.operation;
  if (!idempotency || retry !== "idempotency-key") return input;
  const given = input[idempotency.field];
  if (typeof given === "string" && given !== "") {
    call.idempotencyKey ??= given;
    call.keyedAt ??= Date.now();
    return input;
  }
  return { ...input, [idempotency.field]: keyOf(call) };
}

/** Files are parts of a multipart body, a body of bytes, and base64 elsewhere. */
async function withFiles(operation: ApiOperation, input: Json, faultAt: FaultAt): Promise<Json> {
  const { files = [], bodyType, body: whole } = operation;
  if (files.length === 0) return input;
  const { toBase64, toBlob, toBytes } = await import("../call/files.js");
  const formOf = (path: string) =>
    bodyType === "multipart" ? toBlob : bodyType === "bytes" && path === whole ? toBytes : toBase64;
  let body: unknown = input;
  for (const path of files) {
    const changed = new Map<unknown, unknown>();
    for (const file of valuesAt(body, [path])) {
      changed.set(file, await formOf(path)(file, faultAt(path)));
    }
    body = mapPath(body, path, (leaf) => (changed.has(leaf) ? changed.get(leaf) : leaf));
  }
  return body as Json;
}

/** What need not be there may be blank as well: some providers want the key of a price that there is not. */
function decimalsIn({ decimals = [], required = [] }: ApiOperation, input: Json, faultAt: FaultAt): Json {
  return decimals.reduce<Json>((body, path) => {
    const isBlank = (leaf: unknown) => leaf === "" && !required.includes(path);
    return mapPath(body, path, (leaf) => (isBlank(leaf) ? leaf : digits(leaf, faultAt(path)))) as Json;
  }, input);
}

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

function digits(leaf: unknown, fault: ReturnType<FaultAt>): unknown {
  if (leaf === undefined || leaf === null) return leaf;
  if (typeof leaf !== "number" && typeof leaf !== "bigint") {
    if (typeof leaf === "string" && DECIMAL.test(leaf)) return leaf;
    throw fault("INPUT_INVALID", 'must be a number, a bigint, or its plain digits in a text, such as "1000.50"');
  }
  try {
    return plainDigits(leaf);
  } catch (error) {
    throw fault("INPUT_INVALID", (error as RangeError).message);
  }
}

function place(call: Call<ApiOperation, CallContext>, input: Json, sources: Sources, faultAt: FaultAt): WireRequest {
  const { operation, context } = call;
  const { params = {}, headers = {}, method, retry } = operation;
  const { path = [], query = [], header = [], cookie = [] } = params;
  const fromInput = Object.keys(headers).filter((name) => headers[name] === "input");
  const elsewhere = new Set([...fieldsOf([...path, ...query, ...header, ...cookie]), ...fromInput]);
  const rest = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !elsewhere.has(name) && value !== undefined),
  );
  const cookies = textEntries(cookie, "cookie", input).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  const sent: Record<string, string> = {
    ...operation.constantHeaders,
    ...Object.fromEntries(textEntries([...header, ...fromInput], "header", input)),
    ...filledHeaders(headers, sources, input),
    ...(cookies.length > 0 && { Cookie: cookies.join("; ") }),
    ...context.headers,
  };
  const isBodiless = method === "GET" || method === "HEAD";
  const hasBody = !isBodiless || operation.body !== undefined;
  const queried = queryText(hasBody ? query : [...query, ...Object.keys(rest)], input);
  const address = fillPath(operation.path, path, input, faultAt);
  const request: WireRequest = {
    path: queried === "" ? address : `${address}${address.includes("?") ? "&" : "?"}${queried}`,
    headers: sent,
    ...(operation.answer === "bytes" && { parseAs: "arrayBuffer" }),
    // A base URL of the caller's, such as a sandbox, stands for all of the provider's.
    ...(operation.server !== undefined && !call.session.isElsewhere && { baseUrl: operation.server }),
    ...(retry !== "safe" && { reference: referenceOf(call, input) }),
  };
  if (!hasBody) return request;
  const { body, type } = bodyOf(operation, operation.body === undefined ? rest : input[operation.body]);
  if (body === undefined) return request;
  const written = { ...(type !== undefined && { "Content-Type": type }), ...sent };
  if (!isBodiless) return { ...request, headers: written, body };
  if (!call.session.transport.getBody) {
    const mend = "pass fetch: undiciTransport() of kofin/node to the client";
    throw faultAt("fetch")("TRANSPORT_UNFIT", `cannot send the body that this ${method} has: ${mend}`);
  }
  return { ...request, headers: written, lateBody: String(body) };
}

function filledHeaders(
  headers: Readonly<Record<string, string>>,
  sources: Sources,
  input: Json,
): Record<string, string> {
  const filled = Object.entries(headers).flatMap(([name, word]): [string, string][] => {
    const value = word === "input" ? undefined : sources[word]?.(name, input);
    return typeof value === "string" ? [[name, value]] : [];
  });
  return Object.fromEntries(filled);
}

/** What finds the outcome again: the input without what is secret, and the key. */
function referenceOf({ operation: { sensitive = [] }, idempotencyKey }: Call, input: Json): Json {
  const shown = sensitive.reduce<Json>((rest, path) => mapPath(rest, path, () => undefined) as Json, input);
  return { ...shown, ...(idempotencyKey !== undefined && { idempotencyKey }) };
}

interface Body {
  body?: unknown;
  type?: string;
}

function bodyOf(operation: ApiOperation, value: unknown): Body {
  const { bodyType, contentType: type, params: { form = [] } = {} } = operation;
  const isEmpty = value === undefined || (isRecord(value) && Object.keys(value).length === 0);
  if (isEmpty && operation.body === undefined && operation.method === "DELETE") return {};
  if (value === undefined) return {};
  if (bodyType === "text") return { body: String(value), type: type ?? "text/plain; charset=utf-8" };
  if (bodyType === "bytes") {
    return { body: Uint8Array.from(value as Uint8Array).buffer, type: type ?? "application/octet-stream" };
  }
  if (bodyType === "multipart") return { body: multipart(value as Json) };
  if (bodyType === "form") {
    return { body: formText(value as Json, form), type: type ?? "application/x-www-form-urlencoded" };
  }
  return { body: JSON.stringify(value), type: type ?? "application/json" };
}

function multipart(body: Json): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    for (const item of Array.isArray(value) ? value : [value]) appendPart(form, name, item);
  }
  return form;
}

function appendPart(form: FormData, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  // A part needs a file name to be taken for a file.
  if (value instanceof Blob) form.append(name, value, name);
  else if (value instanceof Uint8Array) form.append(name, new Blob([Uint8Array.from(value)]), name);
  else form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
}
