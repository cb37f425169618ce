import { perform } from "../call/index.js";
import { DEFAULTS } from "../defaults.js";
import type { EventListener } from "../call/events.js";
import { createHttp } from "../call/http.js";
import { platformFetch } from "../platform-fetch.js";
import type { TokenSource } from "../auth/token.js";
import type { Transport } from "../call/transport.js";
import { call } from "./call.js";
import type { Credentials } from "./credentials.js";
import { type Device, NO_DEVICE } from "./device.js";
import { doorOf, type Settings } from "./door.js";
import { faultAt } from "./fault.js";
import { withGetBody } from "./get-body.js";
import { keepSession, type Woori } from "./woori.js";

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
  const settings: Settings = {
    http: withGetBody(createHttp(baseUrl, (body) => JSON.stringify(body))),
    transport: options.fetch ?? platformFetch,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    retries: options.retries ?? DEFAULTS.retries,
    retryDelayMs: options.retryDelayMs ?? DEFAULTS.retryDelayMs,
    onEvent: options.onEvent,
    foreignMiddleware: false,
  };
  const woori: Woori = {
    baseUrl,
    request: (path, dataBody, callOptions) =>
      call(
        woori,
        { id: path, method: "POST", path, retry: "never", headers: headersOf(credentials) },
        dataBody,
        callOptions,
      ),
    use(...middleware) {
      settings.http.use(...middleware);
      settings.foreignMiddleware = true;
      return woori;
    },
  };
  keepSession(woori, {
    perform,
    open(input, { device, headers = {} }) {
      const { transport } = settings;
      const baggage = { credentials, transport, headers, device: { ...NO_DEVICE, ...options.device, ...device } };
      return doorOf(settings, baggage, input);
    },
  });
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
