/**
 * KFTC Open Banking (오픈뱅킹): the client, consents and tokens, transfers, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { type AuthorizeRequest, authorizeRequest, type KnownUser } from "./authorize-request.js";
export { type Authorization, type AuthorizeParameters, authorizeUrl } from "./authorize-url.js";
export { BankError } from "./bank-error.js";
export { type BankTranIdOptions, type BankTranIds, bankTranIds } from "./bank-tran-id.js";
export type { BeforeSend, SendNotice } from "./before-send.js";
export { call } from "./call.js";
export { type Callback, readCallback } from "./callback.js";
export { createOpenBanking, type OpenBankingOptions } from "./client.js";
export {
  adoptTokens,
  type Consent,
  consentsOf,
  exchangeCode,
  forgetUser,
  refreshToken,
  revokeToken,
  type TokenAnswer,
} from "./consent.js";
export { ConsentError } from "./consent-error.js";
export { ENVIRONMENTS, type InstitutionScope, type OpenBankingEnvironment } from "./environments.js";
export type { OpenBankingOperation, TokenChoice } from "./operation.js";
export { type PageOptions, type PageToken, type Paging, pages } from "./pages.js";
export type { CallOptions, ItemFailure, Reply } from "./reply.js";
export type { OpenBanking, RequestOptions } from "./session.js";
export { type Settlement, type SettleOptions, settleTransfer } from "./settle-transfer.js";
export { createState } from "./state.js";
export type { TransferReference } from "./transfer.js";
