/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import { type Performer, performerOf } from "../call/clients.js";
import type { CallOptions, Reply } from "../call/reply.js";
import type { ApiOperation, Client, PageOptions, PageReply } from "./operation.js";
import type { Paging } from "./paging.js";

export type { FileInput } from "../call/files.js";
export type { Reply } from "../call/reply.js";
export type { CodeOf } from "../code.js";
export type { Decimal } from "../decimal.js";
export type { ApiOperation, CallOptions, Client, PageOptions, PageReply } from "./operation.js";

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  client: Client,
  operation: ApiOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  const performer: Performer = performerOf(client, client.provider, "defineProvider");
  return (await performer.perform(operation, input, options)) as Reply<Data>;
}

/**
 * Calls page after page until there is none. Used by generated functions. Each reply but the last says in `next` where to go on.
 * @throws InvalidInputError when `resume` belongs to another operation; DecodeError when an answer promises more without leading
 * further; otherwise what the operation throws
 */
export async function* pages<Data>(
  client: Client,
  operation: ApiOperation,
  paging: Paging,
  input: object = {},
  options: PageOptions = {},
): AsyncGenerator<PageReply<Data>, void> {
  const { turnProviderPages } = await import("./turn-pages.js");
  yield* turnProviderPages<Data>(client, operation, paging, input, options);
}
