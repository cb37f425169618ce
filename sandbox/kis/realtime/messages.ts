/**
 * What the server says: answers, the heartbeat, and data frames.
 * @module
 */
import { hms, ymd } from "../../shared/clock.js";
import type { Cipher } from "./cipher.js";
import { PINGPONG } from "./client-message.js";
import { CONTROL_MESSAGES, type ControlCode } from "./control-codes.js";

/** What an answer is about. */
export interface About {
  trId: string;
  trKey: string;
  encrypted: boolean;
}

const SUCCESSES: readonly ControlCode[] = ["OPSP0000", "OPSP0001"];

export function answerText(code: ControlCode, { trId, trKey, encrypted }: About, cipher?: Cipher): string {
  return JSON.stringify({
    header: { tr_id: trId, tr_key: trKey, encrypt: encrypted ? "Y" : "N" },
    body: {
      rt_cd: SUCCESSES.includes(code) ? "0" : "1",
      msg_cd: code,
      msg1: CONTROL_MESSAGES[code],
      ...(cipher && { output: { iv: cipher.iv, key: cipher.key } }),
    },
  });
}

/** An answer that does not say what it is about, as at KIS where it refuses a message, a session or an HTS id. */
export function refusalText(code: ControlCode): string {
  return JSON.stringify({
    header: { tr_id: "(null)", tr_key: "", encrypt: "N" },
    body: { rt_cd: "9", msg_cd: code, msg1: CONTROL_MESSAGES[code] },
  });
}

export function heartbeatText(now: number): string {
  return JSON.stringify({ header: { tr_id: PINGPONG, datetime: `${ymd(now)}${hms(now)}` } });
}

/** Records of one feed, as they go to everybody who asked for them. */
export interface Records {
  trId: string;
  trKey: string;
  encrypted: boolean;
  count: number;
  payload: string;
}

export function frameText({ trId, encrypted, count }: Records, payload: string): string {
  return `${encrypted ? 1 : 0}|${trId}|${String(count).padStart(3, "0")}|${payload}`;
}
