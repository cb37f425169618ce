import type { ProviderClientOptions, ProviderSandbox } from "../provider/controls.js";
import type { SandboxWebSocketMaker } from "../web-sockets/types.js";
import type { KiwoomRealtime } from "./realtime/server.js";

/** What a client of Kiwoom is made with to talk to the sandbox. */
export interface KiwoomClientOptions extends Pick<ProviderClientOptions, "baseUrl" | "fetch"> {
  readonly environment: "real";
  readonly appKey: string;
  readonly secretKey: string;
  readonly realtime: { readonly webSocket: SandboxWebSocketMaker; readonly paceMs: 0 };
}

/** Controls of Kiwoom. On a port: `POST /__sandbox/kiwoom/…`. */
export interface KiwoomSandbox extends Omit<ProviderSandbox, "options"> {
  /** Makes a client talk to this sandbox: `createKiwoom({ ...sandbox.kiwoom.options })`. */
  readonly options: KiwoomClientOptions;
  /** The same for 모의투자, which serves less. */
  readonly mockOptions: Omit<KiwoomClientOptions, "environment"> & { readonly environment: "mock" };
  /** A `WebSocket` whose server is this sandbox. */
  readonly webSocket: SandboxWebSocketMaker;
  readonly realtime: KiwoomRealtime;
  /** A price is traded now, and stays: orders that wait for it are filled. `exchange` for the US: `ND`. @throws Error for no stock */
  setPrice(code: string, price: number, exchange?: string): void;
  /** Somebody takes the other side of an order. Default: of all that is left, at its price. @throws Error when there is none of it */
  fillOrder(orderNumber: string, fill?: { quantity?: number; price?: number }): void;
  /** The exchange does not want what is left of an order. @throws Error when nothing is */
  rejectOrder(orderNumber: string): void;
}
