/**
 * The mock of Korea Investment & Securities: two environments, real and mock, with tokens, one market and books of their own.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { dropped } from "../shared/dropped.js";
import { Faults, type Selection } from "../shared/faults.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { type Identifiers, identifiers } from "../shared/random.js";
import { RequestLog } from "../shared/request-log.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { answer } from "./answer.js";
import type { KisFault, KisSandbox } from "./controls.js";
import { controlsOf } from "./controls-of.js";
import { CREDENTIALS, ENVIRONMENTS, type Environment, type KisCredentials } from "./credentials.js";
import { EnvironmentState } from "./environment-state.js";
import { type Inbound, readInbound } from "./inbound.js";
import { type KisLimits, POLICY } from "./limits.js";
import { Market } from "./market/market.js";
import { messageFor } from "./messages.js";
import { answerOauth, isOauth } from "./oauth.js";
import type { KisRealtimeOptions } from "./realtime/controls.js";
import { feedsOf } from "./realtime/feeds.js";
import { Server } from "./realtime/server.js";
import { webSocketOf } from "./realtime/web-socket.js";
import { routesOf } from "./routes.js";
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
  const routes = routesOf(provider);
  const messages = new Map(provider?.resultCodes.map(({ code, meaning }) => [code, meaning]));
  const market = new Market(seed, clock);
  let ids: Identifiers = identifiers(seed);
  let otherForms = options.otherForms ?? false;
  const log = new RequestLog(options.logLimit ?? LOG_LIMIT);
  const faults = new Faults<KisFault>();
  const delays = new Faults<number>();
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

  const fail = (inbound: Inbound, { status, code, body, message }: KisFault): Response => {
    if (code === undefined)
      return new Response(typeof body === "string" ? body : jsonOf(body), { status: status ?? 200 });
    const words = message ?? (messageFor(code) || messages.get(code) || "");
    if (isOauth(inbound.path)) return tokenRefused(code, words, status);
    const head = { trId: inbound.headers.get("tr_id") ?? "", trCont: "", transactionId: ids.hex(32) };
    return refused({ code, message: words }, head, status);
  };

  const fetch = async (request: Request): Promise<Response> => {
    const inbound = await readInbound(request);
    const { method, path, headers, text, parameters: body } = inbound;
    log.add({ method, path, headers: Object.fromEntries(headers), text, body, at: clock() });
    const byNameOnly = isOauth(path);
    const delay = delays.take(path, byNameOnly);
    const fault = faults.take(path, byNameOnly);
    const { hostname } = new URL(request.url);
    // A late or lost answer does not undo what was asked for.
    if (!fault) {
      const answered = carryOut(inbound, hostname);
      await pause(delay);
      return answered;
    }
    if (fault.carriedOut) carryOut(inbound, hostname);
    await pause(delay);
    if (fault.silent) return new Promise(() => {});
    if (fault.drop) return dropped();
    return fail(inbound, fault);
  };

  const selected = ({ times, path }: Selection): Selection => ({
    ...(times !== undefined && { times }),
    ...(path !== undefined && { path: routes.resolve(path) }),
  });

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      otherForms = options.otherForms ?? false;
      server.reset();
      market.reset();
      for (const state of states) state.reset(limitsOf(state.environment, options.limits));
      for (const part of [faults, delays, log]) part.clear();
    },
    controls: (fetchHere) =>
      controlsOf({
        fetch: fetchHere,
        states,
        market,
        log,
        realtime: server,
        webSocket: webSocketOf(server),
        otherForms(on) {
          otherForms = on;
        },
        failNext(fault) {
          const { status, code, body, silent, drop } = fault;
          if ([status, code, body, silent, drop].every((said) => said === undefined)) {
            throw new Error("failNext: say how to fail, with a status, a code, a body, silent or drop");
          }
          faults.add(fault, selected(fault));
        },
        delayNext: (milliseconds, selection = {}) => delays.add(milliseconds, selected(selection)),
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

async function pause(milliseconds = 0): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function jsonOf(body: unknown): string {
  return body === undefined ? "" : JSON.stringify(body);
}
