/**
 * CODEF: the client, and what its generated functions are made of.
 * @module
 */

export type { FileInput } from "../call/files.js";
export { type Codef, type CodefOptions, createCodef } from "./client.js";
export type { Encryptable } from "./encryption.js";
export { call, callTwoWay, type Paging, pages } from "./functions.js";
export {
  type CallOptions,
  type CodefEnvironment,
  type CodefOperation,
  ENVIRONMENTS,
  OAUTH_URL,
  type Reply,
} from "./operation.js";
export { encryptText } from "./request.js";
export { type Outcomes, type SharedCall, type Together, type TogetherOptions, together } from "./together.js";
export { answerChallenge } from "./two-way/answer.js";
export { type CaptchaImage, captchaImage } from "./two-way/captcha.js";
export type { Challenge, ChallengeInfo, ChallengeReply, TwoWayInfo, TwoWayReply } from "./two-way/challenge.js";
