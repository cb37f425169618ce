import type { Selection } from "../shared/faults.js";
import type { ReceivedRequest } from "../shared/request-log.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { WooriBalance, WooriTransfer } from "./bank.js";

/** How the next matching request is answered. Say at least one of status, code, body, drop and silent. */
export interface WooriFault extends Selection {
  /** HTTP status; default that of the code, or 200. */
  status?: number;
  /** An ERRORCODE in an envelope, such as `SYSCD01999`. */
  code?: string;
  /** The body: text as it is, anything else as JSON. */
  body?: unknown;
  /** The connection breaks before there is an answer. */
  drop?: boolean;
  /** Nothing is answered at all: whoever asks waits until its own time is up. */
  silent?: boolean;
  /** Whether the request is carried out all the same: only its answer is another. Default false. */
  carriedOut?: boolean;
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
export interface WooriSandbox {
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
  /** Requests as they arrived, newest last. */
  readonly requests: readonly ReceivedRequest[];
  ledger(): WooriLedger;
  /** From now on another token counts; the one so far is SYSCD03001. Returns the new one. */
  expireToken(): string;
  /** From now on further requests within a second are SYSCD03101; undefined lifts the limit. */
  limit(perSecond: number | undefined): void;
  /** Whether answers look like the examples of 2021: amounts as `"3014050.000"`, other numbers as text, dates as `2021-02-15`. */
  printed(on: boolean): void;
  /** @throws Error when the fault says nothing, or its path is unknown */
  failNext(fault: WooriFault): void;
  /** Answers the next matching requests only after a while. @throws Error when the path is unknown */
  delayNext(milliseconds: number, selection?: Selection): void;
}
