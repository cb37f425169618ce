/**
 * Access tokens: `POST /oauth2/tokenP`.
 * @module
 */

import type { Issue } from "../auth/shared-tokens.js";
import type { Token } from "../auth/token.js";
import { withDeadline } from "../call/deadline.js";
import { type EventListener, emit } from "../call/events.js";
import { createHttp, type Received, send } from "../call/http.js";
import { scrub } from "../call/redact.js";
import { readJson } from "../call/reply.js";
import { sleep } from "../call/sleep.js";
import type { Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { AnswerError, AuthenticationError, DecodeError } from "../errors/answer.js";
import type { Json } from "../paths.js";
import { fromKoreanTime } from "../seoul-time.js";
import { type Credentials, secretsOf } from "./credentials.js";
import { KIS_DEFAULTS } from "./defaults.js";
import type { KisLimiter } from "./limits.js";
import { failure, readRefusal } from "./refusal.js";

/** What issuing tokens takes. */
export interface IssueSettings {
  credentials: Credentials;
  baseUrl: string;
  transport: Transport;
  limiter: KisLimiter | undefined;
  onEvent: EventListener | undefined;
}

/** One token a minute for an app key, and one request a second. */
const TOO_SOON = "EGW00133";
const TOO_MANY = "EGW00201";

const ONE_A_MINUTE =
  "one token a minute for an app key; processes that share a store for tokens need not wait for their own";

/**
 * Makes what issues tokens. Asked too soon after another one (EGW00133), it waits instead of failing, at most `tokenWaits` times;
 * before it asks again it looks whether the other one has found its way into the store. Wrong keys are remembered for
 * `refusedKeysMs`: a loop of calls must not hammer the gateway with them.
 * @throws AuthenticationError with KIS's own code when the keys are wrong; ProviderError EGW00133 when waiting was no use; HttpError,
 * DecodeError
 */
export function tokenIssuer(settings: IssueSettings): Issue {
  let refused: { error: AuthenticationError; until: number } | undefined;

  const ask = async (): Promise<Token> => {
    await settings.limiter?.tokenTurn();
    try {
      const token = await requestToken(settings);
      settings.limiter?.tokenAnswered();
      return token;
    } catch (error) {
      if (codeOf(error) === TOO_SOON) settings.limiter?.tokenAnswered();
      if (error instanceof AuthenticationError) refused = { error, until: Date.now() + KIS_DEFAULTS.refusedKeysMs };
      throw error;
    }
  };

  return async (stored) => {
    if (refused && Date.now() < refused.until) throw refused.error;
    for (let waits = 0; ; waits++) {
      try {
        return await ask();
      } catch (error) {
        const wait = waitAfter(error, settings.limiter);
        if (wait === undefined || waits >= KIS_DEFAULTS.tokenWaits) throw error;
        const why = codeOf(error) === TOO_SOON ? ONE_A_MINUTE : "too many requests a second";
        const reason = `${codeOf(error)}: ${why}`;
        emit(settings.onEvent, () => ({ type: "token-wait", provider: "kis", reason, delayMs: wait }));
        await sleep(wait, new AbortController().signal);
      }
      const other = await stored();
      if (other) return other;
    }
  };
}

/**
 * Asks for a token once. By a client of its own, without any middleware: nobody is to see the secret, and a refused token request
 * must not ask for a token. It has its own time limit, because all calls that wait for a token share it.
 */
async function requestToken({ credentials, baseUrl, transport, onEvent }: IssueSettings): Promise<Token> {
  const { appKey, appSecret } = credentials;
  const request = {
    method: "POST",
    path: "/oauth2/tokenP",
    body: { grant_type: "client_credentials", appkey: appKey, appsecret: appSecret },
    headers: { "content-type": "application/json; charset=utf-8" },
  } as const;
  const received = await withDeadline(
    { timeoutMs: DEFAULTS.tokenTimeoutMs, controller: transport.controller },
    (signal) => send({ http: createHttp(baseUrl, (body) => JSON.stringify(body)), transport }, request, signal),
  );
  const token = readToken(received, (text) => scrub(text, secretsOf(credentials)));
  emit(onEvent, () => ({ type: "token", provider: "kis", expiresAt: token.expiresAt }));
  return token;
}

function readToken({ response, body }: Received, clean: (text: string) => string): Token {
  const operation = { id: "oauth.tokenP", retry: "safe" } as const;
  const raw = readJson(body);
  const refusal = raw && readRefusal(raw, clean);
  if (!raw || refusal || !response.ok) throw failure(operation, response, refusal);
  if (typeof raw.access_token === "string" && raw.access_token !== "") {
    return { value: raw.access_token, expiresAt: expiryOf(raw, Date.now()) };
  }
  const context = { provider: "kis", operation: operation.id, response };
  throw new DecodeError("DECODE", "KIS's token answer has no access_token", context);
}

/**
 * When a token ends. The Korean time in the answer comes first: `expires_in` says nothing of a token that is handed out again, and
 * was seen to be off by thousands of seconds.
 */
export function expiryOf({ access_token_token_expired, expires_in }: Json, now: number): number {
  const told = fromKoreanTime(access_token_token_expired);
  if (!Number.isNaN(told)) return told;
  return now + (Number(expires_in) * 1000 || KIS_DEFAULTS.credentialMs);
}

/** Milliseconds to wait before asking again, where that helps. */
function waitAfter(error: unknown, limiter: KisLimiter | undefined): number | undefined {
  const code = codeOf(error);
  if (code === TOO_SOON) return limiter?.tokenGapMs ?? KIS_DEFAULTS.tokenWaitMs;
  return code === TOO_MANY ? KIS_DEFAULTS.tokenRateWaitMs : undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof AnswerError ? error.code : undefined;
}
