/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
export { call, callTwoWay } from "./call.js";
export type { Challenge, TwoWayReply } from "./challenge.js";
export type { Encryptable } from "./cipher.js";
export type { FileInput } from "./files.js";
export type { CodefOperation } from "./operation.js";
export { pages } from "./pages.js";
export type { CallOptions, Reply } from "./reply.js";
export type { Codef } from "./session.js";
