/**
 * One call from input to reply: deadline, attempts, events, and a typed error for whatever goes wrong.
 * @module
 */
import type { Middleware } from "openapi-fetch";
import { withDeadline } from "../deadline.js";
import { AnswerError, AuthenticationError } from "../errors/answer.js";
import type { KofinError } from "../errors/kofin-error.js";
import { NetworkError } from "../errors/network.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown.js";
import { type Sending, send } from "../http.js";
import { neverConnected, toKofinError } from "../network.js";
import { type Observer, observe } from "../observe.js";
import { valuesAt } from "../paths.js";
import { scrub } from "../redact.js";
import { repeat } from "../retry.js";
import { LightRequest } from "../transport.js";
import type { Door, Signature, Wire } from "./door.js";
import type { ApiOperation } from "./operation.js";
import { leavesOpen } from "./outcome.js";
import type { CallOptions, Reply } from "./reply.js";

/** A call and how far it has come. */
interface Course<Op extends ApiOperation> {
  door: Door<Op>;
  operation: Op;
  input: unknown;
  options: CallOptions;
  observer?: Observer;
  wire?: Wire;
  sendings: Sending[];
  /** Those whose token was refused, which therefore did nothing. Present when it was renewed, once. */
  refused?: Sending[];
}

/** @throws KofinError, always. */
export async function perform<Op extends ApiOperation>(
  door: Door<Op>,
  operation: Op,
  input: unknown,
  options: CallOptions = {},
): Promise<Reply<unknown>> {
  const course: Course<Op> = { door, operation, input, options, sendings: [] };
  const { signal, timeoutMs = door.timeoutMs } = options;
  if (door.onEvent) {
    const { provider, onEvent } = door;
    course.observer = observe({ provider, operation, input, secret: secretPaths(course) }, onEvent);
  }
  // The platform's `Request`, which middleware of the caller is given, takes nothing but the platform's signal.
  const controller = door.foreignMiddleware ? undefined : door.transport.controller;
  try {
    return await withDeadline({ signal, timeoutMs, controller }, async (ends) => {
      try {
        return await attempt(course, ends);
      } catch (error) {
        return await repeat(policyOf(course), error, ends, () => attempt(course, ends));
      }
    });
  } catch (error) {
    throw final(course, error);
  }
}

async function attempt<Op extends ApiOperation>(course: Course<Op>, signal: AbortSignal): Promise<Reply<unknown>> {
  const { door, operation, input, observer } = course;
  const wire = await door.prepare(operation, input);
  course.wire = wire;
  let signature: Signature = {};
  const sign = async (request: LightRequest) => {
    signature = await door.sign({ operation, wire, headers: request.headers, signal });
    signal.throwIfAborted();
    observer?.sending();
  };
  const received = await send(door.http, door.transport, {
    method: operation.method,
    path: wire.path ?? operation.path,
    ...(wire.query && { query: wire.query }),
    ...(wire.body !== undefined && { body: wire.body }),
    headers: wire.headers,
    middleware: [signing(sign)],
    foreignMiddleware: door.foreignMiddleware,
    signal,
    sendings: course.sendings,
  });
  try {
    const reply = door.read({ operation, wire, received, clean: (text) => clean(course, text) });
    observer?.answered(signal, received.response, reply);
    return reply;
  } catch (error) {
    if (error instanceof AnswerError) observer?.answered(signal, received.response, error);
    if (!isTokenRefused(error)) throw error;
    await signature.refuse?.();
    if (course.refused || !signature.refuse) throw error;
    // A request whose token was refused has not been carried out, so even what must not be repeated may go once more.
    course.refused = course.sendings;
    course.sendings = [];
    return attempt(course, signal);
  }
}

/** The last middleware: whatever the caller's own does, it meets neither credentials nor a wait for the call's turn. */
function signing(sign: (request: LightRequest) => Promise<void>): Middleware {
  return {
    async onRequest({ request }) {
      const light = LightRequest.is(request) ? request : await LightRequest.copy(request);
      await sign(light);
      return LightRequest.is(request) ? request : new Request(light.url, light);
    },
  };
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AuthenticationError && error.advice === "renew-token";
}

function policyOf<Op extends ApiOperation>(course: Course<Op>) {
  const { door, operation, options } = course;
  const { retries = door.retries } = options;
  return {
    attempts: operation.retry === "safe" ? 1 + retries : 1,
    pauseAfter: (error: unknown, count: number) =>
      mayPass(typed(course, error)) ? door.retryDelayMs * 2 ** (count - 1) : undefined,
    onRetry: (error: unknown, delayMs: number) => course.observer?.retrying(typed(course, error), delayMs),
  };
}

/** Whether another attempt may find things better. Time that is up does not come back. */
function mayPass(error: KofinError): boolean {
  if (error instanceof NetworkError) return error.code === "NETWORK";
  return error instanceof AnswerError && error.advice === "retry";
}

function final<Op extends ApiOperation>(course: Course<Op>, thrown: unknown): KofinError {
  const { operation, door, wire, sendings } = course;
  const cause = typed(course, thrown);
  // Without a sending it was something else that failed, such as issuing the token.
  const isOpen = operation.retry === "never" && sendings.length > 0 && leavesOpen(cause);
  const { provider } = door;
  const { id, settledBy } = operation;
  const error = isOpen
    ? new OutcomeUnknownError({ provider, operation: id, cause, settledBy, reference: wire?.reference })
    : cause;
  course.observer?.failed(error);
  return error;
}

function typed<Op extends ApiOperation>(course: Course<Op>, error: unknown): KofinError {
  return toKofinError(error, {
    provider: course.door.provider,
    operation: course.operation.id,
    // Only a transport that proves that it reached nobody lets a request count as not sent.
    mayHaveArrived: course.sendings.some(({ failed }) => !failed || !neverConnected(failed.error)),
    signal: course.options.signal,
    clean: (text) => clean(course, text),
  });
}

/** Takes out of a text what the client keeps secret, what the caller passed as such, and the tokens that were sent. */
function clean<Op extends ApiOperation>(course: Course<Op>, text: string): string {
  const { door, input, wire, sendings, refused = [] } = course;
  const paths = secretPaths(course);
  const tokens = [...sendings, ...refused].map(({ authorization }) => authorization?.replace(/^Bearer /, ""));
  const sent = [wire?.body, wire?.query].flatMap((part) => valuesAt(part, paths));
  return scrub(text, [...door.secrets(), ...tokens, ...valuesAt(input, paths), ...sent]);
}

function secretPaths<Op extends ApiOperation>({ operation, door }: Course<Op>): string[] {
  return [...(operation.sensitive ?? []), ...(door.sensitive ?? [])];
}
