/**
 * Whatever becomes of a call that does not succeed at once: a challenge, another attempt, or a typed error.
 * @module
 */
import { AnswerError, AuthenticationError } from "../errors/answer.js";
import type { KofinError } from "../errors/kofin-error.js";
import type { Received } from "../http.js";
import { neverConnected, toKofinError } from "../network.js";
import { type Json, valuesAt } from "../paths.js";
import { repeat } from "../retry.js";
import type { Authorization } from "./authorize.js";
import type { Question, TwoWayReply } from "./challenge.js";
import { TWO_WAY_CODE } from "./envelope.js";
import type { Call, Progress } from "./exchange.js";
import { faultAt } from "./fault.js";
import type { CodefOperation } from "./operation.js";
import { pauseAfter } from "./pause.js";
import type { CallOptions } from "./reply.js";
import { cleaner } from "./secrets.js";
import { verdict } from "./verdict.js";

/** A call that ran into something. */
interface Trouble {
  call: Call;
  progress: Progress;
  options: CallOptions;
}

interface Answer {
  call: Call;
  progress: Progress;
  received: Received;
  authorization: Authorization;
  signal: AbortSignal;
}

/** An answer that is no plain success: the challenge it holds, or the error it stands for. */
export function judge({ call, progress, received, authorization, signal }: Answer): TwoWayReply<unknown> {
  const { observer } = progress;
  const { operation } = call;
  try {
    const reply = verdict(
      { operation, question: questionOf(call, progress), clean: cleaning(call, progress) },
      received,
    );
    const told = reply.status === "done" ? reply : { ...reply.challenge, code: TWO_WAY_CODE };
    observer?.answered(signal, received.response, told);
    return reply;
  } catch (error) {
    if (error instanceof AuthenticationError) authorization.refuse();
    if (error instanceof AnswerError) observer?.answered(signal, received.response, error);
    throw error;
  }
}

/** Further attempts after a first one that failed, as many as the operation and the failure allow. */
export function again<T>(
  trouble: Trouble & { ends: AbortSignal },
  failed: unknown,
  attempt: () => Promise<T>,
): Promise<T> {
  const { call, progress, options, ends } = trouble;
  const { operation, input, session } = call;
  const { retries = session.retries } = options;
  const policy = {
    attempts: mayRepeat(operation, input) ? 1 + retries : 1,
    pauseAfter: (error: unknown, count: number) => pauseAfter(typed(trouble, error), count, session.retryDelayMs),
    onRetry: (error: unknown, delayMs: number) => progress.observer?.retrying(typed(trouble, error), delayMs),
  };
  return repeat(policy, failed, ends, attempt);
}

/** The error that the caller gets. */
export function final(trouble: Trouble, thrown: unknown): KofinError {
  const error = typed(trouble, thrown);
  trouble.progress.observer?.failed(error);
  return error;
}

/** A password that is wrong must not be tried twice, not even where the product may be repeated: it would lock the user out. */
function mayRepeat({ retry, encrypted = [] }: CodefOperation, input: unknown): boolean {
  return retry === "safe" && valuesAt(input, encrypted).every((secret) => secret === "");
}

function typed({ call, progress, options }: Trouble, error: unknown): KofinError {
  if (!isWritable(progress.body)) return faultAt(call.operation, "input")("INPUT_INVALID", "cannot be written as JSON");
  return toKofinError(error, {
    provider: "codef",
    operation: call.operation.id,
    // Only a transport that proves that it reached nobody lets a request count as not sent.
    mayHaveArrived: progress.sendings.some(({ failed }) => !failed || !neverConnected(failed.error)),
    signal: options.signal,
    clean: cleaning(call, progress),
  });
}

/** Made when there is a text to clean. */
function cleaning({ session, operation, input }: Call, { body, sendings }: Progress): (text: string) => string {
  const authorizations = sendings.map(({ authorization }) => authorization ?? "");
  return (text) => cleaner(session, operation, [input, body], authorizations)(text);
}

/** A further question continues the same first request. */
function questionOf({ session, operation, answered }: Call, { body }: Progress): Question {
  const { environment } = session;
  return answered
    ? { environment, operation: answered.operation, body: answered.body, round: answered.round + 1, answered }
    : { environment, operation, body: body as Json, round: 1 };
}

/** Numbers beyond JSON and circles show when the body is written, after every other rule. */
function isWritable(body: unknown): boolean {
  try {
    JSON.stringify(body);
    return true;
  } catch {
    return false;
  }
}
