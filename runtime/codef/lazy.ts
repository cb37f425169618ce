/**
 * What a plain call with a good token does not need: issuing tokens, rules for inputs with secrets, and what answers mean that are no
 * plain success, and page after page. In one module, because whoever needs one of them soon needs another. It begins to load when a client is made.
 * @module
 */

export { pageStyle } from "../paging/page-number.js";
export { turnPages } from "../paging/pages.js";
export { issueToken } from "./auth.js";
export { toCipher } from "./encryption.js";
export { applyRules } from "./input-rules.js";
export { failurePathFor } from "./refusal.js";
