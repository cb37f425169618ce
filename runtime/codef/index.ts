/**
 * CODEF: the client, and what its generated functions are made of.
 * @module
 */
export { answerChallenge, call, callTwoWay } from "./call.js";
export type { Challenge, ChallengeReply, TwoWayInfo, TwoWayReply } from "./challenge.js";
export { type CodefOptions, createCodef } from "./client.js";
export { type CodefEnvironment, ENVIRONMENTS, OAUTH_URL, SANDBOX_CLIENT } from "./environments.js";
export { type Encryptable, encryptText, type FileInput } from "./input.js";
export type { CodefOperation } from "./operation.js";
export type { CallOptions, Reply } from "./reply.js";
export type { Codef } from "./session.js";
export { TwoWayRequiredError } from "./verdict.js";
