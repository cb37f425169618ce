import type { ProviderClientOptions, ProviderSandbox } from "../provider/controls.js";
import type { Json } from "../shared/json.js";
import type { SandboxWebSocketMaker } from "../web-sockets/types.js";

/** What a client of Toss Securities is made with to talk to the sandbox. */
export interface TossinvestClientOptions extends ProviderClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accountSeq: number;
  readonly realtime: { readonly webSocket: SandboxWebSocketMaker; readonly paceMs: 0 };
}

/** A connection as the server sees it. */
export interface TossinvestSession {
  /** `trade:kr:005930` */
  readonly topics: readonly string[];
}

/** Controls of the web socket. On a port: `POST /__sandbox/tossinvest/realtime-…`. */
export interface TossinvestRealtime {
  /** Open connections, oldest first. */
  readonly sessions: readonly TossinvestSession[];
  /** What clients said, PING included, oldest first. */
  readonly messages: readonly string[];
  /** The market moves so many times: every stock that somebody listens to is traded once each time. @returns how many messages left */
  tick(moves?: number): number;
  /** Sends `data` to everybody who listens to the topic. @returns how many sessions it went to */
  publish(topic: string, data: Json): number;
  /** Sends a text as it is to every session. */
  send(text: string): void;
  /** Breaks every connection, without a goodbye. @returns how many there were */
  drop(): number;
  /** From now on nobody can connect, or can again. */
  offline(on: boolean): void;
  /** From now on nothing is sent at all, while connections stay open, or everything is again. */
  silence(on: boolean): void;
}

/** Controls of Toss Securities. On a port: `POST /__sandbox/tossinvest/…`. */
export interface TossinvestSandbox extends ProviderSandbox {
  /** Makes a client talk to this sandbox, for its first account: `createTossinvest({ ...sandbox.tossinvest.options })`. */
  readonly options: TossinvestClientOptions;
  /** A `WebSocket` whose server is this sandbox. */
  readonly webSocket: SandboxWebSocketMaker;
  readonly realtime: TossinvestRealtime;
  /** A price is traded now, and stays: orders that wait for it are filled, conditional orders are placed. @throws Error for no stock */
  setPrice(symbol: string, price: number): void;
  /** Somebody takes the other side of an order. Default: of all that is left, at its price. @throws Error when there is none of it */
  fillOrder(orderId: string, fill?: { quantity?: number; price?: number }): void;
  /** The exchange does not want what is left of an order. @throws Error when nothing is */
  rejectOrder(orderId: string): void;
  /** The next order is being processed for so long: meanwhile its `clientOrderId` is request-in-progress. */
  processNext(milliseconds: number): void;
}
