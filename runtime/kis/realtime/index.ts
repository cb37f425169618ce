/**
 * What generated feed functions are made of: importing one loads no client.
 * @module
 */
export type { OverflowPolicy } from "./buffer.js";
export { RealtimeError } from "./error.js";
export type { Feed, FeedKey, FeedRecord } from "./feed.js";
export type { Gap } from "./gap.js";
export { type FeedOptions, listen, type NoticeOptions, type Subscription } from "./listen.js";
export { BUFFER_SIZE, REALTIME_DEFAULTS, type RealtimeOptions } from "./settings.js";
export type { Socket, SocketEvent, WebSocketMaker } from "./socket.js";
