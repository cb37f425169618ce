import { perform } from "../call/index.js";
import { platformFetch } from "../platform-fetch.js";
import { type SharedTokenSource, sharedTokens } from "../shared-tokens.js";
import type { TokenSource } from "../token.js";
import type { Transport } from "../transport.js";
import { call } from "./call.js";
import { commonsOf, gateFor } from "./commons.js";
import { doorOf, type House } from "./door.js";
import { HOSTS } from "./environments.js";
import { approvalKeys, revokeAt } from "./errands.js";
import { baggageOf, type KisOptions } from "./options.js";
import type { Reply } from "./reply.js";
import { inputOf, toOperation } from "./request.js";
import { type Kis, keepSession } from "./session.js";
import { tokenIssuer } from "./token.js";

/**
 * Makes a KIS client. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` without keys; `INPUT_MISSING` without an environment; `INPUT_INVALID` for an account
 * or limits that cannot be; `MOCK_UNSUPPORTED` for corporate customers, who have no mock trading (EGW00210).
 * @example const kis = createKis({ environment: "mock", appKey, appSecret, account: "12345678-01" });
 */
export function createKis(options: KisOptions): Kis {
  const baggage = baggageOf(options);
  const { environment, appKey, htsId, corporate } = baggage;
  const commons = commonsOf(options.fetch);
  const { limits, onEvent, store = commons.store, realtime = {}, baseUrl = HOSTS[environment] } = options;
  const transport: Transport = options.fetch ?? platformFetch;
  const gate = limits === false ? undefined : gateFor(commons, { environment, appKey, baseUrl }, limits);
  const issue = tokenIssuer({ baggage, baseUrl, transport, gate, onEvent });
  const key = async () => `kis ${environment} ${baseUrl} ${await hash(appKey)}`;
  const tokens = options.tokens ?? sharedTokens(issue, { store, key });
  const heldToken = () => (isShared(tokens) ? tokens.held() : tokens.get());
  const house: House = { options, baggage, baseUrl, transport, tokens, heldToken, gate };
  const door = doorOf(house);
  const backDoor = doorOf(house);
  const kis: Kis = {
    environment,
    request: (trId, request, callOptions) => call(kis, toOperation(trId, request), inputOf(request), callOptions),
    use(...middleware) {
      door.http.use(...middleware);
      door.foreignMiddleware = true;
      return kis;
    },
  };
  keepSession(kis, {
    environment,
    appKey,
    htsId,
    corporate,
    onEvent,
    realtime,
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
  });
  return kis;
}

function isShared(tokens: TokenSource): tokens is SharedTokenSource {
  return "held" in tokens;
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
