/**
 * One call from input to outcome, whatever the provider. This file is the way of a call that succeeds at once; whatever else can
 * become of it is in `failure.ts`, which begins to load with the client, so that a failure can be explained even when a deployment
 * has taken the files away by then.
 *
 * serialize → the caller's middleware → token → turn at the limit → beforeSend → transport → deserialize, or explain.
 * @module
 */
import { InvalidInputError } from "../errors/invalid-input.js";
import { later } from "../later.js";
import { withDeadline } from "./deadline.js";
import { send } from "./http.js";
import type { ApiOperation } from "./operation.js";
import type { Call, Session } from "./protocol.js";
import type { CallOptions, Outcome } from "./reply.js";
import type { LightRequest } from "./transport.js";

/** Loads what only failures, listeners and further attempts need. */
export const loadFailure = /* @__PURE__ */ later(() => import("./failure.js"));

/** Begins to load what a client will need when something goes wrong. */
export function prepare<Op extends ApiOperation, Context>(session: Session<Op, Context>): void {
  for (const part of [loadFailure(), session.protocol.explain()]) part.catch(() => {});
}

/** @throws KofinError, always. */
export async function perform<Op extends ApiOperation, Context>(
  session: Session<Op, Context>,
  operation: Op,
  input: unknown,
  options: CallOptions,
  context: Context,
): Promise<Outcome> {
  const { signal, timeoutMs = session.timeoutMs } = options;
  const call = { session, operation, input, options, context, sent: [] } as unknown as Call<Op, Context>;
  // The platform's `Request`, which middleware of the caller is given, takes nothing but the platform's signal.
  const controller = session.foreignMiddleware ? undefined : session.transport.controller;
  try {
    if (session.onEvent) await (await loadFailure()).listen(call, session.onEvent);
    return await withDeadline({ signal, timeoutMs, controller }, (ends) => {
      call.signal = ends;
      return attempt(call).catch(async (error) => (await loadFailure()).again(call, error, attempt));
    });
  } catch (error) {
    throw await (await loadFailure()).final(call, error);
  }
}

/** @throws whatever goes wrong, as it comes. */
export async function attempt<Op extends ApiOperation, Context>(call: Call<Op, Context>): Promise<Outcome> {
  const { session, operation, signal } = call;
  const { protocol, limiter } = session;
  const written = protocol.serialize(call);
  const request = written instanceof Promise ? await written : written;
  call.request = request;
  const received = await send(session.http, session.transport, {
    method: operation.method,
    path: request.path ?? operation.path,
    query: request.query,
    body: request.body,
    headers: request.headers,
    foreignMiddleware: session.foreignMiddleware,
    signal,
    before: (light) => beforeSending(call, light),
    sent: call.sent,
  });
  const outcome = protocol.deserialize(call, received);
  if (!outcome) return (await loadFailure()).explain(call, received, attempt);
  limiter?.told?.(operation, received.response);
  call.observer?.answered(signal, received.response, outcome);
  return outcome;
}

async function beforeSending<Op extends ApiOperation, Context>(
  call: Call<Op, Context>,
  request: LightRequest,
): Promise<void> {
  const { session, operation, signal } = call;
  const { auth, limiter, beforeSend } = session;
  if (auth) {
    if (!isBelow(session.baseUrl, request.url)) throw foreignHost(call);
    call.tokens = auth.tokens?.(call);
    call.token = await call.tokens?.get();
    await auth.sign(request, call);
    signal.throwIfAborted();
  }
  await limiter?.turn(operation, signal);
  if (beforeSend) await beforeSend(call);
  signal.throwIfAborted();
  if (call.idempotencyKey) call.keyedAt ??= Date.now();
  call.observer?.sending();
}

/** Whether a request goes to the provider: `https://a.test` is not above `https://a.test.evil`. */
function isBelow(baseUrl: string, url: string): boolean {
  return url.startsWith(baseUrl) && /^($|[/?#])/.test(url.slice(baseUrl.length));
}

function foreignHost({ session, operation }: Pick<Call, "session" | "operation">): InvalidInputError {
  const { provider, baseUrl } = session;
  const message = `${operation.id}: middleware has sent the request to another host than ${baseUrl}, where credentials do not go`;
  return new InvalidInputError("HOST_FOREIGN", message, { provider, operation: operation.id, field: "url" });
}
