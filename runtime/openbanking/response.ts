/**
 * From an answer to a reply, for answers that are a plain success.
 * @module
 */
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import { makeReply, readJson } from "../call/reply.js";
import { isRecord, type Json } from "../paths.js";
import {
  BANK_SUCCESS,
  type ItemFailure,
  isTransfer,
  type OpenBankingCall,
  type OpenBankingOperation,
  type Reply,
  SUCCESS,
  text,
} from "./operation.js";

/** Undefined for anything that has to be looked at closer: whenever somebody refused, or nobody says what became of a transfer. */
export function readReply({ operation, request }: OpenBankingCall, received: Received): Reply<unknown> | undefined {
  const { response, body } = received;
  const raw = response.ok ? readJson(body) : undefined;
  if (!raw || !SUCCESS.includes(raw.rsp_code)) return undefined;
  const data = dataOf(operation, raw);
  const codes = bankCodesIn(data);
  if (codes.some((code) => code !== BANK_SUCCESS)) return undefined;
  return codes.length === 0 && isTransfer(request) ? undefined : toReply(raw, data, response);
}

/** The answer as the spec has it. */
export function dataOf(operation: OpenBankingOperation, raw: Json): Json {
  const { also, many, one } = operation;
  return also || many || one ? (decodeFields(operation, raw) as Json) : raw;
}

/** What the institutions (참가기관) say: of the answer itself, and of each item of its lists. */
function bankCodesIn(data: Json): string[] {
  const items = Object.values(data).filter(Array.isArray).flat().filter(isRecord);
  return [data, ...items].flatMap((part) => text(part.bank_rsp_code) ?? []);
}

/** The reply of an answer from which nothing is to be thrown. */
export function toReply(raw: Json, data: Json, response: Response, failures: ItemFailure[] = []): Reply<unknown> {
  const shown = {
    data,
    code: text(raw.rsp_code) ?? "",
    message: text(raw.rsp_message) ?? "",
    transactionId: text(raw.api_tran_id),
    bankCode: text(raw.bank_rsp_code),
    failures,
  };
  return makeReply(shown, { raw, response });
}
