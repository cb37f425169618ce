import { hide } from "../errors/kofin-error.js";
import { isRecord, type Json } from "../paths.js";

/** What one call may change of the client's settings. */
export interface CallOptions {
  /** Ends the call; it then rejects with a NetworkError `ABORTED`. */
  signal?: AbortSignal;
  /** Milliseconds for this call, waiting for its turn and further attempts included. */
  timeoutMs?: number;
  /** Further attempts, should the operation allow them at all. */
  retries?: number;
}

/** A successful answer. */
export interface Reply<Data> {
  data: Data;
  /** The provider's own code of success. */
  code: string;
  message: string;
  /** The provider's reference of the call, to quote when asking its support. */
  transactionId: string | undefined;
  /** The decoded answer as it came. Not enumerable. */
  readonly raw: Json;
  /** Status and headers; the body has been read. Not enumerable. */
  readonly response: Response;
}

/** What becomes of a call that does not fail: a reply, or what a provider has in the place of one. */
export interface Outcome {
  readonly code: string;
  readonly transactionId: string | undefined;
}

/** Makes a reply; what belongs to the provider alone goes into `extras`. */
export function makeReply<Data, Extras extends object = object>(
  shown: Omit<Reply<Data>, "raw" | "response"> & Extras,
  hidden: { raw: Json; response: Response },
): Reply<Data> & Extras {
  return hide({ ...shown }, hidden) as unknown as Reply<Data> & Extras;
}

/** The object in a received body; undefined when there is none. */
export function readJson(body: unknown): Json | undefined {
  if (typeof body !== "string") return isRecord(body) ? body : undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A list, whatever arrived in its place: the single item, or `{}`, `""` and null where there is none. */
export function toList(value: unknown): unknown {
  if (Array.isArray(value) || value === undefined) return value;
  const isNothing = value === null || value === "" || (isRecord(value) && !Object.keys(value).length);
  return isNothing ? [] : [value];
}
