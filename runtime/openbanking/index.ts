/**
 * KFTC Open Banking (오픈뱅킹): the client, consents and tokens, transfers, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { BankError } from "./bank-error.js";
export { type BankTranIdOptions, type BankTranIds, bankTranIds } from "./bank-tran-id.js";
export { createOpenBanking, type OpenBanking, type OpenBankingOptions, type RequestOptions } from "./client.js";
export { type AuthorizeRequest, authorizeRequest, type KnownUser } from "./consent/authorize-request.js";
export { type Authorization, type AuthorizeParameters, authorizeUrl, createState } from "./consent/authorize-url.js";
export { type Callback, readCallback } from "./consent/callback.js";
export {
  adoptTokens,
  type Consent,
  consentsOf,
  exchangeCode,
  forgetUser,
  refreshToken,
  revokeToken,
  type TokenAnswer,
} from "./consent/consent.js";
export { ConsentError } from "./consent/consent-error.js";
export { call, type PageOptions, type Paging, pages } from "./functions.js";
export {
  type CallOptions,
  ENVIRONMENTS,
  type InstitutionScope,
  type ItemFailure,
  type OpenBankingEnvironment,
  type OpenBankingOperation,
  type PageToken,
  type Reply,
  type TokenChoice,
} from "./operation.js";
export type { BeforeSend, SendNotice, TransferReference } from "./transfer/before-send.js";
export { type Settlement, type SettleOptions, settleTransfer } from "./transfer/settle-transfer.js";
