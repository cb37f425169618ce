/**
 * A provider of one's own: a client from the data of `provider.yaml`, strategies to sign in, and the protocol underneath.
 * @module
 */
export { apiKey, basic, signed } from "../auth/api-key.js";
export { bearer } from "../auth/bearer.js";
export { clientCredentials } from "../auth/client-credentials.js";
export type { TokenClient, TokenEndpoint } from "../auth/token-endpoint.js";
export type { FaultAt } from "../call/fault.js";
export type { Auth, Call, Explainer, FailurePath, Limiter, Protocol, Session, WireRequest } from "../call/protocol.js";
export type { Reply } from "../call/reply.js";
export { RateLimiter } from "../limits/rate-limiter.js";
export { type AuthorizeOptions, authorizeUrl, exchangeCode, forgetUser } from "./consent.js";
export type {
  AnswerData,
  AuthData,
  AuthorizationCodeData,
  CallDefaults,
  ClientCredentialsData,
  HeaderPagingData,
  LimitData,
  ProviderData,
} from "./data.js";
export { defineProvider, PROVIDER_DEFAULTS, type ProviderCode, type ProviderOptions } from "./define.js";
export { call, pages } from "./functions.js";
export type { ApiOperation, CallOptions, Client, PageOptions, PageReply, RequestOptions } from "./operation.js";
export type { InputCheck } from "./request.js";
