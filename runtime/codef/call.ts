import { InvalidInputError } from "../errors.js";
import type { Challenge, TwoWayReply } from "./challenge.js";
import { exchange } from "./exchange.js";
import type { CodefOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import { type Codef, sessionOf } from "./session.js";

/** Calls a product. Used by generated functions; everything a function promises is written there. */
export function call<Data>(
  codef: Codef,
  operation: CodefOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  return exchange(sessionOf(codef), operation, input, options) as Promise<Reply<Data>>;
}

/** Calls a product that may ask for 추가인증. Used by generated functions. */
export function callTwoWay<Data, Answer extends object>(
  codef: Codef,
  operation: CodefOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<TwoWayReply<Data, Answer>> {
  return exchange(sessionOf(codef), operation, input, options) as Promise<TwoWayReply<Data, Answer>>;
}

/**
 * Answers a challenge. The reply may be the next challenge: go on until `status` is `done`.
 * Sent at most once; an answer whose fate is unknown must not be repeated, the job may be over.
 * @throws InvalidInputError when the challenge belongs to another environment; otherwise what the product's function throws.
 * @example
 * let reply = await corporateRegistration(codef, input);
 * while (reply.status === "challenge") reply = await answerChallenge(codef, reply.challenge, await ask(reply.challenge));
 */
export async function answerChallenge<Data, Answer extends object>(
  codef: Codef,
  challenge: Challenge<Data, Answer>,
  answer: Answer,
  options?: CallOptions,
): Promise<TwoWayReply<Data, Answer>> {
  const session = sessionOf(codef);
  const { operation, body, twoWayInfo, round } = challenge;
  if (challenge.environment !== session.environment) {
    const message = `${operation.id}: the challenge was made in ${challenge.environment}, this client is for ${session.environment}`;
    throw new InvalidInputError("INPUT_INVALID", message, { provider: "codef", operation: operation.id });
  }
  // The stored body is ready to be sent: defaults are in, secrets are encrypted.
  const { required, defaults, encrypted, files, ...kept } = operation;
  const secret = { sensitive: [...(operation.sensitive ?? []), ...(encrypted ?? []), ...(files ?? [])] };
  const continued: CodefOperation = { ...kept, ...secret, retry: "never", twoWay: true };
  const reply = await exchange(session, continued, { ...body, ...answer, is2Way: true, twoWayInfo }, options, round);
  // A further question continues the same first request.
  const asked = reply.status === "challenge" ? { ...reply, challenge: { ...reply.challenge, operation, body } } : reply;
  return asked as TwoWayReply<Data, Answer>;
}
