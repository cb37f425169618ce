import { isRecord, type Json } from "../paths.js";
import { toList } from "../to-list.js";

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

/** A refusal as the bank words it. */
export interface BankRefusal {
  code: string;
  message: string;
  /** What the bank's own system says, code and text. */
  details: string;
}

/** The refusal in a `dataBody`; undefined when it is none. The documents write ERRCODE, the bank sends ERRORCODE. */
export function readRefusal(dataBody: Json): BankRefusal | undefined {
  const list = toList(dataBody.ERRORLIST ?? []) as unknown[];
  const reasons = list.filter(isRecord).map(({ MSG_CD, MAIN_MSG_TXT }) => [text(MSG_CD), text(MAIN_MSG_TXT)]);
  const code = text(dataBody.ERRCODE) || text(dataBody.ERRORCODE) || reasons.map(([code]) => code).find(Boolean);
  if (!code) return undefined;
  const details = reasons.map((reason) => reason.filter(Boolean).join(" ")).filter(Boolean);
  return { code, message: text(dataBody.ERRUSRMSG), details: details.join("; ") };
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
