/**
 * One call from input to outcome, whatever the provider. This file is the way of a call that succeeds at once; whatever else can
 * become of it is in `failure.ts`, which loads with the protocol's part of it when a client is made, so that a failure can be explained even when a deployment
 * has taken the files away by then.
 *
 * serialize → the caller's middleware → token → turn at the limit → beforeSend → transport → deserialize, or explain.
 * @module
 */
import { withDeadline } from "./deadline.js";
import { send } from "./http.js";
import type { ApiOperation } from "./operation.js";
import type { Call, Session } from "./protocol.js";
import type { CallOptions, Outcome } from "./reply.js";
import type { LightRequest } from "./transport.js";

/** @throws KofinError, always. */
export async function perform<Op extends ApiOperation, Context>(
  session: Session<Op, Context>,
  operation: Op,
  input: unknown,
  options: CallOptions = {},
  context: Context = {} as Context,
): Promise<Outcome> {
  const { protocol } = session;
  const { signal, timeoutMs = session.timeoutMs } = options;
  const call = { session, operation, input, options, context, sent: [] } as unknown as Call<Op, Context>;
  // The platform's `Request`, which middleware of the caller is given, takes nothing but the platform's signal.
  const controller = session.foreignMiddleware ? undefined : session.transport.controller;
  try {
    if (session.onEvent) (await protocol.failure()).listen(call, session.onEvent);
    return await withDeadline({ signal, timeoutMs, controller }, (ends) => {
      call.signal = ends;
      return attempt(call).catch(async (error) => (await protocol.failure()).again(call, error, attempt));
    });
  } catch (error) {
    throw (await protocol.failure()).final(call, error);
  }
}

/** @throws whatever goes wrong, as it comes. */
async function attempt<Op extends ApiOperation, Context>(call: Call<Op, Context>): Promise<Outcome> {
  const { session, operation, signal } = call;
  const { protocol, limiter } = session;
  const request = await protocol.serialize(call);
  call.request = request;
  const { method, path } = operation;
  const received = await send(session, { method, path, ...request }, signal, call.sent, (light) =>
    beforeSending(call, light),
  );
  call.received = received;
  const outcome = protocol.deserialize(call, received);
  if (!outcome) return (await protocol.failure()).explain(call, received, attempt);
  limiter?.told?.(operation, received.response);
  call.observer?.answered(signal, received.response, outcome);
  return outcome;
}

async function beforeSending<Op extends ApiOperation, Context>(
  call: Call<Op, Context>,
  request: LightRequest,
): Promise<void> {
  const { session, operation, signal } = call;
  const { auth, limiter, beforeSend, protocol } = session;
  if (call.request?.lateBody) request.body = call.request.lateBody;
  if (auth) {
    if (!request.url.startsWith(`${session.baseUrl}/`)) (await protocol.failure()).checkHost(call, request.url);
    call.tokens = auth.tokens?.(call);
    call.token = await call.tokens?.get();
    await auth.sign(request, call);
    signal.throwIfAborted();
  }
  await limiter?.turn(operation, signal);
  if (beforeSend) await beforeSend(call);
  // Who ended the call was told that nothing was sent: a transport that pays no heed to signals must not make that a lie.
  signal.throwIfAborted();
  call.mayStillLeave?.();
  call.observer?.sending();
}
