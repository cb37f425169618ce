import { performerOf } from "../../call/clients.js";
import type { Codef, CodefPerformer } from "../client.js";
import { type CallOptions, type CodefOperation, faultAt } from "../operation.js";
import type { Challenge, TwoWayReply } from "./challenge.js";

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
  const performer = performerOf<CodefPerformer>(codef, "codef", "createCodef");
  const { operation } = challenge;
  if (challenge.environment !== codef.environment) {
    const what = `was made in ${challenge.environment}, this client is for ${codef.environment}`;
    throw faultAt(operation, "challenge")("INPUT_INVALID", what);
  }
  const continued = { ...challenge.body, is2Way: true, twoWayInfo: challenge.twoWayInfo };
  const context = { answered: challenge, continued };
  const reply: unknown = await performer.perform(continuation(operation, answer), answer, options, context);
  return reply as TwoWayReply<Data, Answer>;
}

/**
 * The second request of an operation: its first body is ready to be sent, only the answer's own secrets are not. Whatever the
 * user was asked for is nobody else's business.
 */
function continuation({ required, defaults, variants, ...operation }: CodefOperation, answer: object): CodefOperation {
  const sensitive = [...(operation.sensitive ?? []), ...Object.keys(answer)];
  return { ...operation, sensitive, retry: "never", twoWay: true };
}
