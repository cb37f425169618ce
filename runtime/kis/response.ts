/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import type { WireRequest } from "../call/protocol.js";
import { makeReply, readJson } from "../call/reply.js";
import type { KisOperation, Reply, ReplyExtras } from "./operation.js";

/** Undefined for anything that has to be looked at closer. What has no tr_id has no envelope either: there only a refusal brings one. */
export function readReply(
  operation: KisOperation,
  request: WireRequest | undefined,
  { response, body }: Received,
): Reply<unknown> | undefined {
  const raw = readJson(body);
  if (!raw || !response.ok) return undefined;
  const { rt_cd, msg_cd, msg1, ...data } = raw;
  const result = text(rt_cd);
  if (operation.trId ? result !== "0" : result !== "0" && (result !== "" || raw.error_code !== undefined))
    return undefined;
  return makeReply<unknown, ReplyExtras>(
    {
      data: decodeFields(operation, data),
      code: text(msg_cd ?? raw.code),
      message: text(msg1 ?? raw.message),
      transactionId: transactionOf(response),
      trId: request?.headers?.tr_id ?? "",
      trCont: text(response.headers.get("tr_cont")),
    },
    { raw, response },
  );
}

export function transactionOf({ headers }: Response): string | undefined {
  return headers.get("gt_uid")?.trim() || undefined;
}

/** What KIS says comes padded with blanks. */
export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
