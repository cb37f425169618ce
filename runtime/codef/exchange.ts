import { withDeadline } from "../deadline.js";
import { type Send, type Sending, send } from "../http.js";
import type { Json } from "../paths.js";
import { authorize } from "./authorize.js";
import type { Challenge, TwoWayReply } from "./challenge.js";
import { prepareInput } from "./input.js";
import { loadLate } from "./load.js";
import type { Observer } from "./observe.js";
import type { CodefOperation } from "./operation.js";
import { type CallOptions, readReply } from "./reply.js";
import type { Session } from "./session.js";

/** A call: what is asked, and the challenge it answers, if it answers one. */
export interface Call {
  session: Session;
  operation: CodefOperation;
  input: unknown;
  answered?: Challenge | undefined;
  /** What goes around the input of a second request: the first body, and the job that it continues. */
  continued?: Json | undefined;
}

/** How far a call has come. */
export interface Progress {
  body: unknown;
  sendings: Sending[];
  /** Tells the client's listener; there is none when nobody listens. */
  observer?: Observer;
}

/**
 * One call from input to reply. This file is the way of a call that succeeds at once; whatever else can become of it is in `late.ts`,
 * which begins to load with the client, so that a failure can be explained even when the disk is gone by then.
 */
export async function exchange(call: Call, options: CallOptions = {}): Promise<TwoWayReply<unknown>> {
  const { session, operation, input, continued } = call;
  const { signal, timeoutMs = session.timeoutMs } = options;
  // The platform's `Request`, which middleware of the caller is given, takes nothing but the platform's signal.
  const controller = session.foreignMiddleware ? undefined : session.transport.controller;
  const progress: Progress = { body: undefined, sendings: [] };
  try {
    if (session.onEvent) progress.observer = (await loadLate()).observe(call, session.onEvent);
    return await withDeadline({ signal, timeoutMs, controller }, async (ends) => {
      const prepared = await prepareInput(operation, input, session);
      progress.body = continued ? { ...continued, ...(prepared as Json) } : prepared;
      try {
        return await attempt(call, progress, ends);
      } catch (error) {
        const { again } = await loadLate();
        return await again({ call, progress, options, ends }, error, () => attempt(call, progress, ends));
      }
    });
  } catch (error) {
    throw (await loadLate()).final({ call, progress, options }, error);
  }
}

async function attempt(call: Call, progress: Progress, signal: AbortSignal): Promise<TwoWayReply<unknown>> {
  const { session, operation } = call;
  const { observer } = progress;
  const authorization = authorize(session.tokens);
  signal.throwIfAborted();
  observer?.sending();
  const received = await send(session.http, session.transport, {
    ...toWire(operation, progress.body),
    middleware: [authorization.middleware],
    foreignMiddleware: session.foreignMiddleware,
    signal,
    sendings: progress.sendings,
  });
  const reply = readReply(operation, received);
  if (!reply) {
    const { judge } = await loadLate();
    return judge({ call, progress, received, authorization, signal });
  }
  observer?.answered(signal, received.response, reply);
  return reply;
}

/** Where the prepared input goes: the query of a GET, the body of everything else. */
function toWire({ method, path }: CodefOperation, body: unknown): Pick<Send, "method" | "path" | "body" | "query"> {
  return method === "GET" ? { method, path, query: body as Json } : { method, path, body };
}
