import type { NetworkFault } from "../shared/faults.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { TrafficControls } from "../shared/traffic.js";
import type { WooriBalance, WooriTransfer } from "./bank.js";

/** How the next matching request is answered. Say at least one of status, code, body, drop and silent. */
export interface WooriFault extends NetworkFault {
  /** An ERRORCODE in an envelope, such as `SYSCD01999`. */
  code?: string;
  /** A partner's server stands in between, and puts `{ rtncd, rtnmsg, response }` around the refusal. */
  wrapped?: boolean;
}

/** What the bank's books say. */
export interface WooriLedger {
  readonly accounts: readonly WooriBalance[];
  /** Every transfer and remittance that has happened, oldest first. */
  readonly transfers: readonly WooriTransfer[];
}

/** Controls of Woori's mock. On a port: `POST /__sandbox/woori/…`. */
export interface WooriSandbox extends TrafficControls<WooriFault> {
  /** Makes a client talk to this sandbox: `createWoori({ ...sandbox.woori.options })`. */
  readonly options: {
    readonly appKey: string;
    readonly secretKey: string;
    /** The token that counts at this moment. */
    readonly token: string;
    readonly fetch: SandboxFetch;
    readonly baseUrl: string;
  };
  /** The token that counts now. */
  readonly token: string;
  ledger(): WooriLedger;
  /** From now on another token counts; the one so far is SYSCD03001. Returns the new one. */
  expireToken(): string;
  /** From now on further requests within a second are SYSCD03101; undefined lifts the limit. */
  limit(perSecond: number | undefined): void;
  /** Whether answers look like the examples of 2021: amounts as `"3014050.000"`, other numbers as text, dates as `2021-02-15`. */
  printed(on: boolean): void;
}
