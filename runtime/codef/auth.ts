/**
 * CODEF's OAuth: client credentials for a token of one week.
 * @module
 */

import type { Token } from "../auth/token.js";
import { withDeadline } from "../call/deadline.js";
import { type EventListener, emit } from "../call/events.js";
import { createHttp, send } from "../call/http.js";
import { platformFetch, type Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { type AnswerError, AuthenticationError, DecodeError, HttpError } from "../errors/answer.js";
import { OAUTH_URL } from "./operation.js";
import { readJson } from "./response.js";

/** What CODEF knows a client by. */
export interface Credentials {
  clientId?: string;
  clientSecret?: string;
}

/** The client that CODEF publishes in every official SDK for its sandbox. Public by intention. */
const SANDBOX_CLIENT = {
  clientId: "ef27cfaa-10c1-4470-adac-60ba476273f9",
  clientSecret: "83160c33-9045-4915-86d8-809473cdf5c3",
};

/** The credentials as they stand in the Authorization header of a token request. */
export function basic(client: Credentials): string {
  const { clientId, clientSecret } = client.clientId ? client : SANDBOX_CLIENT;
  return btoa(`${clientId}:${clientSecret}`);
}

/** Seconds a token lives when CODEF does not say: one week. */
const WEEK_SECONDS = 604_800;

/** What issuing tokens takes of a client's options. */
export interface IssueSettings extends Credentials {
  oauthUrl?: string;
  fetch?: Transport;
  onEvent?: EventListener;
}

/**
 * Asks for a token. By a client of its own, without any middleware: nobody is to see the secret, and a refused token request must
 * not ask for a token. It has its own time limit, because all calls that wait for a token share it.
 * @throws AuthenticationError `CLIENT_REFUSED` when id or secret are wrong; HttpError, DecodeError.
 */
export async function issueToken(settings: IssueSettings): Promise<Token> {
  const { oauthUrl = OAUTH_URL, fetch: transport = platformFetch, onEvent } = settings;
  const request = {
    method: "POST",
    path: "/oauth/token",
    body: "grant_type=client_credentials&scope=read",
    headers: {
      Authorization: `Basic ${basic(settings)}`,
      "Content-Type": "application/x-www-form-urlencoded",
      Accept: "application/json",
    },
  } as const;
  const { response, body } = await withDeadline({ timeoutMs: DEFAULTS.tokenTimeoutMs }, (signal) =>
    send({ http: createHttp(oauthUrl, String), transport }, request, signal),
  );
  const token = response.ok ? readJson(body) : undefined;
  if (typeof token?.access_token !== "string") throw refused(response);
  const expiresAt = Date.now() + (Number(token.expires_in) || WEEK_SECONDS) * 1000;
  emit(onEvent, () => ({ type: "token", provider: "codef", expiresAt }));
  return { value: token.access_token, expiresAt };
}

/** What an answer of the OAuth host without a token means. */
function refused(response: Response): AnswerError {
  const context = { provider: "codef", response };
  const { status } = response;
  if (response.ok) return new DecodeError("DECODE", "CODEF's token answer has no access_token", context);
  // Spring answers a wrong client with one of these; a redirect or a gateway in trouble says nothing about it.
  if (![400, 401, 403].includes(status)) {
    const advice = status === 429 || status >= 500 ? "retry" : "report";
    return new HttpError(`HTTP_${status}`, `CODEF's OAuth host answered ${status}`, { ...context, advice });
  }
  const mend = "check clientId and clientSecret: demo and production have different pairs (codef.io → 키관리)";
  const message = `CODEF refused the client (HTTP ${status}): ${mend}`;
  return new AuthenticationError("CLIENT_REFUSED", message, { ...context, advice: "fix-request" });
}
