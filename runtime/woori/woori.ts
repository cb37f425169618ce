import type { Middleware } from "openapi-fetch";
import type { Door, perform } from "../call/index.js";
import { faultAt } from "./fault.js";
import type { WooriOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";

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

/** What the calls of a client share. Kept apart from the client object, so that no log of the client shows a secret. */
export interface Session {
  /** How calls are carried out. Functions reach it through the client, so that importing one loads none of it. */
  readonly perform: typeof perform;
  /** The client's way to the bank for one call. */
  open(input: unknown, options: CallOptions): Door<WooriOperation>;
}

const sessions = /* @__PURE__ */ new WeakMap<object, Session>();

export function keepSession(woori: Woori, session: Session): void {
  sessions.set(woori, session);
}

/** @throws InvalidInputError when `woori` was not made by `createWoori`. */
export function sessionOf(woori: Woori): Session {
  const session = sessions.get(woori);
  if (session) return session;
  throw faultAt({ id: "woori" }, "client")("INPUT_INVALID", "must be what createWoori returned");
}
