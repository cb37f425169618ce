import type { SharedTokenSource } from "../auth/shared-tokens.js";
import { performerOf } from "../call/clients.js";
import type { ApiOperation, ProviderPerformer } from "../provider/operation.js";
import { createByClientId, type Kiwoom } from "./client.js";

/** au10002 */
const REVOKE: ApiOperation = {
  ...{ id: "oauth.revokeToken", method: "POST", path: "/oauth2/revoke", retry: "never", auth: "none" },
  ...{ constantHeaders: { "api-id": "au10002" }, from: { appkey: "appKey", secretkey: "secretKey" } },
  ...{ sensitive: ["appkey", "secretkey", "token"] },
};

/**
 * Revokes the token that is held for the client's key, everywhere it is shared: all who use the key need a new one then. Nothing is sent
 * when there is none. Middleware of the caller does not see it, because the secret stands in its body.
 */
export async function revokeToken(kiwoom: Kiwoom): Promise<void> {
  const { tokens, options } = performerOf<ProviderPerformer>(kiwoom, "kiwoom", "createKiwoom");
  const shared = tokens as Partial<SharedTokenSource> | undefined;
  const token = await shared?.held?.();
  if (!token) return;
  const internal = createByClientId(options as Parameters<typeof createByClientId>[0]);
  await performerOf<ProviderPerformer>(internal, "kiwoom", "createKiwoom").perform(REVOKE, { token: token.value });
  await shared?.remove?.(token);
}
