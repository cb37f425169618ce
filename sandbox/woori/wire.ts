/**
 * Woori's envelopes, from the server's side.
 * @module
 */
import type { Json } from "../shared/json.js";
import type { Refusal } from "./codes.js";

/** An answer of the bank. */
export function respond(dataBody: Json, globalId: string, status = 200): Response {
  return Response.json({ dataHeader: { GLBL_ID: globalId }, dataBody }, { status });
}

/** A refusal as the bank was seen to word it: ERRORCODE, where its documents write ERRCODE. */
export function refusalBody({ code, message = "", reasons = [] }: Refusal): Json {
  return {
    MAIN_MSG_INF_REPT_CN: String(reasons.length),
    ERRORLIST: reasons,
    ERRORCODE: code,
    ERRUSRMSG: message,
  };
}

/** A refusal with the envelope of a partner's server around the bank's. */
export function respondWrapped(dataBody: Json, status: number): Response {
  const response = { dataHeader: {}, dataBody };
  return Response.json({ rtncd: 5000, rtnmsg: "다시 시도해주세요.", response }, { status });
}
