import type { Reply as SharedReply } from "../call/reply.js";
import type { PageToken } from "./page-token.js";

export type { CallOptions } from "../call/reply.js";

/** What a KIS answer says besides its data. */
export interface ReplyExtras {
  /** The tr_id it was asked for with. Empty for the operations that have none. */
  trId: string;
  /** The header `tr_cont`: `F` and `M` promise more pages, `D` and `E` end them; empty where KIS does not say. */
  trCont: string;
  /** Where to go on, in replies of `…Pages` functions: hand it to `resume`. Absent when there is no more. */
  next?: PageToken;
}

/**
 * A successful answer. `data` holds its sections (and `ctx_area_…` keys) without the envelope; `code` and `message` are `msg_cd` and
 * `msg1`; `transactionId` is `gt_uid`, which KIS gives to corporate customers.
 */
export interface Reply<Data> extends SharedReply<Data>, ReplyExtras {}
