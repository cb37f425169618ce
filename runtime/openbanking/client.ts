import type { Middleware } from "openapi-fetch";
import type { TokenSource } from "../auth/token.js";
import type { TokenStore } from "../auth/token-store.js";
import { keepPerformer, type Performer } from "../call/clients.js";
import { perform } from "../call/engine.js";
import type { EventListener } from "../call/events.js";
import type { Session } from "../call/protocol.js";
import { createSession } from "../call/session.js";
import type { Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { hide } from "../errors/kofin-error.js";
import { later } from "../later.js";
import { type ClientSettings, type Credentials, checkCredentials, checkUserSeqNo } from "./credentials.js";
import {
  type CallOptions,
  type Context,
  ENVIRONMENTS,
  type OpenBankingEnvironment,
  type OpenBankingOperation,
  type Reply,
} from "./operation.js";
import { readReply } from "./response.js";
import type { ClientState } from "./state.js";
import type { BareReference, BeforeSend, TransferReference } from "./transfer/before-send.js";

/** An Open Banking client, or the view of one for a user. Hand it to the functions of `kofin/openbanking/*`. */
export interface OpenBanking {
  readonly environment: OpenBankingEnvironment;
  /** 이용기관코드 */
  readonly useCode: string;
  /** The user of a view. Not enumerable: it is personal data. */
  readonly userSeqNo: string | undefined;
  /**
   * This client for one user: calls that a user's consent opens are made with that user's token. A plain value; make one whenever it
   * is needed.
   * @throws InvalidInputError `INPUT_INVALID` when it is no user_seq_no
   */
  user(userSeqNo: string): OpenBanking;
  /** A new 거래고유번호, for callers who want to know it before the call. */
  nextBankTranId(): Promise<string>;
  /**
   * Calls an API that has no spec, by POST unless told otherwise: you give the types and every field. With the user's token on a
   * view, with the institution's otherwise. Never repeated by itself.
   * @example const { data } = await openBanking.request<MyAnswer>("/v2.0/…", { bank_tran_id: await openBanking.nextBankTranId() });
   */
  request<Data = unknown>(path: string, input?: object, options?: RequestOptions): Promise<Reply<Data>>;
  /** Adds openapi-fetch middleware to every call of the client and all its views. Token requests stay out of its sight. */
  use(...middleware: Middleware[]): OpenBanking;
}

export interface RequestOptions extends CallOptions {
  /** Default `POST`. The input of a GET goes into the query. */
  method?: "GET" | "POST";
}

/** What functions of this folder reach through a client. */
export interface OpenBankingPerformer extends Performer {
  readonly settings: ClientSettings;
  /** The user of the view. */
  readonly userSeqNo: string | undefined;
  /** Tokens and numbers. */
  loadState(): Promise<ClientState>;
  perform(operation: OpenBankingOperation, input: unknown, options?: CallOptions): ReturnType<Performer["perform"]>;
}

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

/** They begin to load with the first client. */
const loadState = /* @__PURE__ */ later(() => import("./state.js"));
const loadRefusal = /* @__PURE__ */ later(() => import("./refusal.js"));

/** A call passes the center and one institution, which has to answer while the caller waits. */
const TIMEOUT_MS = 60_000;

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
  const { environment, onEvent, store, tokens, now = Date.now } = options;
  let state: ClientState | undefined;
  const load = later(async () => {
    state = (await loadState()).createClientState(settings, { store, tokens });
    return state;
  });
  const session = createSession<OpenBankingOperation, Context>(
    {
      provider: "openbanking",
      baseUrl: options.baseUrl ?? ENVIRONMENTS[environment],
      // Forms are texts already, everything else is JSON.
      write: (body) => (typeof body === "string" ? body : JSON.stringify(body)),
      protocol: {
        serialize: async (call) => (state ?? (await load())).serialize(call),
        deserialize: readReply,
        failure: later(async () => (await loadRefusal()).failurePathFor(settings)),
      },
      auth: {
        // They were chosen when the request was written.
        tokens: ({ tokens }) => tokens,
        sign({ headers }, { token }) {
          if (token) headers.set("Authorization", `Bearer ${token.value}`);
        },
      },
      beforeSend: async ({ operation, request, context: { beforeSend } }) => {
        if (!beforeSend || !request?.reference) return;
        const { announce } = await load();
        await announce(beforeSend, operation, request.reference as unknown as TransferReference | BareReference);
      },
    },
    options,
    { ...DEFAULTS, timeoutMs: TIMEOUT_MS },
  );
  const { baseUrl, transport } = session;
  const settings: ClientSettings = { ...options, baseUrl, transport, onEvent, now };
  session.protocol.failure().catch(() => {});
  load().catch(() => {});
  return makeView({ session, settings, loadState: load, beforeSend: options.beforeSend }, undefined);
}

/** What a client and its views have in common. */
interface Common extends Pick<OpenBankingPerformer, "settings" | "loadState"> {
  session: Session<OpenBankingOperation, Context>;
  beforeSend: BeforeSend | undefined;
}

function makeView(common: Common, userSeqNo: string | undefined): OpenBanking {
  const { session, settings, loadState } = common;
  const { environment, useCode } = settings;
  const performer: OpenBankingPerformer = {
    ...{ provider: "openbanking", settings, loadState, userSeqNo },
    perform: (operation, input, { beforeSend = common.beforeSend, ...options } = {}) =>
      perform(session, operation, input, options, { userSeqNo, beforeSend }),
  };
  const openBanking = {
    environment,
    useCode,
    user: (other: string) => makeView(common, checkUserSeqNo(other)),
    nextBankTranId: async () => (await loadState()).tranIds.next(),
    request: (path, input, { method = "POST", ...options } = {}) =>
      performer.perform({ id: path, method, path, retry: "never" }, input, options),
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return openBanking;
    },
  } as OpenBanking;
  hide(openBanking, { userSeqNo });
  keepPerformer(openBanking, performer);
  return openBanking;
}
