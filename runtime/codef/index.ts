/**
 * CODEF: the client, and what its generated functions are made of.
 * @module
 */
export { answerChallenge, call, callTwoWay } from "./call.js";
export { type CaptchaImage, captchaImage } from "./captcha.js";
export type { Challenge, ChallengeInfo, ChallengeReply, TwoWayInfo, TwoWayReply } from "./challenge.js";
export type { Encryptable } from "./cipher.js";
export { type CodefOptions, createCodef } from "./client.js";
export { encryptText } from "./encrypt-text.js";
export { type CodefEnvironment, ENVIRONMENTS, OAUTH_URL } from "./environments.js";
export type { FileInput } from "./files.js";
export type { CodefOperation } from "./operation.js";
export { type Paging, pages } from "./pages.js";
export type { CallOptions, Reply } from "./reply.js";
export type { Codef } from "./session.js";
export { type Outcomes, type SharedCall, type Together, type TogetherOptions, together } from "./together.js";
