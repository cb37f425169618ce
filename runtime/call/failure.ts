/**
 * Whatever becomes of a call that does not succeed at once: an explained answer, another attempt, or a typed error.
 * @module
 */
import { AnswerError, AuthenticationError, DecodeError } from "../errors/answer.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import type { KofinError } from "../errors/kofin-error.js";
import { NetworkError } from "../errors/network.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown.js";
import { valuesAt } from "../paths.js";
import { Misshapen } from "./fields.js";
import { leavesOpen, neverConnected, toKofinError } from "./network.js";
import { observe } from "./observe.js";
import { type ApiOperation, secretPaths } from "./operation.js";
import type { Call, Explainer, FailurePath } from "./protocol.js";
import { scrub } from "./redact.js";
import { repeat } from "./retry.js";

export function failurePath<Op extends ApiOperation, Context>(
  explainer: Explainer<Op, Context>,
): FailurePath<Op, Context> {
  return {
    listen(call, onEvent) {
      const { session, operation, input } = call;
      const secret = [...secretPaths(operation), ...(explainer.sensitive ?? [])];
      call.observer = observe({ provider: session.provider, operation, input, secret }, onEvent);
    },

    async explain(call, received, attempt) {
      const { session, operation, signal, observer, token, tokens } = call;
      const { response } = received;
      try {
        const outcome = explainer.explain(call, received, (text) => clean(call, explainer, text));
        session.limiter?.told?.(operation, response);
        observer?.answered(signal, response, outcome);
        return outcome;
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error;
        session.limiter?.told?.(operation, response, error);
        observer?.answered(signal, response, error);
        if (!isTokenRefused(error) || !token || !tokens) throw error;
        await tokens.invalidate(token);
        if (call.refused) throw error;
        // A request whose token was refused has not been carried out, so even what must not be repeated may go once more.
        call.refused = call.sent;
        call.sent = [];
        return attempt(call);
      }
    },

    again(call, failed, attempt) {
      const { session, options, signal, observer } = call;
      const { retries = session.retries } = options;
      const policy = {
        attempts: mayRepeat(call) ? 1 + retries : 1,
        pauseAfter(thrown: unknown, count: number) {
          const error = typed(call, explainer, thrown);
          if (!mayPass(error) && !(call.idempotencyKey && leavesOpen(error))) return undefined;
          const times = error instanceof AnswerError ? (explainer.patience?.(error) ?? 1) : 1;
          const delayMs = session.retryDelayMs * 2 ** (count - 1) * times;
          const until = keyEnd(call);
          if (until === undefined) return delayMs;
          // Waiting for a turn takes time, too.
          call.mayStillLeave = () => {
            if (Date.now() >= until) throw thrown;
          };
          return Date.now() + delayMs >= until ? undefined : delayMs;
        },
        onRetry: (thrown: unknown, delayMs: number) => observer?.retrying(typed(call, explainer, thrown), delayMs),
      };
      return repeat(policy, failed, signal, () => attempt(call));
    },

    final(call, thrown) {
      const { session, operation, request, sent, observer } = call;
      const cause = operation.path.startsWith("/") ? typed(call, explainer, thrown) : slashless(call);
      const isChange = operation.retry !== "safe" && !explainer.onlyAsks;
      // Without a request that left it was something else that failed, such as issuing the token.
      const isOpen = isChange && sent.length > 0 && leavesOpen(cause);
      const { provider } = session;
      const { id, settledBy } = operation;
      const error = isOpen
        ? new OutcomeUnknownError({ provider, operation: id, cause, settledBy, reference: request?.reference })
        : cause;
      observer?.failed(error);
      return error;
    },

    // Middleware of the caller may rewrite addresses, to a proxy of theirs for one: that one would be handed the credentials.
    checkHost(call, url) {
      const { session, operation, request } = call;
      const { provider, baseUrl } = session;
      const { id, path } = operation;
      if (!path.startsWith("/")) throw slashless(call);
      const { origin } = new URL(url);
      if ([baseUrl, request?.baseUrl ?? baseUrl].some((base) => new URL(base).origin === origin)) return;
      const message = `${id}: middleware has sent the request to another host than ${baseUrl}, where credentials do not go`;
      throw new InvalidInputError("HOST_FOREIGN", message, { provider, operation: id, field: "url" });
    },
  };
}

/** Written straight behind a host, `v1/pay` would be a part of its name. */
function slashless<Op extends ApiOperation, Context>({ session, operation }: Call<Op, Context>): InvalidInputError {
  const { id, path } = operation;
  const message = `${id}: the path ${path} has to begin with a slash: /${path}`;
  return new InvalidInputError("INPUT_INVALID", message, { provider: session.provider, operation: id, field: "path" });
}

function isTokenRefused(error: AnswerError): boolean {
  return error instanceof AuthenticationError && error.advice === "renew-token";
}

/** A password that is wrong must not be tried twice, not even where the operation may be repeated: it would lock the user out. */
function mayRepeat({
  operation,
  input,
  idempotencyKey,
}: Pick<Call, "operation" | "input" | "idempotencyKey">): boolean {
  const { retry, encrypted = [] } = operation;
  const isRepeatable = retry === "safe" || (retry === "idempotency-key" && idempotencyKey !== undefined);
  return isRepeatable && valuesAt(input, encrypted).every((secret) => secret === "");
}

/** From when on the provider may have forgotten the key: what arrives under it then is carried out a second time. */
function keyEnd({ operation, keyedAt }: Pick<Call, "operation" | "keyedAt">): number | undefined {
  const { retry, idempotency } = operation;
  if (retry !== "idempotency-key" || keyedAt === undefined) return undefined;
  return keyedAt + (idempotency?.seconds ?? Number.POSITIVE_INFINITY) * 1000;
}

/** Whether another attempt may find things better. Time that is up does not come back. */
function mayPass(error: KofinError): boolean {
  if (error instanceof NetworkError) return error.code === "NETWORK";
  return error instanceof AnswerError && error.advice === "retry";
}

function typed<Op extends ApiOperation, Context>(
  call: Call<Op, Context>,
  explainer: Explainer<Op, Context>,
  error: unknown,
): KofinError {
  const { session, operation, request, sent, options, received } = call;
  const { provider } = session;
  if (!isWritable(request?.body)) {
    const message = `${operation.id}: input cannot be written as JSON`;
    return new InvalidInputError("INPUT_INVALID", message, { provider, operation: operation.id, field: "input" });
  }
  if (error instanceof Misshapen && received) {
    const context = { provider, operation: operation.id, response: received.response };
    return new DecodeError("DECODE", `${operation.id}: ${error.message}`, context);
  }
  return toKofinError(error, {
    provider,
    operation: operation.id,
    // Only a transport that proves that it reached nobody lets a request count as not sent.
    mayHaveArrived: sent.some(({ failed }) => !failed || !neverConnected(failed.error)),
    signal: options.signal,
    clean: (text) => clean(call, explainer, text),
  });
}

/** Takes out of a text what the client keeps secret, what the caller passed as such, and the tokens that were sent. */
function clean<Op extends ApiOperation, Context>(
  call: Call<Op, Context>,
  explainer: Explainer<Op, Context>,
  text: string,
): string {
  const { operation, input, request, sent, refused = [] } = call;
  const paths = [...secretPaths(operation), ...(explainer.sensitive ?? [])];
  const tokens = [...sent, ...refused].map(({ headers }) => headers.get("Authorization")?.replace(/^Bearer /, ""));
  const fields = [input, request?.body, request?.query].flatMap((part) => valuesAt(part, paths));
  return scrub(text, [...explainer.secrets(call), call.token?.value, ...tokens, ...fields]);
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
