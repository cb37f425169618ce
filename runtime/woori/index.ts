/**
 * Woori Bank's open API: the client, and what its generated functions are made of.
 * @module
 */
export type { Decimal } from "../decimal.js";
export { createWoori, WOORI_HOST, type Woori, type WooriOptions } from "./client.js";
export type { Device } from "./device.js";
export { amount, day } from "./forms.js";
export { call } from "./functions.js";
export type { CallOptions, Reply, WooriOperation } from "./operation.js";
