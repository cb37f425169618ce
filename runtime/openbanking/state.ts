/**
 * What the calls of a client share: tokens, numbers, and how requests are written. It loads with the client, so that importing a
 * function stays small.
 * @module
 */
import { soundStore } from "../auth/sound-store.js";
import type { TokenSource } from "../auth/token.js";
import { memoryStore, type TokenStore } from "../auth/token-store.js";
import { bankTranIds } from "./bank-tran-id.js";
import type { ClientSettings } from "./credentials.js";
import { institutionTokens } from "./oauth.js";
import { type Serialize, type Shared, serializer } from "./request.js";
import { announce } from "./transfer/before-send.js";
import { userTokens } from "./user-tokens.js";

export interface ClientState extends Shared {
  readonly serialize: Serialize;
  readonly announce: typeof announce;
}

/** `store` and `tokens` are the caller's own. */
export function createClientState(
  settings: ClientSettings,
  { store, tokens }: { store: TokenStore | undefined; tokens: TokenSource | undefined },
): ClientState {
  const kept = store ? soundStore(store) : memoryStore();
  const shared: Shared = {
    // A count in memory would begin with the process anyway.
    tranIds: bankTranIds({ useCode: settings.useCode, store }),
    users: userTokens(settings, kept),
    institution: tokens ?? institutionTokens(settings, kept),
  };
  return { ...shared, serialize: serializer(settings, shared), announce };
}
