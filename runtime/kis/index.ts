/**
 * KIS Developers (한국투자증권): the client, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { RealtimeError } from "../realtime/error.js";
export { BUFFER_SIZE } from "../realtime/listen.js";
export type { RealtimeOptions } from "../realtime/settings.js";
export { approvalKey, createKis, type Kis, revokeToken } from "./client.js";
export type { Corporate } from "./customer.js";
export { KIS_DEFAULTS, type KisLimits, LIMITS } from "./defaults.js";
export { call, type PageOptions, pages } from "./functions.js";
export {
  type CallOptions,
  HOSTS,
  type KisEnvironment,
  type KisOperation,
  type PageToken,
  type Reply,
  type TrIds,
} from "./operation.js";
export type { KisOptions } from "./options.js";
export type { KeyPaging, Paging, WalkPaging } from "./paging.js";
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
export { REALTIME_DEFAULTS } from "./realtime/settings.js";
export type { KisRequest } from "./specless.js";
