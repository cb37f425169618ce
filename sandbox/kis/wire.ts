/**
 * The envelope of KIS, from the server's side.
 * @module
 */
import type { Json } from "../shared/json.js";
import type { Refusal } from "./refusal.js";

/** What an answer says about itself besides its body. */
export interface AnswerHeaders {
  trId: string;
  /** Whether there is more: F, M, D, E, or nothing. */
  trCont: string;
  transactionId: string;
}

export function accepted(code: string, message: string, body: Json, head: AnswerHeaders): Response {
  return respond({ rt_cd: "0", msg_cd: code, msg1: message, ...body }, 200, head);
}

/** The gateway refuses with HTTP 500, whoever stands behind it with HTTP 200. */
export function refused(
  { code, message }: Pick<Refusal, "code" | "message">,
  head: AnswerHeaders,
  status = statusOf(code),
): Response {
  return respond({ rt_cd: code.startsWith("OPSQ2") ? "2" : "1", msg_cd: code, msg1: message }, status, head);
}

function statusOf(code: string): number {
  return code.startsWith("EGW") ? 500 : 200;
}

/** The form of the token endpoint. */
export function tokenRefused(code: string, description: string, status = 403): Response {
  return Response.json({ error_code: code, error_description: description }, { status });
}

function respond(body: Json, status: number, { trId, trCont, transactionId }: AnswerHeaders): Response {
  const headers = {
    "content-type": "application/json;charset=UTF-8",
    tr_id: trId,
    tr_cont: trCont,
    gt_uid: transactionId,
  };
  return new Response(JSON.stringify(body), { status, headers });
}
