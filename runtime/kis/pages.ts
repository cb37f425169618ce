import type { KisOperation } from "./operation.js";
import type { PageToken } from "./page-token.js";
import type { Paging } from "./paging.js";
import type { CallOptions, Reply } from "./reply.js";
import type { Kis } from "./session.js";

/** What asking for page after page may change. Time and attempts count for each page. */
export interface PageOptions extends CallOptions {
  /** How many pages at most. The last one's `next` says where to go on. Default: all of them. */
  limit?: number;
  /** `next` of an earlier reply: begins with the page after it. The input must be the same. */
  resume?: PageToken;
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
  input?: object,
  options?: PageOptions,
): AsyncGenerator<Reply<Data>, void> {
  const { turnPages } = await import("./paging.js");
  yield* turnPages<Data>(kis, operation, paging, input, options);
}
