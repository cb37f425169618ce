/**
 * Woori Bank's open API: the client, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { call } from "./call.js";
export { createWoori, WOORI_HOST, type WooriOptions } from "./client.js";
export type { Device } from "./device.js";
export { amount, day } from "./forms.js";
export type { WooriOperation } from "./operation.js";
export type { CallOptions, Reply } from "./reply.js";
export type { Woori } from "./woori.js";
