/**
 * The errors, one file a reason to fail: what never left, what never came back, and what an answer says. Apart from each other,
 * so that a program loads an explanation when it needs one.
 * @module
 */
export type { Advice } from "./advice.js";
export * from "./answer.js";
export * from "./certificate.js";
export * from "./invalid-input.js";
export * from "./kofin-error.js";
export * from "./network.js";
export * from "./outcome-unknown.js";
