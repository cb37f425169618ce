/**
 * What a client works with. Loads when one is made, so that importing functions costs next to nothing.
 * @module
 */
import type { Middleware } from "openapi-fetch";
import { sha256 } from "../auth/client-credentials.js";
import { type SharedTokenSource, sharedTokens } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import { answerWithin } from "../call/answer-within.js";
import { perform } from "../call/engine.js";
import { createSession } from "../call/session.js";
import { platformFetch } from "../call/transport.js";
import { later } from "../later.js";
import { sharedStateOf } from "../limits/shared-state.js";
import { appKeyAuth } from "./auth.js";
import type { Credentials } from "./credentials.js";
import { KIS_DEFAULTS } from "./defaults.js";
import { limiterFor } from "./limits.js";
import { HOSTS, type KisOperation } from "./operation.js";
import type { KisOptions, KisPerformer } from "./options.js";
import { serialize } from "./request.js";
import { readReply } from "./response.js";
import { tokenIssuer } from "./token.js";
import { approvalKeys, revokeAt } from "./token-endpoints.js";

/** The part of a client that is made when it is first needed. */
export interface KisSession extends Pick<KisPerformer, "perform" | "approvalKey" | "revokeToken"> {
  use(...middleware: Middleware[]): void;
}

export function startSession(options: KisOptions, credentials: Credentials): KisSession {
  const { environment, appKey } = credentials;
  const state = sharedStateOf(options.fetch);
  const { limits, onEvent, store = state.store, baseUrl = HOSTS[environment] } = options;
  const transport = options.fetch ?? platformFetch;
  const limiter = limits === false ? undefined : limiterFor(state, { environment, appKey, baseUrl }, limits);
  const issue = tokenIssuer({ credentials, baseUrl, transport, limiter, onEvent });
  const key = async () => `kis ${environment} ${baseUrl} ${await sha256(appKey)}`;
  const tokens = options.tokens ?? sharedTokens(issue, { store, key });
  const heldToken = () => (isShared(tokens) ? tokens.held() : tokens.get());
  const parts = {
    provider: "kis",
    baseUrl,
    write: (body: unknown) => JSON.stringify(body),
    protocol: {
      serialize: ({ operation, input }: { operation: KisOperation; input: unknown }) =>
        Object.values(operation.from ?? {}).includes("token")
          ? heldToken().then((token) => serialize(operation, input, credentials, token?.value))
          : serialize(operation, input, credentials, undefined),
      deserialize: ({ operation, request }, received) => readReply(operation, request, received),
      failure: later(async () => (await import("./refusal.js")).failurePathFor(credentials)),
    },
    auth: appKeyAuth(credentials, tokens),
    limiter,
  } satisfies Parameters<typeof createSession<KisOperation, unknown>>[0];
  const { answerTimeoutMs = KIS_DEFAULTS.answerTimeoutMs } = options;
  const settings = { ...options, fetch: answerWithin(answerTimeoutMs, transport) };
  const session = createSession(parts, settings, KIS_DEFAULTS);
  // Its requests carry credentials: middleware of the caller does not see them.
  const internal = createSession(parts, settings, KIS_DEFAULTS);
  session.protocol.failure().catch(() => {});
  return {
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
    },
    perform: (...call) => perform<KisOperation, unknown>(session, ...call),
    approvalKey: approvalKeys(internal),
    async revokeToken() {
      const token = await heldToken();
      if (!token) return;
      await revokeAt(internal, token);
      if (isShared(tokens)) await tokens.remove(token);
      else tokens.invalidate(token);
    },
  };
}

function isShared(tokens: TokenSource): tokens is SharedTokenSource {
  return "held" in tokens;
}
