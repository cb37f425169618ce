/**
 * What a plain call with a good token does not need: issuing tokens, rules for inputs with secrets, listeners, failures, 추가인증.
 * In one module, because whoever needs one of them soon needs another. It begins to load when a client is made.
 * @module
 */
export { toCipher } from "./cipher.js";
export { again, final, judge } from "./failure.js";
export { applyRules } from "./input-rules.js";
export { issueToken } from "./oauth.js";
export { observe } from "./observe.js";
export { resend } from "./resend.js";
