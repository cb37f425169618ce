import type { Middleware } from "openapi-fetch";
import type { EventListener } from "../call/events.js";
import type { Corporate } from "./customer.js";
import type { KisEnvironment } from "./environments.js";
import { faultAt } from "./fault.js";
import type { KisOperation } from "./operation.js";
import type { RealtimeOptions } from "./realtime/settings.js";
import type { CallOptions, Reply } from "./reply.js";
import type { KisRequest } from "./request.js";

/** A KIS client. Hand it to the functions of `kofin/kis/*`. */
export interface Kis {
  readonly environment: KisEnvironment;
  /**
   * Calls an operation that has no spec: you give tr_id, names and types, kofin does headers, token, limits and errors. Numbers leave
   * as plain digits. Sent at most once unless `retry: "safe"` says that it is a mere look-up.
   * @throws OutcomeUnknownError like an order where `retry` does not say so
   * @example await kis.request<MyAnswer>("FHKST01010100", { path: "/uapi/…", query: { FID_INPUT_ISCD: "005930" }, retry: "safe" });
   */
  request<Data = unknown>(trId: string, request: KisRequest, options?: CallOptions): Promise<Reply<Data>>;
  /**
   * Adds openapi-fetch middleware to every call. Token requests stay out of its sight; of other requests it sees the credentials
   * only with the answer.
   */
  use(...middleware: Middleware[]): Kis;
}

/** What the calls of a client share. Kept apart from the client object, so that no log of the client shows a secret. */
export interface Session {
  readonly environment: KisEnvironment;
  readonly appKey: string;
  readonly htsId: string | undefined;
  readonly corporate: Corporate | undefined;
  readonly onEvent: EventListener | undefined;
  readonly realtime: RealtimeOptions;
  /** Carries out a call. Functions reach it through the client, so that importing one loads none of it. */
  perform(operation: KisOperation, input: unknown, options?: CallOptions): Promise<Reply<unknown>>;
  /** The key that opens a realtime session. `renew`: the one at hand was refused. */
  approvalKey(renew: boolean): Promise<string>;
  revokeToken(): Promise<void>;
}

const sessions = /* @__PURE__ */ new WeakMap<object, Session>();

export function keepSession(kis: Kis, session: Session): void {
  sessions.set(kis, session);
}

/** @throws InvalidInputError when `kis` was not made by `createKis`. */
export function sessionOf(kis: Kis): Session {
  const session = sessions.get(kis);
  if (session) return session;
  throw faultAt({ id: "kis" }, "client")("INPUT_INVALID", "must be what createKis returned");
}
