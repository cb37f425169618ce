import type { ApiOperation } from "../call/operation.js";

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
