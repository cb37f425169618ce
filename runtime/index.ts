/**
 * What all providers share: the errors, `settle`, and the types of options.
 * @module
 */
export { TwoWayRequiredError } from "./codef/two-way-required.js";
export type { Decimal } from "./decimal.js";
export * from "./errors/index.js";
export type { CallEvent, EventListener } from "./events.js";
export { type Settled, settle } from "./settle.js";
export { type Issue, type SharedTokenSource, type SharedTokens, sharedTokens } from "./shared-tokens.js";
export { memoryTokens, type Token, type TokenPolicy, type TokenSource } from "./token.js";
export { memoryStore, type TokenStore } from "./token-store.js";
export type { Transport, TransportInit } from "./transport.js";
