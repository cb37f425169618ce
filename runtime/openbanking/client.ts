import { sharedTokens } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import { memoryStore, type TokenStore } from "../auth/token-store.js";
import type { EventListener } from "../call/events.js";
import { createHttp } from "../call/http.js";
import type { Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { hide } from "../errors/kofin-error.js";
import { isRecord, join } from "../paths.js";
import { platformFetch } from "../platform-fetch.js";
import { bankTranIds } from "./bank-tran-id.js";
import type { BeforeSend } from "./before-send.js";
import { call } from "./call.js";
import { type Credentials, checkCredentials, checkUserSeqNo } from "./credentials.js";
import { OPEN_BANKING_DEFAULTS } from "./defaults.js";
import { ENVIRONMENTS } from "./environments.js";
import { carryOut } from "./exchange.js";
import { faultAt } from "./fault.js";
import { type OAuthClient, requestToken } from "./oauth.js";
import { keepCaller, type OpenBanking, type Session } from "./session.js";
import { userTokens } from "./user-tokens.js";
import { usersIn } from "./users.js";
import { serialize } from "./wire.js";

export interface OpenBankingOptions extends Credentials {
  /**
   * Where tokens of users and of the institution are kept, and the count of bank_tran_ids. Default: in memory, for this client alone
   * and until the process ends. `fileStore` of `kofin/node` keeps them.
   */
  store?: TokenStore;
  /** Where the institution's own token comes from. Default: issued when needed and kept in the store. */
  tokens?: TokenSource;
  /** How requests leave the process. Default the platform's `fetch`; `kofin/node` has a faster one for servers. */
  fetch?: Transport;
  /** Milliseconds for a call, further attempts included. Default 60,000. */
  timeoutMs?: number;
  /** Further attempts of operations that may be repeated. Default 2; 0 turns them off. */
  retries?: number;
  /** Milliseconds before the first further attempt, doubled for each one after it. Default 1,000. */
  retryDelayMs?: number;
  /** Told of every request, answer, retry and error, with secrets taken out. */
  onEvent?: EventListener;
  /** Told before money is moved, and waited for: write down there what `settleTransfer` needs. */
  beforeSend?: BeforeSend;
  /** Another host, such as a local sandbox or a proxy. */
  baseUrl?: string;
  /** The clock. Default `Date.now`. */
  now?: () => number;
}

/**
 * Makes an Open Banking client. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` when the id, the secret or the 이용기관코드 is missing; `INPUT_MISSING` and
 * `INPUT_INVALID` when something else is, or does not have the form that it has at the center.
 * @example
 * const openBanking = createOpenBanking({ environment: "test", clientId, clientSecret, useCode, institutionScope: "oob" });
 * const { data } = await accountBalanceFinNum(openBanking.user(userSeqNo), { fintech_use_num });
 */
export function createOpenBanking(options: OpenBankingOptions): OpenBanking {
  checkCredentials(options);
  const { environment, clientId, clientSecret, useCode, institutionScope, redirectUri } = options;
  const { baseUrl = ENVIRONMENTS[environment], now = Date.now, onEvent, store = memoryStore() } = options;
  const transport: Transport = options.fetch ?? platformFetch;
  const oauth: OAuthClient = { baseUrl, clientId, clientSecret, transport, onEvent, now };
  const prefix = `openbanking:${environment}:${clientId}`;
  const earlyMs = DEFAULTS.tokenEarlyMs;
  const users = usersIn(store, prefix);
  const institutionTokens = { store, key: `${prefix}:${institutionScope}`, earlyMs, now };
  const refresh = (grant: { refreshToken: string; scope: string }) =>
    requestToken(oauth, { grant_type: "refresh_token", refresh_token: grant.refreshToken, scope: grant.scope });

  const session: Session = {
    ...oauth,
    ...{ environment, useCode, institutionScope, redirectUri, carryOut, users },
    http: createHttp(baseUrl, serialize),
    institution:
      options.tokens ?? sharedTokens(() => institutionToken(oauth, institutionScope, useCode), institutionTokens),
    userTokens: userTokens({ users, refresh, earlyMs, now }),
    // A count in memory would begin with the process anyway.
    tranIds: bankTranIds({ useCode, store: options.store }),
    beforeSend: options.beforeSend,
    timeoutMs: options.timeoutMs ?? OPEN_BANKING_DEFAULTS.timeoutMs,
    retries: options.retries ?? DEFAULTS.retries,
    retryDelayMs: options.retryDelayMs ?? DEFAULTS.retryDelayMs,
    viewFor: (userSeqNo) => makeView(session, checkUserSeqNo(userSeqNo)),
    foreignMiddleware: false,
  };
  return makeView(session, undefined);
}

function makeView(session: Session, userSeqNo: string | undefined): OpenBanking {
  const { environment, useCode } = session;
  const openBanking = {
    environment,
    useCode,
    user: session.viewFor,
    nextBankTranId: () => session.tranIds.next(),
    // Without a spec nobody knows what is secret, so all of it is.
    request: (path, input, { method = "POST", ...options } = {}) =>
      call(openBanking, { id: path, method, path, retry: "never", sensitive: leavesOf(input) }, input, options),
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return openBanking;
    },
  } as OpenBanking;
  hide(openBanking, { userSeqNo });
  keepCaller(openBanking, { session, userSeqNo });
  return openBanking;
}

/** The path of everything that stands in `value`. */
function leavesOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => leavesOf(item, `${path}[]`)))];
  if (isRecord(value)) return Object.entries(value).flatMap(([name, below]) => leavesOf(below, join(path, name)));
  return [path];
}

/** @throws InvalidInputError when the center knows the client under another 이용기관코드: it would refuse every bank_tran_id. */
async function institutionToken(client: OAuthClient, scope: string, useCode: string) {
  const issued = await requestToken(client, { grant_type: "client_credentials", scope });
  const { accessToken, expiresAt, clientUseCode = useCode } = issued;
  if (clientUseCode !== useCode) {
    const what = `is not this client's: the center knows it as ${clientUseCode}`;
    throw faultAt({ id: "createOpenBanking" }, "useCode")("INPUT_INVALID", what);
  }
  return { value: accessToken, expiresAt };
}
