/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import { makeReply, readJson } from "../call/reply.js";
import { isRecord, type Json } from "../paths.js";
import { isBusiness, type Reply, type WooriOperation } from "./operation.js";

/** Undefined for anything that has to be looked at closer: a refusal, a failure, an answer without its data. */
export function readReply(operation: WooriOperation, { response, body }: Received): Reply<unknown> | undefined {
  const raw = readJson(body);
  const answer = raw && readAnswer(raw);
  const { ERRCODE, ERRORCODE, ERRORLIST } = answer?.dataBody ?? raw ?? {};
  if (!response.ok || ERRCODE || ERRORCODE || ERRORLIST) return undefined;
  return toReply(operation, response, raw, answer);
}

/** The reply of an answer that is no refusal; undefined when it has no data. */
export function toReply(
  operation: WooriOperation,
  response: Response,
  raw: Json = {},
  answer?: BankAnswer,
): Reply<unknown> | undefined {
  const data = answer?.dataBody ?? (isBusiness(operation) ? undefined : raw);
  if (!data) return undefined;
  return makeReply(
    {
      data: decodeFields(operation, data),
      // Woori has a code for every failure and none for success.
      code: `HTTP_${response.status}`,
      message: "",
      transactionId: answer?.transactionId,
    },
    { raw, response },
  );
}

/** A decoded answer: what the bank says, and the whole of what arrived. */
export interface BankAnswer {
  /** GLBL_ID of `dataHeader`, which is often empty. */
  transactionId: string | undefined;
  dataBody: Json;
  raw: Json;
}

/** The bank's answer in `raw`, also where a partner's server has put one of its own around it (`rtncd`, `rtnmsg`, `response`). */
export function readAnswer(raw: Json): BankAnswer | undefined {
  const answer = [raw, raw.response].filter(isRecord).find((part) => "dataBody" in part);
  if (!answer) return undefined;
  const { dataHeader, dataBody } = answer;
  const id = isRecord(dataHeader) ? text(dataHeader.GLBL_ID) : "";
  return { transactionId: id || undefined, dataBody: isRecord(dataBody) ? dataBody : {}, raw };
}

export function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
