/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import { isShaped, makeReply, readJson } from "../call/reply.js";
import { isRecord, type Json } from "../paths.js";
import { isBusiness, type Reply, type WooriOperation } from "./operation.js";

/** Undefined for anything that has to be looked at closer: a refusal, a failure, an answer without its data. */
export function readReply(operation: WooriOperation, { response, body }: Received): Reply<unknown> | undefined {
  const raw = readJson(body);
  const answer = raw && readAnswer(raw);
  const said = answer?.dataBody ?? raw ?? {};
  const { ERRCODE, ERRORCODE, ERRORLIST } = said;
  if (!response.ok || ERRCODE || ERRORCODE || ERRORLIST || resultIn(said)) return undefined;
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
      data: isShaped(operation) ? decodeFields(operation, data) : data,
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

/**
 * What the answer of a service that did not do what it was asked for says, among its data; undefined when it did. Some say how it went
 * in words of their own, with zeros when it went well.
 */
export function resultIn(dataBody: Json): { code: string; message: string } | undefined {
  const { ERR_CD, ERR_TXT, RSP_RTCD, RSP_ERR_TXT } = dataBody;
  const told = [
    { code: codeText(ERR_CD), message: text(ERR_TXT) },
    { code: codeText(RSP_RTCD), message: text(RSP_ERR_TXT) },
  ];
  return told.find(({ code }) => /[^0]/.test(code));
}

/** A code may come as a number. */
export function codeText(value: unknown): string {
  return typeof value === "number" ? String(value) : text(value);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
