/**
 * The center's OAuth: what is sent to `/oauth/2.0/token` and `/oauth/2.0/revoke`, and what comes back.
 * @module
 */

import { withDeadline } from "../call/deadline.js";
import { type EventListener, emit } from "../call/events.js";
import { createHttp, send } from "../call/http.js";
import { neverConnected, toKofinError } from "../call/network.js";
import { readJson } from "../call/read-json.js";
import { scrub } from "../call/redact.js";
import type { Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { DecodeError } from "../errors/answer.js";
import type { Json } from "../paths.js";
import { OPEN_BANKING_DEFAULTS } from "./defaults.js";
import { centerRefusal, httpRefusal, type RefusalContext, standardRefusal } from "./refusal.js";
import { text } from "./text.js";
import { serialize } from "./wire.js";

/** What a token request needs to know of its client. */
export interface OAuthClient {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  transport: Transport;
  onEvent: EventListener | undefined;
  now: () => number;
}

/** An answer of the token path, as far as kofin uses it. */
export interface IssuedToken {
  accessToken: string;
  /** Only of a user's token, and not of every refresh. */
  refreshToken: string | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** What was granted, separated by spaces; undefined when the center does not say. */
  scope: string | undefined;
  userSeqNo: string | undefined;
  /** 이용기관코드: only of an institution's token. */
  clientUseCode: string | undefined;
}

/**
 * Asks for a token. By a client of its own, without any middleware: nobody is to see the secret, and a refused token request must
 * not ask for a token. It has its own time limit, because all calls that wait for a token share it. Never repeated.
 * @throws AuthenticationError, PermissionError, ProviderError, HttpError, DecodeError, NetworkError
 */
export async function requestToken(client: OAuthClient, grant: Record<string, string>): Promise<IssuedToken> {
  const { body, context } = await post(client, "token", grant);
  const token = readToken(body, client.now());
  if (!token) throw new DecodeError("DECODE", "oauth.token: the answer has no access_token", context);
  if (grant.grant_type === "authorization_code" && token.userSeqNo === undefined) {
    throw new DecodeError("DECODE", "oauth.token: the answer does not say whose token it is", context);
  }
  emit(client.onEvent, () => ({ type: "token", provider: "openbanking", expiresAt: token.expiresAt }));
  return token;
}

/** Tells the center to forget a token. No public source shows the fields; these are the ones that the token path goes by. */
export async function requestRevocation(client: OAuthClient, accessToken: string): Promise<void> {
  await post(client, "revoke", { access_token: accessToken });
}

/** What an answer of the token path says; undefined when there is no token in it. Numbers were seen as texts. */
export function readToken(body: Json, now: number): IssuedToken | undefined {
  const accessToken = text(body.access_token);
  if (!accessToken) return undefined;
  const { expires_in: told = "" } = body;
  const seconds = told === "" || !Number.isFinite(Number(told)) ? OPEN_BANKING_DEFAULTS.tokenSeconds : Number(told);
  return {
    accessToken,
    refreshToken: text(body.refresh_token),
    expiresAt: now + seconds * 1000,
    scope: text(body.scope),
    userSeqNo: text(body.user_seq_no),
    clientUseCode: text(body.client_use_code),
  };
}

async function post(client: OAuthClient, path: "token" | "revoke", fields: Record<string, string>) {
  const { clientId, clientSecret } = client;
  const operation = `oauth.${path}`;
  const clean = (words: string) => scrub(words, [clientSecret, fields.code, fields.refresh_token, fields.access_token]);
  const request = {
    method: "POST",
    path: `/oauth/2.0/${path}`,
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }).toString(),
    headers: {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      Accept: "application/json",
    },
  } as const;
  const { response, body } = await withDeadline({ timeoutMs: DEFAULTS.tokenTimeoutMs }, (signal) =>
    send(createHttp(client.baseUrl, serialize), client.transport, { ...request, signal }),
  ).catch((error: unknown) => {
    const failure = { provider: "openbanking", operation, mayHaveArrived: !neverConnected(error), clean };
    throw toKofinError(error, failure);
  });
  const raw = readJson(body);
  const context = { provider: "openbanking", operation, response, clean, isOAuth: true };
  const refusal = refusalOf(raw, context);
  if (refusal) throw refusal;
  return { body: raw ?? {}, context };
}

/** Failures come as HTTP 200 with a `rsp_code`, or in the form of RFC 6749. A token comes without a `rsp_code`. */
function refusalOf(raw: Json | undefined, context: RefusalContext) {
  const { response } = context;
  const code = text(raw?.rsp_code);
  const error = text(raw?.error);
  const isRefused = code !== undefined && code !== "O0000" && code !== "A0000";
  if (raw && isRefused) return centerRefusal(raw, { ...context, transactionId: text(raw.api_tran_id) });
  if (raw && error && response.status < 500) return standardRefusal(error, raw, context);
  return response.ok ? undefined : httpRefusal(context);
}
