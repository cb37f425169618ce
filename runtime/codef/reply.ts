import { hide } from "../hide.js";
import type { Json } from "../paths.js";
import { type Envelope, normalise } from "./envelope.js";
import type { CodefOperation } from "./operation.js";

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

export function toReply<Data>(operation: CodefOperation, envelope: Envelope, response: Response): Reply<Data> {
  const { code, message, transactionId } = envelope.result;
  const reply = { status: "done", data: normalise(envelope.data, operation.many), code, message, transactionId };
  hide(reply, { raw: envelope.raw, response });
  return reply as Reply<Data>;
}
