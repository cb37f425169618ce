import type { Challenge, TwoWayReply } from "./challenge.js";
import { faultAt } from "./fault.js";
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
  return callTwoWay(codef, operation, input, options) as Promise<Reply<Data>>;
}

/** Calls a product that may ask for 추가인증. Used by generated functions. */
export async function callTwoWay<Data, Answer extends object>(
  codef: Codef,
  operation: CodefOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<TwoWayReply<Data, Answer>> {
  const session = sessionOf(codef);
  return (await session.exchange({ session, operation, input }, options)) as TwoWayReply<Data, Answer>;
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
  const { operation } = challenge;
  if (challenge.environment !== session.environment) {
    const what = `was made in ${challenge.environment}, this client is for ${session.environment}`;
    throw faultAt(operation, "challenge")("INPUT_INVALID", what);
  }
  const continued = { ...challenge.body, is2Way: true, twoWayInfo: challenge.twoWayInfo };
  const call = { session, operation: continuation(operation, answer), input: answer, answered: challenge, continued };
  return (await session.exchange(call, options)) as TwoWayReply<Data, Answer>;
}

/**
 * The second request of an operation: its first body is ready to be sent, only the answer's own secrets are not. Whatever the
 * user was asked for is nobody else's business.
 */
function continuation({ required, defaults, variants, ...operation }: CodefOperation, answer: object): CodefOperation {
  const sensitive = [...(operation.sensitive ?? []), ...Object.keys(answer)];
  return { ...operation, sensitive, retry: "never", twoWay: true };
}
