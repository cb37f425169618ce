import type { Middleware } from "openapi-fetch";
import type { TokenSource } from "../auth/token.js";
import { keepPerformer } from "../call/clients.js";
import { perform } from "../call/engine.js";
import type { EventListener } from "../call/events.js";
import { createSession } from "../call/session.js";
import { platformFetch, type Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import { later } from "../later.js";
import { type Credentials, credentialsAuth } from "./auth.js";
import { type Device, NO_DEVICE } from "./device.js";
import { type CallContext, type CallOptions, faultAt, type Reply, type WooriOperation } from "./operation.js";
import { serialize } from "./request.js";
import { readReply } from "./response.js";

/** A client of Woori. Hand it to the functions of `kofin/woori/*`. */
export interface Woori {
  readonly baseUrl: string;
  /**
   * Calls a product that has no spec: you give the types, kofin does device block, headers, envelope and errors. Sent with the app
   * key, the secret key and `Authorization`, as far as the client has them; never repeated by itself.
   * @example const { data } = await woori.request<MyAnswer>("/oai/wb/v1/…", { INQ_ACNO: "…" });
   */
  request<Data = unknown>(path: string, dataBody?: object, options?: CallOptions): Promise<Reply<Data>>;
  /**
   * Adds openapi-fetch middleware to every call. It sees neither the credentials nor the body of a GET, which the platform's
   * `Request` cannot hold.
   */
  use(...middleware: Middleware[]): Woori;
}

export interface WooriOptions {
  /** 앱 키, as the developer portal shows it: 관리 → 앱 관리. */
  appKey: string;
  /** 앱 시크릿. Needed by the operations of 2019 alone. */
  secretKey?: string;
  /**
   * The user's access token, or a source of tokens that is asked for another one when the bank refuses (SYSCD03001). Required by
   * the operations of 2019 alone. Public documents do not say where Woori issues it.
   */
  token?: string | TokenSource;
  /** The device block that goes along with every call, as far as it is known. Default: eight empty texts. */
  device?: Partial<Device>;
  /**
   * How requests leave the process. Default the platform's `fetch`, which cannot send the operations of 2019: they have a body with
   * GET. `undiciTransport()` of `kofin/node` can.
   */
  fetch?: Transport;
  /** Milliseconds for a call, further attempts included. Default 60,000. */
  timeoutMs?: number;
  /** Further attempts of look-ups that were refused as too many (SYSCD03101) or that nobody answered. Default 2; 0 turns them off. */
  retries?: number;
  /** Milliseconds before the first further attempt, doubled for each one after it. Default 1,000. */
  retryDelayMs?: number;
  /** Told of every request, answer, retry and error, with secrets taken out. */
  onEvent?: EventListener;
  /**
   * Default {@link WOORI_HOST}, the one host that public material shows. Production hosts are part of a contract with the bank and
   * published nowhere: pass yours, or that of a local sandbox.
   */
  baseUrl?: string;
}

/** The open API host of Woori's developer portal. Documents only say `{host}:{port}`; this one was seen in use. */
export const WOORI_HOST = "https://openapi.wooribank.com:444";

/** No document says how long the bank takes; its own time-out (SYSCD01003) should come first. */
const TIMEOUT_MS = 60_000;

/**
 * Makes a client of Woori's open API. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` without an app key
 * @example const woori = createWoori({ appKey, device: { UTZPE_CNCT_IPAD: "203.0.113.7" } });
 */
export function createWoori(options: WooriOptions): Woori {
  const { appKey, secretKey, token, baseUrl = WOORI_HOST } = options;
  if (!appKey) throw faultAt({ id: "createWoori" }, "appKey")("CREDENTIALS_MISSING", "is missing");
  const credentials: Credentials = { appKey, secretKey, token };
  const { fetch: transport = platformFetch } = options;
  const session = createSession<WooriOperation, CallContext>(
    {
      provider: "woori",
      baseUrl,
      write: (body) => JSON.stringify(body),
      protocol: {
        serialize: ({ operation, input, context }) => serialize(operation, input, context, { credentials, transport }),
        deserialize: ({ operation }, received) => readReply(operation, received),
        failure: later(async () => (await import("./refusal.js")).failurePathFor(credentials)),
      },
      auth: credentialsAuth(credentials),
    },
    options,
    { ...DEFAULTS, timeoutMs: TIMEOUT_MS },
  );
  const performer = {
    provider: "woori",
    perform(operation: WooriOperation, input: unknown, callOptions: CallOptions = {}) {
      const { device, headers = {} } = callOptions;
      const context = { headers, device: { ...NO_DEVICE, ...options.device, ...device } };
      return perform(session, operation, input, callOptions, context);
    },
  };
  const woori: Woori = {
    baseUrl,
    async request<Data>(path: string, dataBody?: object, callOptions?: CallOptions) {
      const operation = { id: path, method: "POST", path, retry: "never", headers: headersOf(credentials) } as const;
      return (await performer.perform(operation, dataBody, callOptions)) as Reply<Data>;
    },
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return woori;
    },
  };
  keepPerformer(woori, performer);
  session.protocol.failure().catch(() => {});
  return woori;
}

/** The headers of a call without a spec: whatever the client has, under the names of the protocol rules. */
function headersOf({ secretKey, token }: Credentials): Record<string, string> {
  return {
    appKey: "appKey",
    ...(secretKey && { secretKey: "secretKey" }),
    ...(token && { Authorization: "token" }),
  };
}
