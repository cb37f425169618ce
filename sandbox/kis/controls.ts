import type { Currency } from "../exchange/market/exchanges.js";
import type { NetworkFault } from "../shared/faults.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { TrafficControls } from "../shared/traffic.js";
import type { SandboxWebSocketMaker } from "../web-sockets/types.js";
import type { Environment } from "./credentials.js";
import type { KisLimits } from "./limits.js";
import type { KisRealtime } from "./realtime/controls.js";
import type { KisHolding, KisMarket } from "./wallets.js";

/** How the next matching request is answered. Say at least one of status, code, body, drop and silent. */
export interface KisFault extends NetworkFault {
  /** HTTP status. Default that of the code: 500 for the gateway's (EGW…), 403 at `/oauth2/`, else 200. */
  status?: number;
  /** A result code in an envelope, such as `EGW00301`. */
  code?: string;
  /** What goes with the code. Default KIS's own words. */
  message?: string;
}

/** An order as it stands in a book. */
export interface KisOrder {
  environment: Environment;
  account: string;
  number: string;
  /** `new`, or a `modify` or `cancel` of `original`. */
  kind: "new" | "modify" | "cancel";
  original?: string;
  side: "buy" | "sell";
  code: string;
  /** Of an overseas stock: `NASD`. */
  exchange?: string;
  quantity: number;
  /** Absent: at any price. */
  price?: number;
  filled: number;
  /** Still to be done. */
  remaining: number;
  cancelled: number;
  /** When it arrived. */
  at: number;
}

export interface KisOrderSelection {
  environment?: Environment;
  /** `12345678-01` */
  account?: string;
  code?: string;
}

/** Which account a control is about. */
export interface KisAccountName {
  /** Default `real`. */
  environment?: Environment;
  /** Default `12345678-01`. */
  account?: string;
}

/** What `createKis` needs. */
export interface KisClientOptions<Which extends Environment> {
  readonly environment: Which;
  readonly appKey: string;
  readonly appSecret: string;
  readonly account: string;
  readonly htsId: string;
  readonly fetch: SandboxFetch;
  /** The sandbox is as fast as it can be asked. */
  readonly limits: false;
  readonly realtime: { readonly webSocket: SandboxWebSocketMaker; readonly paceMs: 0 };
}

/** Controls of the mock of KIS. On a port: `POST /__sandbox/kis/…`. */
export interface KisSandbox extends TrafficControls<KisFault> {
  /** Makes a client talk to this sandbox, as to the real server: `createKis({ ...sandbox.kis.options })`. */
  readonly options: KisClientOptions<"real">;
  /** The same as to the mock server, which has keys, tokens and books of its own, and fewer operations. */
  readonly mockOptions: KisClientOptions<"mock">;
  /** Talks to this sandbox, whatever the address. */
  readonly webSocket: SandboxWebSocketMaker;
  /** The controls of the web socket. */
  readonly realtime: KisRealtime;
  /** New tokens since the start, or since `reset`. */
  readonly tokensIssued: number;
  /** Every order that was taken, with its changes and cancellations, oldest first. */
  orders(selection?: KisOrderSelection): KisOrder[];
  /** The price now. @throws Error when there is no such thing */
  price(code: string, market?: KisMarket): number;
  /**
   * From now on that is the price, and orders that it suits are done. It stays until it is set again.
   * @throws Error when there is no such thing, or the price is none
   */
  setPrice(code: string, price: number, market?: KisMarket): void;
  /**
   * Somebody takes the other side of an order that waits: of all that is left of it, or a part.
   * @throws Error when there is no such order, or not so much left of it
   */
  fill(number: string, part?: { quantity?: number; price?: number; environment?: Environment }): void;
  /** The exchange refuses what is left of an order. @throws Error when there is no such order, or nothing left of it */
  reject(number: string, where?: { environment?: Environment }): void;
  /** Money from nowhere, or with a minus to nowhere. @throws Error when there is no such account */
  deposit(amount: number, currency?: Currency, whose?: KisAccountName): void;
  /** Puts something into an account that it never ordered. @throws Error when there is no such account or thing */
  hold(holding: KisHolding, whose?: KisAccountName): void;
  /** From now on only so many requests a second; `{}` lifts every limit, and nothing said is KIS's policy. */
  limit(environment: Environment, limits?: KisLimits): void;
  /** The day of every token is over: EGW00123, and a new one may be had at once. */
  expireTokens(): void;
  /** Every token is forgotten: EGW00121, and for six hours `tokenP` gives the same dead one again. */
  dropTokens(): void;
  /** Whether answers come in the forms that the documents leave open: an object as a list of one, and the other way round. */
  otherForms(on: boolean): void;
}
