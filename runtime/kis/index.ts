/**
 * KIS Developers (한국투자증권): the client, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { call } from "./call.js";
export { createKis } from "./client.js";
export { approvalKey, revokeToken } from "./credentials.js";
export type { Corporate } from "./customer.js";
export { KIS_DEFAULTS, type KisLimits, LIMITS } from "./defaults.js";
export { HOSTS, type KisEnvironment } from "./environments.js";
export type { KisOperation, TrIds } from "./operation.js";
export type { KisOptions } from "./options.js";
export type { PageToken } from "./page-token.js";
export { type PageOptions, pages } from "./pages.js";
export type { KeyPaging, Paging, WalkPaging } from "./paging.js";
export { RealtimeError } from "./realtime/error.js";
export type {
  FeedOptions,
  FeedRecord,
  Gap,
  NoticeOptions,
  OverflowPolicy,
  Socket,
  SocketEvent,
  Subscription,
  WebSocketMaker,
} from "./realtime/index.js";
export { BUFFER_SIZE, REALTIME_DEFAULTS, type RealtimeOptions } from "./realtime/settings.js";
export type { CallOptions, Reply } from "./reply.js";
export type { KisRequest } from "./request.js";
export type { Kis } from "./session.js";
