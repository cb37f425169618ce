/**
 * Control messages: subscriptions, their acknowledgements, and the heartbeat, all JSON.
 * @module
 */
import { isRecord } from "../../paths.js";
import { readObject } from "../../realtime/json.js";

/** What every subscription carries, for there is no login. */
export interface Caller {
  approvalKey: string;
  custtype: "P" | "B";
  personalSecKey?: string | undefined;
}

export const SUBSCRIBE = "1";
export const UNSUBSCRIBE = "2";

export function subscription(caller: Caller, type: string, trId: string, trKey: string): string {
  const { approvalKey, custtype, personalSecKey } = caller;
  const header = {
    approval_key: approvalKey,
    ...(personalSecKey && { personalseckey: personalSecKey }),
    custtype,
    tr_type: type,
    "content-type": "utf-8",
  };
  return JSON.stringify({ header, body: { input: { tr_id: trId, tr_key: trKey } } });
}

/** An acknowledgement, or a refusal. */
export interface Control {
  trId: string;
  trKey: string;
  ok: boolean;
  code: string;
  message: string;
  /** The AES key of the feed, as it is: 32 and 16 characters. */
  cipher?: { key: string; iv: string };
}

/** `heartbeat` has to be sent back as it came. Undefined for what nobody understands. */
export function parseControl(text: string): Control | "heartbeat" | undefined {
  const message = readObject(text);
  const header = isRecord(message?.header) ? message.header : {};
  if (header.tr_id === "PINGPONG") return "heartbeat";
  const body = isRecord(message?.body) ? message.body : undefined;
  if (!body || typeof body.msg_cd !== "string") return undefined;
  const { key, iv } = isRecord(body.output) ? body.output : {};
  return {
    trId: String(header.tr_id ?? ""),
    trKey: String(header.tr_key ?? ""),
    ok: body.rt_cd === "0",
    code: body.msg_cd,
    message: String(body.msg1 ?? ""),
    ...(typeof key === "string" && typeof iv === "string" && { cipher: { key, iv } }),
  };
}
