import { withDeadline } from "../deadline.js";
import { KofinError } from "../errors.js";
import { emit } from "../events.js";
import { type Send, send } from "../http.js";
import { neverConnected, toKofinError } from "../network.js";
import type { Json } from "../paths.js";
import { redact } from "../redact.js";
import { repeat } from "../retry.js";
import { pauseAfter } from "./advice.js";
import { type Challenge, type Question, TWO_WAY_CODE, type TwoWayReply } from "./challenge.js";
import { prepareInput } from "./input.js";
import { type CodefOperation, secretPaths } from "./operation.js";
import type { CallOptions } from "./reply.js";
import { cleaner } from "./secrets.js";
import type { Session } from "./session.js";
import { judge } from "./verdict.js";

/** A call: what is asked, and the challenge it answers, if it answers one. */
export interface Call {
  session: Session;
  operation: CodefOperation;
  input: unknown;
  answered?: Challenge | undefined;
}

/** How far a call has come. */
interface Progress {
  body: unknown;
  mayHaveArrived: boolean;
  response: Response | undefined;
}

/**
 * One call from input to verdict: prepares the body, sends it, repeats what may be repeated, and turns whatever went wrong into
 * a typed error.
 */
export async function exchange(call: Call, options: CallOptions = {}): Promise<TwoWayReply<unknown>> {
  const { session, operation, input } = call;
  const { signal, timeoutMs = session.timeoutMs, retries = session.retries } = options;
  const { onEvent } = session;
  const about = { provider: "codef", operation: operation.id };
  const started = Date.now();
  const progress: Progress = { body: undefined, mayHaveArrived: false, response: undefined };
  const clean = (text: string) => cleaner(session, operation, [input, progress.body], progress.response)(text);
  const typed = (error: unknown) =>
    toKofinError(error, { ...about, mayHaveArrived: progress.mayHaveArrived, signal, clean });

  const policy = {
    attempts: operation.retry === "safe" ? 1 + retries : 1,
    pauseAfter: (error: unknown, count: number) => pauseAfter(typed(error), count, session.retryDelayMs),
    onRetry: (error: unknown, count: number, delayMs: number) =>
      emit(onEvent, () => ({ ...about, type: "retry", attempt: count, reason: typed(error).code, delayMs })),
  };
  try {
    return await withDeadline({ signal, timeoutMs }, async (ends) => {
      progress.body = await prepareInput(operation, input, session);
      return repeat(policy, ends, (count) => attempt(call, progress, count, ends, clean));
    });
  } catch (thrown) {
    const error = typed(thrown);
    const durationMs = Date.now() - started;
    emit(onEvent, () => ({ ...about, type: "error", code: error.code, message: error.message, durationMs }));
    throw error;
  }
}

async function attempt(
  { session, operation, input, answered }: Call,
  progress: Progress,
  count: number,
  signal: AbortSignal,
  clean: (text: string) => string,
): Promise<TwoWayReply<unknown>> {
  const { onEvent, environment } = session;
  const about = { provider: "codef", operation: operation.id, attempt: count };
  const started = Date.now();
  const arrivedBefore = progress.mayHaveArrived;
  emit(onEvent, () => ({ ...about, type: "request", ...shownInput(operation, input) }));
  const received = await send(session.http, session.transport, {
    ...toWire(operation, progress.body),
    middleware: [session.authorization.middleware],
    foreignMiddleware: session.foreignMiddleware,
    signal,
    onSend: () => {
      progress.mayHaveArrived = true;
    },
  }).catch((error) => {
    if (neverConnected(error)) progress.mayHaveArrived = arrivedBefore;
    throw error;
  });
  const { response } = received;
  progress.response = response;
  const told = (code: string) =>
    emit(onEvent, () => ({
      ...about,
      type: "response",
      status: response.status,
      code,
      durationMs: Date.now() - started,
    }));

  // A further question continues the same first request.
  const question: Question = answered
    ? { environment, operation: answered.operation, body: answered.body, round: answered.round + 1, answered }
    : { environment, operation, body: progress.body as Json, round: 1 };
  try {
    const reply = judge({ operation, question, clean }, received);
    told(reply.status === "done" ? reply.code : TWO_WAY_CODE);
    return reply;
  } catch (error) {
    if (error instanceof KofinError) told(error.code);
    throw error;
  }
}

/** Where the prepared input goes: the query of a GET, the body of everything else. */
function toWire({ method, path }: CodefOperation, body: unknown): Pick<Send, "method" | "path" | "body" | "query"> {
  const verb = method.toLowerCase() as Send["method"];
  return method === "GET" ? { method: verb, path, query: body as Json } : { method: verb, path, body };
}

/** The input for a log. Without a spec nobody knows what is secret, so nothing is shown. */
function shownInput(operation: CodefOperation, input: unknown): { input?: unknown } {
  return operation.id === operation.path ? {} : { input: redact(input, secretPaths(operation)) };
}
