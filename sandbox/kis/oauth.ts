/**
 * `/oauth2/…` and the hash of a body: what has neither a token nor a tr_id.
 * @module
 */
import { isRecord, type Json } from "../shared/json.js";
import type { Desk } from "./desk.js";
import { hashOf } from "./gate.js";
import type { Inbound } from "./inbound.js";
import { messageFor } from "./messages.js";
import { tokenRefused } from "./wire.js";

const HASH_PATH = "/uapi/hashkey";
export const TOKEN_PATH = "/oauth2/tokenP";

/** Paths that are answered here. */
export function isOauth(path: string): boolean {
  return path.startsWith("/oauth2/") || path === HASH_PATH;
}

export function answerOauth(desks: readonly Desk[], inbound: Inbound): Response {
  const { path, method, parameters: body } = inbound;
  if (method !== "POST" || !Object.hasOwn(HANDLERS, path) || !isRecord(body)) return flawed("EGW00101");
  return HANDLERS[path]?.(desks, { ...inbound, parameters: body }) ?? flawed("EGW00101");
}

type Handler = (desks: readonly Desk[], inbound: Inbound & { parameters: Json }) => Response;

const HANDLERS: Readonly<Record<string, Handler>> = {
  [TOKEN_PATH]: (desks, { parameters: body }) =>
    granted(desks, body, body.appsecret, ({ tokens }, appKey) => {
      const token = tokens.issue(appKey);
      return token ? Response.json(token) : flawed("EGW00133");
    }),

  // The web-socket key: the secret goes by another name here.
  "/oauth2/Approval": (desks, { parameters: body }) =>
    granted(desks, body, body.secretkey, ({ approvals }, appKey) =>
      Response.json({ approval_key: approvals.issue(appKey) }),
    ),

  "/oauth2/revokeP": (desks, { parameters: body }) =>
    keyed(desks, body.appkey, body.appsecret, ({ tokens }) =>
      typeof body.token === "string" && tokens.revoke(body.token)
        ? Response.json({ code: "200", message: "접근토큰 폐기에 성공하였습니다" })
        : flawed("EGW00121"),
    ),

  [HASH_PATH]: (desks, { parameters: body, headers }) =>
    keyed(desks, headers.get("appkey"), headers.get("appsecret"), () =>
      Response.json({ JsonBody: body, HASH: hashOf(body) }),
    ),
};

function granted(
  desks: readonly Desk[],
  body: Json,
  secret: unknown,
  answer: (desk: Desk, appKey: string) => Response,
): Response {
  if (!body.grant_type) return flawed("EGW00115");
  return body.grant_type === "client_credentials" ? keyed(desks, body.appkey, secret, answer) : flawed("EGW00116");
}

/** Answers when the keys are right; a wrong key and a wrong secret have codes of their own. */
function keyed(
  desks: readonly Desk[],
  appKey: unknown,
  secret: unknown,
  answer: (desk: Desk, appKey: string) => Response,
): Response {
  if (!appKey) return flawed("EGW00102");
  const desk = desks.find(({ apps }) => typeof appKey === "string" && apps.has(appKey));
  if (!desk || typeof appKey !== "string") return flawed("EGW00103");
  if (!secret) return flawed("EGW00104");
  return desk.apps.get(appKey) === secret ? answer(desk, appKey) : flawed("EGW00105");
}

function flawed(code: string): Response {
  return tokenRefused(code, messageFor(code));
}
