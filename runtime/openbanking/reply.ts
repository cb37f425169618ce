import type { CallOptions as BasicCallOptions, Reply as BasicReply } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import type { BeforeSend } from "./before-send.js";
import type { PageToken } from "./pages.js";

/** What one call may change of the client's settings. */
export interface CallOptions extends BasicCallOptions {
  /** Told before this call moves money, in the place of the client's own. */
  beforeSend?: BeforeSend;
}

/** A successful answer: `data` is its whole body, and `transactionId` the `api_tran_id`. */
export interface Reply<Data> extends BasicReply<Data> {
  /** 참가기관 응답코드: `000`; undefined where no institution takes part. */
  bankCode: string | undefined;
  /**
   * Items of a list that an institution refused while the others are good. Only of operations that read: a transfer of which an
   * item failed is an error.
   */
  failures: readonly ItemFailure[];
  /** Where to go on, of a reply that came from a `…Pages` function and is not the last. Hand it to `resume`. */
  next?: PageToken;
}

/** An item of a list whose `bank_rsp_code` is not 000. */
export interface ItemFailure {
  /** The list, `res_list`, and the place in it, from 0. */
  list: string;
  index: number;
  bankCode: string;
  bankMessage: string;
  /** What a program should do about it. */
  advice: Advice;
}
