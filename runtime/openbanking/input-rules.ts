/**
 * What inputs need that are more than plain texts: lists, other names, numbers, transfers.
 * @module
 */
export { fillIn } from "../call/input.js";
export { asTexts } from "../call/texts.js";
export { announce } from "./transfer/before-send.js";
export { checkTransfer } from "./transfer/transfer.js";
