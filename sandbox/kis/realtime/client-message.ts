import { isRecord } from "../../shared/json.js";
import type { ControlCode } from "./control-codes.js";

/** What a client wants. */
export interface ClientMessage {
  approvalKey: string;
  /** `tr_type` 1, or 2. */
  wants: "subscribe" | "unsubscribe";
  trId: string;
  trKey: string;
}

export const PINGPONG = "PINGPONG";

/** Reads a message of a client; a code says what is wrong with it. */
export function readClientMessage(text: string): ClientMessage | typeof PINGPONG | ControlCode {
  const message = readJson(text);
  if (!isRecord(message)) return "OPSP9999";
  const { header, body } = message;
  if (!isRecord(header)) return "OPSP9998";
  if (header.tr_id === PINGPONG) return PINGPONG;
  if (!isRecord(body)) return "OPSP9992";
  if (!isRecord(body.input)) return "OPSP9991";
  const { tr_id: trId, tr_key: trKey } = body.input;
  const { approval_key: approvalKey, custtype, tr_type: type, personalseckey } = header;
  if (typeof approvalKey !== "string" || approvalKey === "") return "OPSP9996";
  if (custtype === undefined) return "OPSP9997";
  if (custtype !== "P" && custtype !== "B") return "OPSP8998";
  if (custtype === "B" && !personalseckey) return "OPSP8994";
  if (type !== "1" && type !== "2") return "OPSP8997";
  if (typeof trId !== "string" || trId === "") return "OPSP8991";
  if (trKey === undefined) return "OPSP9990";
  if (typeof trKey !== "string" || trKey === "") return "OPSP8993";
  return { approvalKey, wants: type === "1" ? "subscribe" : "unsubscribe", trId, trKey };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
