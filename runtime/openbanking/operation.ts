/**
 * What Open Banking adds to operations, replies and options.
 * @module
 */
import { faults } from "../call/fault.js";
import type { ApiOperation } from "../call/operation.js";
import type { Call } from "../call/protocol.js";
import type { CallOptions as BasicCallOptions, Reply as BasicReply } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import type { BeforeSend } from "./transfer/before-send.js";

/** What the runtime has to know of an operation: written by the generator, never by hand. */
export interface OpenBankingOperation extends ApiOperation {
  /** Whose token it takes: `none` (the OAuth paths), or what opens it. Absent: the user's if there is one, else the institution's. */
  readonly auth?: "none" | TokenChoice;
}

export interface TokenChoice {
  /** The scope that the user must have granted, any one of several; absent when a user's token does not open it. */
  readonly user?: string | readonly string[];
  /** The kinds of institution whose own token opens it. */
  readonly institution?: readonly string[];
}

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

/** Where to go on, as plain JSON: `next` of a reply. Holds no personal data; the input has to be given again. */
export interface PageToken {
  readonly provider: "openbanking";
  /** `module.operationId`: other operations refuse it. */
  readonly operation: string;
  readonly next: string;
}

/** What a call knows besides its input. */
export interface Context {
  /** The user of the view that the call is made through. */
  readonly userSeqNo: string | undefined;
  readonly beforeSend: BeforeSend | undefined;
}

export type OpenBankingCall = Call<OpenBankingOperation, Context>;

/** Makes the error for one field of what a caller passes to an operation. */
export const faultAt = /* @__PURE__ */ faults("openbanking");

/** The two environments. Credentials, 이용기관코드 and tokens of one are worth nothing in the other. */
export const ENVIRONMENTS = {
  test: "https://testapi.openbanking.or.kr",
  production: "https://openapi.openbanking.or.kr",
} as const;

/** `test`: the testbed of the developer portal; `production`: real accounts, for institutions with a contract. */
export type OpenBankingEnvironment = keyof typeof ENVIRONMENTS;

/** What an institution's contract lets it do by itself: `oob` 센터인증 (its users consent at the center), `sa` 자체인증. */
export type InstitutionScope = "oob" | "sa";
