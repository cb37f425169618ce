/**
 * What all providers share: the errors, `settle`, and the types of options.
 * @module
 */

export { type Issue, type SharedTokenSource, type SharedTokens, sharedTokens } from "./auth/shared-tokens.js";
export { memoryTokens, type Token, type TokenPolicy, type TokenSource } from "./auth/token.js";
export { memoryStore, type TokenStore } from "./auth/token-store.js";
export type { CallEvent, EventListener } from "./call/events.js";
export type { Transport, TransportInit } from "./call/transport.js";
export { TwoWayRequiredError } from "./codef/two-way/required.js";
export type { Decimal } from "./decimal.js";
export * from "./errors/index.js";
export { type Settled, settle } from "./settle.js";
