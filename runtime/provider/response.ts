/**
 * From an answer to a reply, for answers that are a success by what `provider.yaml` says of them.
 * @module
 */
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import { isShaped, makeReply, type Reply } from "../call/reply.js";
import { isRecord, type Json } from "../paths.js";
import type { AnswerData } from "./data.js";
import type { ApiOperation } from "./operation.js";

/** Undefined for anything that has to be looked at closer. */
export function readReply(
  operation: ApiOperation,
  answer: AnswerData,
  { response, body }: Received,
): Reply<unknown> | undefined {
  if (!response.ok) return undefined;
  const isBare = operation.envelope === "none";
  if (operation.answer === "none") return reply(operation, undefined, {}, answer, response);
  if (operation.answer === "text") return reply(operation, String(body ?? ""), {}, answer, response);
  if (operation.answer === "bytes") {
    const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : new Uint8Array();
    return reply(operation, bytes, {}, answer, response);
  }
  const { data, success } = isBare ? ({} as AnswerData) : answer;
  // Where a field says what is a success, nothing says nothing.
  if (response.status === 204 && !success) return reply(operation, undefined, {}, answer, response);
  const raw = parsed(body);
  if (raw === undefined) return undefined;
  const told = success && valueAt(raw, success.path);
  if (success && !success.values.some((value) => value === told || String(value) === String(told ?? "")))
    return undefined;
  const held = data === undefined ? raw : valueAt(raw, data);
  if (!isOfItsKind(operation, held)) return undefined;
  return reply(operation, held, isRecord(raw) ? raw : {}, answer, response);
}

/** An object, or a list of it, where callers are promised one: a success without what was asked for is none. */
function isOfItsKind({ one, many }: ApiOperation, held: unknown): boolean {
  if (many?.includes("")) return held !== undefined;
  return one?.includes("") ? typeof held === "object" && held !== null : true;
}

function reply(
  operation: ApiOperation,
  data: unknown,
  raw: Json,
  { code, message, transactionId }: AnswerData,
  response: Response,
): Reply<unknown> {
  return makeReply(
    {
      data: isShaped(operation) ? decodeFields(operation, data) : data,
      code: textAt(raw, code) ?? `HTTP_${response.status}`,
      message: textAt(raw, message) ?? "",
      transactionId: textAt(raw, transactionId),
    },
    { raw, response },
  );
}

/** A received body as what it says in JSON; undefined when it is none. */
export function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export function valueAt(root: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((node, name) => (isRecord(node) ? node[name] : undefined), root);
}

/** The text or number at `path`; undefined when there is none, or no path. */
export function textAt(root: unknown, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : valueAt(root, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
