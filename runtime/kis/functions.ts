/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import { type Performer, performerOf } from "../call/clients.js";
import type { CallOptions } from "../call/reply.js";
import type { Kis } from "./client.js";
import type { KisOperation, PageToken, Reply } from "./operation.js";
import type { Paging } from "./paging.js";

export type { CodeOf } from "../code.js";
export type { Decimal } from "../decimal.js";
export type { Kis } from "./client.js";
export type { CallOptions, KisOperation, Reply } from "./operation.js";

/** What asking for page after page may change. Time and attempts count for each page. */
export interface PageOptions extends CallOptions {
  /** How many pages at most. The last one's `next` says where to go on. Default: all of them. */
  limit?: number;
  /** `next` of an earlier reply: begins with the page after it. The input must be the same. */
  resume?: PageToken;
}

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  kis: Kis,
  operation: KisOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  const performer: Performer = performerOf(kis, "kis", "createKis");
  return (await performer.perform(operation, input, options)) as Reply<Data>;
}

/**
 * Calls page after page until there is none. Used by generated functions. Each reply but the last says in `next` where to go on; a walk
 * into the past (charts) only finds out by asking, so its last one may say so, too. It never shows an item again that an earlier page
 * had, however generous KIS is, and ends without a reply for the page that has nothing left.
 * @throws InvalidInputError when `resume` belongs to another operation; DecodeError when an answer promises more without leading
 * further; otherwise what the operation throws
 */
export async function* pages<Data>(
  kis: Kis,
  operation: KisOperation,
  paging: Paging,
  input: object = {},
  options: PageOptions = {},
): AsyncGenerator<Reply<Data>, void> {
  const { limit, resume, ...callOptions } = options;
  const [{ turnPages }, { pagingStyleOf }] = await Promise.all([import("../paging/pages.js"), import("./paging.js")]);
  const { style, further } = pagingStyleOf(operation, paging);
  const ask = (asked: object, place: object | undefined) =>
    call<Data>(kis, place ? further : operation, asked, callOptions);
  yield* turnPages<Reply<Data>>({ provider: "kis", operation, style, ask, resumable: true, limit, resume }, input);
}
