/**
 * What KIS adds to operations and replies, and its environments.
 * @module
 */
import { faults } from "../call/fault.js";
import type { ApiOperation } from "../call/operation.js";
import type { Reply as SharedReply } from "../call/reply.js";

export type { CallOptions } from "../call/reply.js";

/** One tr_id, or one for each action of the caller. */
export type TrIds = string | Readonly<Record<string, string>>;

/** What the runtime has to know of an operation: written by the generator, never by hand. */
export interface KisOperation extends ApiOperation {
  /** Absent for the few operations outside the envelope: tokens, keys, hashes. */
  readonly trId?: {
    readonly real: TrIds;
    /** Absent when the mock host does not serve the operation. With actions: those that it serves. */
    readonly mock?: TrIds;
    /** Action → the values of fields that it fits. */
    readonly when?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  };
  /** Sent without a token. */
  readonly auth?: "none";
  /** `N` asks for the page after the one before. Set by `pages`, never by the generator. */
  readonly trCont?: "N";
}

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

/**
 * Where a walk through pages goes on: plain JSON, for another day or another process. It holds no secret, but the `CTX_AREA_…` keys
 * of account operations have the account number in them: keep it as you keep that.
 */
export interface PageToken {
  readonly provider: "kis";
  /** `module.operationId`: other operations refuse it. */
  readonly operation: string;
  /** What changes in the input. */
  readonly at: Readonly<Record<string, string>>;
  /** The oldest item so far, where pages are a walk into the past: what is not older has been seen. */
  readonly before?: string;
}

/** `real`: orders move money. `mock` (모의투자): orders of 모의 accounts, with app keys of its own. */
export type KisEnvironment = keyof typeof HOSTS;

/** The REST hosts. Source: the official sample repository. */
export const HOSTS = {
  real: "https://openapi.koreainvestment.com:9443",
  mock: "https://openapivts.koreainvestment.com:29443",
} as const;

/** The realtime hosts: plain `ws`, KIS has no other. Source: the official sample repository. */
export const REALTIME_URLS = {
  real: "ws://ops.koreainvestment.com:21000/tryitout",
  mock: "ws://ops.koreainvestment.com:31000/tryitout",
} as const satisfies Record<KisEnvironment, string>;

/** Makes the error for one field of what a caller passes. */
export const faultAt = /* @__PURE__ */ faults("kis");
