/**
 * What a client asks for besides the calls of its owner: by a session without middleware, because secrets stand in the bodies.
 * @module
 */

import { memoryTokens, type Token, type TokenSource } from "../auth/token.js";
import { perform } from "../call/engine.js";
import type { Session } from "../call/protocol.js";
import { AuthenticationError, DecodeError } from "../errors/answer.js";
import type { Json } from "../paths.js";
import { KIS_DEFAULTS } from "./defaults.js";
import type { KisOperation, Reply } from "./operation.js";

const askApproval: KisOperation = {
  id: "oauth.approval",
  method: "POST",
  path: "/oauth2/Approval",
  retry: "safe",
  auth: "none",
  defaults: { grant_type: "client_credentials" },
  from: { appkey: "appKey", secretkey: "appSecret" },
};

const revoke: KisOperation = {
  id: "oauth.revokeP",
  method: "POST",
  path: "/oauth2/revokeP",
  retry: "safe",
  auth: "none",
  from: { appkey: "appKey", appsecret: "appSecret" },
  sensitive: ["token"],
};

/** The approval key of a client: kept for a day, renewed when it was refused. Many who ask at once wait for the same one. */
export function approvalKeys(session: Session<KisOperation>): (renew: boolean) => Promise<string> {
  const source: TokenSource = memoryTokens(async () => {
    const { data, response } = await ask(session, askApproval, {});
    const { approval_key } = data as Json;
    if (typeof approval_key === "string" && approval_key !== "") {
      return { value: approval_key, expiresAt: Date.now() + KIS_DEFAULTS.credentialMs };
    }
    const context = { provider: "kis", operation: askApproval.id, response };
    throw new DecodeError("DECODE", "KIS's answer has no approval_key", context);
  });
  let last: Token | undefined;
  return async (renew) => {
    if (renew && last) source.invalidate(last);
    last = await source.get();
    return last.value;
  };
}

/** Gives a token back. One that KIS does not know any more needs no revoking. */
export async function revokeAt(session: Session<KisOperation>, token: Token): Promise<void> {
  try {
    await ask(session, revoke, { token: token.value });
  } catch (error) {
    if (!(error instanceof AuthenticationError) || error.advice !== "renew-token") throw error;
  }
}

async function ask(session: Session<KisOperation>, operation: KisOperation, input: Json): Promise<Reply<unknown>> {
  return (await perform(session, operation, input)) as Reply<unknown>;
}
