/**
 * Kiwoom (키움증권): the client. Its functions are in `kofin/kiwoom/<module>`.
 * @module
 */
export { createKiwoom, type Kiwoom, type KiwoomOptions } from "./client.js";
export type {
  FeedOptions,
  FeedRecord,
  Gap,
  KiwoomRealtimeOptions,
  OverflowPolicy,
  Socket,
  SocketEvent,
  Subscription,
  WebSocketMaker,
} from "./realtime/index.js";
export { REALTIME_DEFAULTS } from "./realtime/settings.js";
export { revokeToken } from "./revoke-token.js";
export { type Signed, signed } from "./signed.js";
