/**
 * `/oauth2/…` and the hash of a body: what has neither a token nor a tr_id.
 * @module
 */
import { isRecord, type Json } from "../shared/json.js";
import { hashOf } from "./access.js";
import type { EnvironmentState } from "./environment-state.js";
import type { Inbound } from "./inbound.js";
import { messageFor } from "./messages.js";
import { tokenRefused } from "./wire.js";

const HASH_PATH = "/uapi/hashkey";
export const TOKEN_PATH = "/oauth2/tokenP";

/** Paths that are answered here. */
export function isOauth(path: string): boolean {
  return path.startsWith("/oauth2/") || path === HASH_PATH;
}

export function answerOauth(states: readonly EnvironmentState[], inbound: Inbound): Response {
  const { path, method, parameters: body } = inbound;
  if (method !== "POST" || !Object.hasOwn(HANDLERS, path) || !isRecord(body)) return flawed("EGW00101");
  return HANDLERS[path]?.(states, { ...inbound, parameters: body }) ?? flawed("EGW00101");
}

type Handler = (states: readonly EnvironmentState[], inbound: Inbound & { parameters: Json }) => Response;

const HANDLERS: Readonly<Record<string, Handler>> = {
  [TOKEN_PATH]: (states, { parameters: body }) =>
    granted(states, body, body.appsecret, ({ tokens }, appKey) => {
      const token = tokens.issue(appKey);
      return token ? Response.json(token) : flawed("EGW00133");
    }),

  // The web-socket key: the secret goes by another name here.
  "/oauth2/Approval": (states, { parameters: body }) =>
    granted(states, body, body.secretkey, ({ approvals }, appKey) =>
      Response.json({ approval_key: approvals.issue(appKey) }),
    ),

  "/oauth2/revokeP": (states, { parameters: body }) =>
    keyed(states, body.appkey, body.appsecret, ({ tokens }) =>
      typeof body.token === "string" && tokens.revoke(body.token)
        ? Response.json({ code: "200", message: "접근토큰 폐기에 성공하였습니다" })
        : flawed("EGW00121"),
    ),

  [HASH_PATH]: (states, { parameters: body, headers }) =>
    keyed(states, headers.get("appkey"), headers.get("appsecret"), () =>
      Response.json({ JsonBody: body, HASH: hashOf(body) }),
    ),
};

function granted(
  states: readonly EnvironmentState[],
  body: Json,
  secret: unknown,
  answer: (state: EnvironmentState, appKey: string) => Response,
): Response {
  if (!body.grant_type) return flawed("EGW00115");
  return body.grant_type === "client_credentials" ? keyed(states, body.appkey, secret, answer) : flawed("EGW00116");
}

/** Answers when the keys are right; a wrong key and a wrong secret have codes of their own. */
function keyed(
  states: readonly EnvironmentState[],
  appKey: unknown,
  secret: unknown,
  answer: (state: EnvironmentState, appKey: string) => Response,
): Response {
  if (!appKey) return flawed("EGW00102");
  const state = states.find(({ apps }) => typeof appKey === "string" && apps.has(appKey));
  if (!state || typeof appKey !== "string") return flawed("EGW00103");
  if (!secret) return flawed("EGW00104");
  return state.apps.get(appKey) === secret ? answer(state, appKey) : flawed("EGW00105");
}

function flawed(code: string): Response {
  return tokenRefused(code, messageFor(code));
}
