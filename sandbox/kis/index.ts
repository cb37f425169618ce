/**
 * The mock of Korea Investment & Securities: two environments, real and mock, with tokens, one market and books of their own.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { Market } from "../exchange/market/market.js";
import { meaningsOf } from "../shared/meanings.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { type Identifiers, identifiers } from "../shared/random.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { plainAnswer, Traffic } from "../shared/traffic.js";
import { webSocketOf } from "../web-sockets/web-socket.js";
import { answer } from "./answer.js";
import type { KisFault, KisSandbox } from "./controls.js";
import { controlsOf } from "./controls-of.js";
import { CREDENTIALS, ENVIRONMENTS, type Environment, type KisCredentials } from "./credentials.js";
import { EnvironmentState } from "./environment-state.js";
import { type Inbound, readInbound } from "./inbound.js";
import { type KisLimits, POLICY } from "./limits.js";
import { messageFor } from "./messages.js";
import { answerOauth, isOauth } from "./oauth.js";
import type { KisRealtimeOptions } from "./realtime/controls.js";
import { feedsOf } from "./realtime/feeds.js";
import { Server } from "./realtime/server.js";
import { kisRoutes } from "./routes.js";
import { type KisWallet, WALLETS } from "./wallets.js";
import { refused, tokenRefused } from "./wire.js";

export interface KisSandboxOptions {
  /** App keys besides those that every sandbox knows. */
  clients?: readonly (KisCredentials & { environment: Environment })[];
  /** Accounts besides those that every sandbox has, or instead of one of them. Both environments have them all. */
  accounts?: readonly KisWallet[];
  /**
   * How many requests a second are answered. Default any number; `true` is KIS's policy of 2026-04-20 (real 18, mock 1).
   * `sandbox.kis.limit` changes it.
   */
  limits?: boolean | Partial<Record<Environment, KisLimits>>;
  /** Milliseconds that must lie between two answers of `tokenP` to an app key. Default 60,000. */
  tokenGapMs?: number;
  /** Rows of a page. Default 50 in accounts of the real server, 20 in all others, as at KIS where it is known. */
  pageSize?: number;
  /** How it starts, see `otherForms` of the controls. Default false. */
  otherForms?: boolean;
  /** Requests that are remembered, and messages of web sockets. Default 2,000 of each. */
  logLimit?: number;
  realtime?: KisRealtimeOptions;
}

export interface MockKis extends MockProvider {
  /** @param fetch what a client of this mock sends its requests with */
  controls(fetch: SandboxFetch): KisSandbox;
}

const TOKEN_GAP = 60_000;
const LOG_LIMIT = 2_000;

export function mockKis(
  provider: Provider | undefined,
  { seed, clock }: MockSettings,
  options: KisSandboxOptions = {},
): MockKis {
  const routes = kisRoutes(provider);
  const meaningOf = meaningsOf(provider?.resultCodes);
  const market = new Market(seed, clock);
  let ids: Identifiers = identifiers(seed);
  let otherForms = options.otherForms ?? false;
  const traffic = new Traffic<KisFault>({ clock, logLimit: options.logLimit, resolve: routes.resolve });
  const states = ENVIRONMENTS.map(
    (environment) =>
      new EnvironmentState({
        environment,
        apps: appsOf(environment, options.clients ?? []),
        wallets: walletsWith(options.accounts ?? []),
        market,
        clock,
        ids: () => ids,
        limits: limitsOf(environment, options.limits),
        tokenGapMs: options.tokenGapMs ?? TOKEN_GAP,
      }),
  );
  const server = new Server({
    feeds: feedsOf(provider),
    states,
    market,
    clock,
    seed,
    logLimit: options.logLimit ?? LOG_LIMIT,
    options: options.realtime ?? {},
  });

  const carryOut = (inbound: Inbound, hostname: string): Response => {
    if (isOauth(inbound.path)) return answerOauth(states, inbound);
    const { pageSize } = options;
    return answer(inbound, hostname, { routes, states, market, seed, ids, otherForms, pageSize });
  };

  const fail = (inbound: Inbound, fault: KisFault): Response => {
    const { status, code, message } = fault;
    if (code === undefined) return plainAnswer(fault);
    const words = message ?? (messageFor(code) || meaningOf(code));
    if (isOauth(inbound.path)) return tokenRefused(code, words, status);
    const head = { trId: inbound.headers.get("tr_id") ?? "", trCont: "", transactionId: ids.hex(32) };
    return refused({ code, message: words }, head, status);
  };

  const fetch = async (request: Request): Promise<Response> => {
    const inbound = await readInbound(request);
    const { method, path, headers, text, parameters: body } = inbound;
    const { hostname } = new URL(request.url);
    return traffic.answer(
      { received: { method, path, headers: Object.fromEntries(headers), text, body }, byNameOnly: isOauth(path) },
      () => carryOut(inbound, hostname),
      (fault) => fail(inbound, fault),
    );
  };

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      otherForms = options.otherForms ?? false;
      server.reset();
      market.reset();
      for (const state of states) state.reset(limitsOf(state.environment, options.limits));
      traffic.clear();
    },
    controls: (fetchHere) =>
      controlsOf({
        fetch: fetchHere,
        states,
        market,
        traffic,
        realtime: server,
        webSocket: webSocketOf(server),
        otherForms(on) {
          otherForms = on;
        },
      }),
  };
}

function appsOf(environment: Environment, clients: NonNullable<KisSandboxOptions["clients"]>): Map<string, string> {
  const own = clients.filter((client) => client.environment === environment);
  return new Map([CREDENTIALS[environment], ...own].map(({ appKey, appSecret }) => [appKey, appSecret]));
}

function walletsWith(accounts: readonly KisWallet[]): KisWallet[] {
  return [...new Map([...WALLETS, ...accounts].map((wallet) => [wallet.account, wallet])).values()];
}

function limitsOf(environment: Environment, limits: KisSandboxOptions["limits"] = false): KisLimits {
  if (typeof limits === "boolean") return limits ? POLICY[environment] : {};
  return limits[environment] ?? {};
}
