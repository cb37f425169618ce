/**
 * What CODEF adds to operations, replies and options.
 * @module
 */
import { faults } from "../call/fault.js";
import type { ApiOperation } from "../call/operation.js";
import type { Json } from "../paths.js";

/**
 * What the runtime has to know of an operation: written by the generator, never by hand. Plain JSON, because a two-way challenge
 * carries it to another process.
 */
export interface CodefOperation extends ApiOperation {
  /** Result codes besides CF-00000 that are a success. */
  readonly success?: readonly string[];
  /** The product asks for 추가인증. */
  readonly twoWay?: boolean;
  /** How the body is sent; URL-encoded JSON unless told otherwise. */
  readonly bodyType?: "multipart";
}

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

/** Makes the error for one field of what a caller passes. */
export const faultAt = /* @__PURE__ */ faults("codef");

/** The code of an answer that has what was asked for. */
export const SUCCESS_CODE = "CF-00000";

/** Whether a code says that the call succeeded, for this operation. */
export function isSuccess({ success = [] }: CodefOperation, code: unknown): boolean {
  return code === SUCCESS_CODE || success.includes(code as string);
}

/** Only texts count as texts: anything may arrive. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The three environments of CODEF; one OAuth host serves them all. Source: the official SDKs. */
export const ENVIRONMENTS = {
  sandbox: "https://sandbox.codef.io",
  demo: "https://development.codef.io",
  production: "https://api.codef.io",
} as const;

/** `sandbox`: canned answers; `demo`: real institutions, 100 calls a day; `production`. */
export type CodefEnvironment = keyof typeof ENVIRONMENTS;

export const OAUTH_URL = "https://oauth.codef.io";
