/**
 * Tokens of an OAuth 2.0 token endpoint (RFC 6749), and of those that are nearly one.
 * @module
 */
import { withDeadline } from "../call/deadline.js";
import { type EventListener, emit } from "../call/events.js";
import { createHttp, send } from "../call/http.js";
import { neverConnected, toKofinError } from "../call/network.js";
import { scrub } from "../call/redact.js";
import { readJson } from "../call/reply.js";
import type { Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import type { Advice } from "../errors/advice.js";
import { AuthenticationError, DecodeError, HttpError } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { encodeBasic } from "./api-key.js";
import type { Token } from "./token.js";

/** Where tokens are issued and how they are asked for; see `ProviderData`. */
export interface TokenEndpoint {
  readonly url: string;
  readonly body?: "form" | "json";
  readonly client?: "basic" | "body";
  readonly idField?: string;
  readonly secretField?: string;
  readonly scope?: string;
  readonly tokenField?: string;
  readonly expiresInField?: string;
  readonly expiresAtField?: string;
  readonly lifetimeSeconds?: number;
}

/** Who asks, and how. */
export interface TokenClient {
  readonly provider: string;
  readonly baseUrl: string;
  /** The base URL is the caller's: a path of the endpoint stands below it, whatever its own path is. */
  readonly isElsewhere?: boolean;
  /** The code of a refusal, where the provider does not answer as RFC 6749 has it. */
  readonly codeOf?: ((answer: unknown) => string | undefined) | undefined;
  /** What to do about such a code. */
  readonly advice?: Readonly<Record<string, Advice>> | undefined;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly transport: Transport;
  readonly onEvent: EventListener | undefined;
}

/** An answer with a token in it. */
export interface IssuedToken extends Token {
  /** The whole answer: a refresh token, a scope, a user. */
  readonly answer: Json;
}

/** Seconds a token lives when nobody says. */
const LIFETIME_SECONDS = 3_600;

/**
 * Asks for a token, once. By a client of its own, without any middleware: nobody is to see the secret, and a refused token request must
 * not ask for a token. It has its own time limit, because all calls that wait for a token share it.
 * @throws AuthenticationError `CLIENT_REFUSED`, or the endpoint's own `error`; HttpError, DecodeError, NetworkError
 */
export async function requestToken(
  endpoint: TokenEndpoint,
  client: TokenClient,
  grant: Readonly<Record<string, string>>,
): Promise<IssuedToken> {
  const { provider, clientId, clientSecret, transport } = client;
  const { idField = "client_id", secretField = "client_secret", body = "form", scope } = endpoint;
  const own = endpoint.client === "basic" ? {} : { [idField]: clientId, [secretField]: clientSecret };
  const fields = { ...grant, ...(scope !== undefined && !("scope" in grant) && { scope }), ...own };
  const { origin, pathname, search } = addressOf(endpoint, client);
  const clean = (text: string) => scrub(text, [clientSecret, ...Object.values(grant)]);
  const request = {
    method: "POST",
    path: pathname + search,
    body: body === "json" ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
    headers: {
      "Content-Type": body === "json" ? "application/json" : "application/x-www-form-urlencoded",
      Accept: "application/json",
      ...(endpoint.client === "basic" && { Authorization: `Basic ${encodeBasic(clientId, clientSecret)}` }),
    },
  };
  const { response, body: text } = await withDeadline(
    { timeoutMs: DEFAULTS.tokenTimeoutMs, controller: transport.controller },
    (signal) => send({ http: createHttp(origin, String), transport }, request, signal),
  ).catch((error: unknown) => {
    const failure = { provider, operation: "oauth.token", mayHaveArrived: !neverConnected(error), clean };
    throw toKofinError(error, failure);
  });
  const answer = readJson(text);
  const value = answer?.[endpoint.tokenField ?? "access_token"];
  if (!response.ok || !answer || typeof value !== "string" || value === "") {
    throw refusalOf(response, answer, client, clean);
  }
  const expiresAt = expiryOf(endpoint, answer);
  emit(client.onEvent, () => ({ type: "token", provider, expiresAt }));
  return { value, expiresAt, answer };
}

/** Whether id and secret were refused, which asking again does not change. */
export function isRefusal(error: unknown): error is AuthenticationError {
  return error instanceof AuthenticationError;
}

function addressOf({ url }: TokenEndpoint, { baseUrl, isElsewhere }: TokenClient): URL {
  return isElsewhere && url.startsWith("/") ? new URL(baseUrl.replace(/\/$/, "") + url) : new URL(url, baseUrl);
}

function expiryOf({ expiresInField = "expires_in", expiresAtField, lifetimeSeconds }: TokenEndpoint, answer: Json) {
  const told = expiresAtField === undefined ? Number.NaN : momentOf(String(answer[expiresAtField]));
  if (!Number.isNaN(told)) return told;
  return Date.now() + (Number(answer[expiresInField]) || lifetimeSeconds || LIFETIME_SECONDS) * 1000;
}

/** `yyyymmddhhmmss` or ISO 8601; Korean time where there is no offset. */
function momentOf(text: string): number {
  const iso = text
    .trim()
    .replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6")
    .replace(" ", "T");
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}+09:00`);
}

function refusalOf(
  response: Response,
  answer: Json | undefined,
  { provider, codeOf, advice: table = {} }: TokenClient,
  clean: (text: string) => string,
): AuthenticationError | HttpError | DecodeError {
  const { status, ok } = response;
  const context = { provider, operation: "oauth.token", response };
  const own = isRecord(answer?.error) && typeof answer.error.code === "string" ? answer.error.code : undefined;
  const error = typeof answer?.error === "string" ? answer.error : (own ?? codeOf?.(answer));
  if (error !== undefined && table[error] === "retry") {
    return new HttpError(error, `${provider}'s token endpoint answered ${error}`, { ...context, advice: "retry" });
  }
  if (status === 403 && own !== undefined) {
    const message = `${provider} does not let the client in (${own}); check its permissions and the addresses it may call from`;
    return new AuthenticationError(own, message, { ...context, advice: "apply" });
  }
  if ((error !== undefined && status !== 429 && status < 500) || [400, 401, 403].includes(status)) {
    const described = typeof answer?.error_description === "string" ? `: ${clean(answer.error_description)}` : "";
    const message = `${provider} refused the client (${error ?? `HTTP ${status}`})${described}; check its id and secret`;
    return new AuthenticationError(error ?? "CLIENT_REFUSED", message, { ...context, advice: "fix-request" });
  }
  if (ok) return new DecodeError("DECODE", `${provider}'s token answer has no token`, context);
  const advice = status === 429 || status >= 500 ? "retry" : "report";
  return new HttpError(`HTTP_${status}`, `${provider}'s token endpoint answered HTTP ${status}`, {
    ...context,
    advice,
  });
}
