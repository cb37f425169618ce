import { withDeadline } from "../deadline.js";
import { KofinError } from "../errors.js";
import { emit } from "../events.js";
import { type Send, send } from "../http.js";
import { neverConnected, toKofinError } from "../network.js";
import type { Json } from "../paths.js";
import { redact } from "../redact.js";
import { repeat } from "../retry.js";
import { pauseAfter } from "./advice.js";
import { TWO_WAY_CODE, type TwoWayReply } from "./challenge.js";
import { prepareInput } from "./input.js";
import { type CodefOperation, secretPaths } from "./operation.js";
import type { CallOptions } from "./reply.js";
import { cleaner } from "./secrets.js";
import type { Session } from "./session.js";
import { judge } from "./verdict.js";

/**
 * One call from input to verdict: prepares the body, sends it, repeats what may be repeated, and turns whatever went wrong into
 * a typed error. `round` counts the questions of 추가인증 answered before.
 */
export async function exchange(
  session: Session,
  operation: CodefOperation,
  input: unknown,
  options: CallOptions = {},
  round = 0,
): Promise<TwoWayReply<unknown>> {
  const { onEvent, environment, authorization } = session;
  const { signal, timeoutMs = session.timeoutMs, retries = session.retries } = options;
  const about = { provider: "codef", operation: operation.id };
  const started = Date.now();
  let body: unknown;
  let response: Response | undefined;
  let mayHaveArrived = false;

  const clean = (text: string) => cleaner(session, operation, [input, body], response)(text);
  const typed = (error: unknown) => toKofinError(error, { ...about, mayHaveArrived, signal, clean });

  const attempt = async (count: number, ends: AbortSignal) => {
    const since = Date.now();
    const arrivedBefore = mayHaveArrived;
    emit(onEvent, () => ({ ...about, type: "request", attempt: count, ...shownInput(operation, input) }));
    const received = await send(session.http, session.transport, {
      ...toWire(operation, body),
      middleware: [authorization.middleware],
      foreignMiddleware: session.foreignMiddleware,
      signal: ends,
      onSend: () => {
        mayHaveArrived = true;
      },
    }).catch((error) => {
      if (neverConnected(error)) mayHaveArrived = arrivedBefore;
      throw typed(error);
    });
    response = received.response;
    const told = (code: string) =>
      emit(onEvent, () => ({
        ...about,
        type: "response",
        attempt: count,
        status: received.response.status,
        code,
        durationMs: Date.now() - since,
      }));
    try {
      const question = { environment, operation, body: body as Json, round: round + 1 };
      const reply = judge({ operation, question, clean }, received);
      told(reply.status === "done" ? reply.code : TWO_WAY_CODE);
      return reply;
    } catch (error) {
      if (error instanceof KofinError) told(error.code);
      throw error;
    }
  };

  try {
    return await withDeadline({ signal, timeoutMs }, async (ends) => {
      body = await prepareInput(operation, input, session);
      const policy = {
        attempts: operation.retry === "safe" ? 1 + retries : 1,
        pauseAfter: (error: unknown, count: number) => pauseAfter(error, count, session.retryDelayMs),
        onRetry: (error: unknown, count: number, delayMs: number) =>
          emit(onEvent, () => ({ ...about, type: "retry", attempt: count, reason: typed(error).code, delayMs })),
      };
      return repeat(policy, ends, (count) => attempt(count, ends));
    });
  } catch (thrown) {
    const error = typed(thrown);
    emit(onEvent, () => ({
      ...about,
      type: "error",
      code: error.code,
      message: error.message,
      durationMs: Date.now() - started,
    }));
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
