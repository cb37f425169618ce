/**
 * The center's OAuth: what is sent to `/oauth/2.0/token` and `/oauth/2.0/revoke`, and what comes back.
 * @module
 */
import { type SharedTokenSource, sharedTokens } from "../auth/shared-tokens.js";
import type { TokenStore } from "../auth/token-store.js";
import { withDeadline } from "../call/deadline.js";
import { emit } from "../call/events.js";
import { createHttp, send } from "../call/http.js";
import { neverConnected, toKofinError } from "../call/network.js";
import { scrub } from "../call/redact.js";
import { readJson } from "../call/reply.js";
import { DEFAULTS } from "../defaults.js";
import { DecodeError } from "../errors/answer.js";
import type { Json } from "../paths.js";
import type { ClientSettings } from "./credentials.js";
import { faultAt } from "./operation.js";
import { centerRefusal, httpRefusal, type RefusalContext, standardRefusal } from "./refusal.js";
import { SUCCESS, text } from "./response.js";

/** Seconds a token lives when the center does not say: 90 days, as seen. */
const TOKEN_SECONDS = 7_776_000;

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
export async function requestToken(client: ClientSettings, grant: Record<string, string>): Promise<IssuedToken> {
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
export async function requestRevocation(client: ClientSettings, accessToken: string): Promise<void> {
  await post(client, "revoke", { access_token: accessToken });
}

/** What an answer of the token path says; undefined when there is no token in it. Numbers were seen as texts. */
export function readToken(body: Json, now: number): IssuedToken | undefined {
  const accessToken = text(body.access_token);
  if (!accessToken) return undefined;
  const { expires_in: told = "" } = body;
  const seconds = told === "" || !Number.isFinite(Number(told)) ? TOKEN_SECONDS : Number(told);
  return {
    accessToken,
    refreshToken: text(body.refresh_token),
    expiresAt: now + seconds * 1000,
    scope: text(body.scope),
    userSeqNo: text(body.user_seq_no),
    clientUseCode: text(body.client_use_code),
  };
}

async function post(client: ClientSettings, path: "token" | "revoke", fields: Record<string, string>) {
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
    send({ http: createHttp(client.baseUrl, String), transport: client.transport }, request, signal),
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
  const isRefused = code !== undefined && !SUCCESS.includes(code);
  if (raw && isRefused) return centerRefusal(raw, { ...context, transactionId: text(raw.api_tran_id) });
  if (raw && error && response.status < 500) return standardRefusal(error, raw, context);
  return response.ok ? undefined : httpRefusal(context);
}

/** Tells environments and clients apart in a store. */
export function storeKey({ environment, clientId }: ClientSettings, name: string): string {
  return `openbanking:${environment}:${clientId}:${name}`;
}

/** The institution's own token, kept in `store`. */
export function institutionTokens(client: ClientSettings, store: TokenStore): SharedTokenSource {
  const { institutionScope, now } = client;
  return sharedTokens(() => institutionToken(client), { store, key: storeKey(client, institutionScope), now });
}

/** @throws InvalidInputError when the center knows the client under another 이용기관코드: it would refuse every bank_tran_id. */
async function institutionToken(client: ClientSettings) {
  const { institutionScope: scope, useCode } = client;
  const issued = await requestToken(client, { grant_type: "client_credentials", scope });
  const { accessToken, expiresAt, clientUseCode = useCode } = issued;
  if (clientUseCode !== useCode) {
    const what = `is not this client's: the center knows it as ${clientUseCode}`;
    throw faultAt({ id: "createOpenBanking" }, "useCode")("INPUT_INVALID", what);
  }
  return { value: accessToken, expiresAt };
}
