/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import type { Received } from "../call/http.js";
import { makeReply, toList } from "../call/reply.js";
import { isRecord, type Json, mapPath } from "../paths.js";
import { type CodefOperation, isSuccess, type Reply, text } from "./operation.js";

/** Undefined for anything that has to be looked at closer. */
export function readReply(
  { operation }: { operation: CodefOperation },
  { response, body }: Received,
): Reply<unknown> | undefined {
  const raw = readJson(body);
  if (!raw || !response.ok || !isRecord(raw.result) || !isSuccess(operation, raw.result.code)) return undefined;
  const { many = [] } = operation;
  const data = many.reduce((shaped, path) => mapPath(shaped, path, toList), raw.data);
  // A text may be the data written as JSON.
  const isList = many.includes("") && typeof raw.data !== "string";
  const isPlain = isRecord(data) ? !data.continue2Way : isList && Array.isArray(data);
  return isPlain ? toReply(raw, data, response) : undefined;
}

/** The reply of an answer whose `result` has a code. */
export function toReply(raw: Json, data: unknown, response: Response): Reply<unknown> {
  const { code, message, transactionId } = raw.result as Json;
  return makeReply(
    {
      status: "done" as const,
      data,
      code: code as string,
      message: text(message) ?? "",
      transactionId: text(transactionId),
    },
    { raw, response },
  );
}

/**
 * Reads an answer: URL-encoded JSON with `+` for space, as documented, or plain JSON, as some gateways send it.
 * @throws SyntaxError, whose message may quote the text: never show it. URIError when there are broken percent escapes.
 */
function decodeBody(text: string): unknown {
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      return JSON.parse(text);
    } catch {
      // Partly encoded text starts the same way.
    }
  }
  return JSON.parse(decodeURIComponent(text.replaceAll("+", " ")));
}

/** Reads a received body. Undefined when it is no JSON object at all. */
export function readJson(body: unknown): Json | undefined {
  if (isRecord(body)) return body;
  if (typeof body !== "string") return undefined;
  try {
    const decoded = decodeBody(body);
    return isRecord(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
