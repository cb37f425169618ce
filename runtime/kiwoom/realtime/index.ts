/**
 * What generated feed functions are made of: importing one loads no client.
 * @module
 */
export type { OverflowPolicy } from "../../realtime/buffer.js";
export { RealtimeError } from "../../realtime/error.js";
export type { Gap } from "../../realtime/gap.js";
export { BUFFER_SIZE } from "../../realtime/listen.js";
export type { RealtimeOptions } from "../../realtime/settings.js";
export type { Socket, SocketEvent, WebSocketMaker } from "../../realtime/socket.js";
export type { Feed, FeedKey, FeedRecord, StockOfExchange } from "./feed.js";
export { type FeedOptions, listen, type Subscription } from "./listen.js";
export { type KiwoomRealtimeOptions, REALTIME_DEFAULTS } from "./settings.js";
