/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { call } from "./call.js";
export type { KisOperation } from "./operation.js";
export { type PageOptions, pages } from "./pages.js";
export type { CallOptions, Reply } from "./reply.js";
export type { Kis } from "./session.js";
