/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { call } from "./call.js";
export type { OpenBankingOperation } from "./operation.js";
export { type PageOptions, pages } from "./pages.js";
export type { CallOptions, Reply } from "./reply.js";
export type { OpenBanking } from "./session.js";
