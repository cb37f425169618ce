import { hide } from "../hide.js";
import type { Received } from "../http.js";
import { isRecord, type Json } from "../paths.js";
import { normalise } from "./normalise.js";
import type { CodefOperation } from "./operation.js";
import { text } from "./text.js";
import { readJson } from "./wire.js";

/** What one call may change of the client's settings. */
export interface CallOptions {
  /** Ends the call; it then rejects with a NetworkError `ABORTED`. */
  signal?: AbortSignal;
  /** Milliseconds for this call. */
  timeoutMs?: number;
  /** Further attempts, should the operation allow them at all. */
  retries?: number;
}

/** A successful answer. */
export interface Reply<Data> {
  status: "done";
  data: Data;
  /** `CF-00000`, or the code of a partial success such as `CF-04012`. */
  code: string;
  message: string;
  /** CODEF's reference of the call, to quote when asking its support. */
  transactionId: string | undefined;
  /** The decoded answer as it came, with what CODEF repeats of the request. Not enumerable. */
  readonly raw: Json;
  /** Status and headers; the body has been read. Not enumerable. */
  readonly response: Response;
}

/** The code of an answer that has what was asked for. */
export const SUCCESS_CODE = "CF-00000";

/** Whether a code says that the call succeeded, for this operation. */
export function isSuccess({ success = [] }: CodefOperation, code: unknown): boolean {
  return code === SUCCESS_CODE || success.includes(code as string);
}

/** The reply in an answer that is a plain success; undefined for anything that has to be looked at closer. */
export function readReply(operation: CodefOperation, { response, body }: Received): Reply<unknown> | undefined {
  const raw = readJson(body);
  if (!raw || !response.ok || !isRecord(raw.result) || !isSuccess(operation, raw.result.code)) return undefined;
  const { data } = raw;
  const isPlain = typeof data !== "string" && !(isRecord(data) && data.continue2Way);
  return isPlain ? toReply(operation, raw, response) : undefined;
}

/** The reply of an answer whose `result` has a code. */
export function toReply(operation: CodefOperation, raw: Json, response: Response): Reply<unknown> {
  const { code, message, transactionId } = raw.result as Json;
  const reply = {
    status: "done",
    data: normalise(raw.data, operation.many),
    code: code as string,
    message: text(message) ?? "",
    transactionId: text(transactionId),
  } as const;
  hide(reply, { raw, response });
  return reply as Reply<unknown>;
}
