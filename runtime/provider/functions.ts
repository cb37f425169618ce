/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import type { ApiOperation } from "../call/operation.js";
import type { Paging } from "./paging.js";

export type { ApiOperation } from "../call/operation.js";
export type { FileInput } from "../codef/files.js";
export type { Decimal } from "../decimal.js";

/** A client of the provider of that name. */
export interface Client<Name extends string> {
  readonly provider: Name;
}

export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
  retries?: number;
}

export interface PageOptions extends CallOptions {
  /** How many pages at most. Default: all of them. */
  limit?: number;
}

export interface Reply<Data> {
  data: Data;
  response: Response;
}

export declare function call<Data>(
  client: Client<string>,
  operation: ApiOperation,
  input?: object,
  options?: CallOptions,
): Promise<Reply<Data>>;

export declare function pages<Data>(
  client: Client<string>,
  operation: ApiOperation,
  paging: Paging,
  input?: object,
  options?: PageOptions,
): AsyncGenerator<Reply<Data>, void>;
