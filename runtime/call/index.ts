/**
 * How a call travels, whatever the provider: KIS, Open Banking and Woori bring their rules as a `Door`.
 * @module
 */
export { settled } from "./answer.js";
export type { Answer, Door, Signature, Signing, Wire } from "./door.js";
export { type Fault, faults } from "./fault.js";
export { fillIn, type Sources } from "./input.js";
export type { ApiOperation, InputVariant } from "./operation.js";
export { perform } from "./perform.js";
export { readJson } from "./read-json.js";
export { type CallOptions, makeReply, type Reply } from "./reply.js";
export { asTexts } from "./texts.js";
