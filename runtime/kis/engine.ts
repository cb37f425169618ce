/**
 * What a client works with. Loads when one is made, so that importing functions costs next to nothing.
 * @module
 */
import type { Middleware } from "openapi-fetch";
import { perform } from "../call/index.js";
import { platformFetch } from "../platform-fetch.js";
import { type SharedTokenSource, sharedTokens } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import { commonsOf, gateFor } from "./commons.js";
import { doorOf, type House } from "./door.js";
import { HOSTS } from "./environments.js";
import { approvalKeys, revokeAt } from "./errands.js";
import type { KisOptions } from "./options.js";
import type { Reply } from "./reply.js";
import type { Session } from "./session.js";
import { tokenIssuer } from "./token.js";
import type { Baggage } from "./wire.js";

export interface Engine extends Pick<Session, "perform" | "approvalKey" | "revokeToken"> {
  use(...middleware: Middleware[]): void;
}

export function startEngine(options: KisOptions, baggage: Baggage): Engine {
  const { environment, appKey } = baggage;
  const commons = commonsOf(options.fetch);
  const { limits, onEvent, store = commons.store, baseUrl = HOSTS[environment] } = options;
  const transport = options.fetch ?? platformFetch;
  const gate = limits === false ? undefined : gateFor(commons, { environment, appKey, baseUrl }, limits);
  const issue = tokenIssuer({ baggage, baseUrl, transport, gate, onEvent });
  const key = async () => `kis ${environment} ${baseUrl} ${await hash(appKey)}`;
  const tokens = options.tokens ?? sharedTokens(issue, { store, key });
  const heldToken = () => (isShared(tokens) ? tokens.held() : tokens.get());
  const house: House = { options, baggage, baseUrl, transport, tokens, heldToken, gate };
  const door = doorOf(house);
  // Errands carry credentials: middleware of the caller does not see them.
  const backDoor = doorOf(house);
  return {
    use(...middleware) {
      door.http.use(...middleware);
      door.foreignMiddleware = true;
    },
    perform: async (operation, input, callOptions) =>
      (await perform(door, operation, input, callOptions)) as Reply<unknown>,
    approvalKey: approvalKeys(backDoor),
    async revokeToken() {
      const token = await heldToken();
      if (!token) return;
      await revokeAt(backDoor, token);
      if (isShared(tokens)) await tokens.remove(token);
      else tokens.invalidate(token);
    },
  };
}

function isShared(tokens: TokenSource): tokens is SharedTokenSource {
  return "held" in tokens;
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
