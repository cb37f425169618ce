/**
 * Clients, replies and options of providers that are described by data.
 * @module
 */
import type { Middleware } from "openapi-fetch";
import type { UserGrants } from "../auth/authorization-code.js";
import type { TokenSource } from "../auth/token.js";
import type { Performer } from "../call/clients.js";
import type { ApiOperation as AnyOperation } from "../call/operation.js";
import type { CallOptions, Outcome, Reply } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import type { PlaceToken } from "../paging/pages.js";
import type { HeaderPagingData } from "./data.js";

export type { CallOptions } from "../call/reply.js";

/** What the runtime has to know of an operation. */
export interface ApiOperation extends AnyOperation {
  /** Sent without credentials. */
  readonly auth?: "none";
}

/** A client of the provider of that name. Hand it to its functions. */
export interface Client<Name extends string = string> {
  readonly provider: Name;
  readonly environment: string;
  /**
   * Calls an operation that has no spec. The input of a GET goes into the query. Sent at most once unless `retry: "safe"` says that it
   * is a mere look-up.
   * @example const { data } = await acme.request<Refund>("POST", "/v1/refunds", { payment: "pay_1" });
   */
  request<Data = unknown>(
    method: ApiOperation["method"],
    path: string,
    input?: object,
    options?: RequestOptions,
  ): Promise<Reply<Data>>;
  /** Adds openapi-fetch middleware to every call. Neither token requests nor credentials show there. */
  use(...middleware: Middleware[]): Client<Name>;
  /**
   * This client for one user, where a user's consent opens calls (OAuth 2.0 authorization code): they are made with that user's token.
   * @throws InvalidInputError `INPUT_INVALID` where the provider knows no users
   */
  user(user: string): Client<Name>;
}

export interface RequestOptions extends CallOptions {
  /** Default `never`. */
  retry?: "safe" | "never";
}

/** What asking for page after page may change. Time and attempts count for each page. */
export interface PageOptions extends CallOptions {
  /** How many pages at most. The last one's `next` says where to go on. Default: all of them. */
  limit?: number;
  /** `next` of an earlier reply: begins with the page after it. The input must be the same. */
  resume?: PlaceToken;
}

/** A reply of a `…Pages` function says in `next` where to go on, unless it is the last. */
export interface PageReply<Data> extends Reply<Data> {
  next?: PlaceToken;
}

/** What a call knows besides its input. */
export interface CallContext {
  /** Whose call it is. */
  readonly user?: string | undefined;
  /** Headers that ask for a further page. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What functions of this folder reach through a client. */
export interface ProviderPerformer extends Performer {
  /** What users have granted, where the provider knows users. */
  readonly grants: UserGrants | undefined;
  /** What the client was made with. */
  readonly options: object;
  /** Where its token comes from, where it is the client's. */
  readonly tokens: TokenSource | undefined;
  /** What a program does about a code. */
  readonly advice: Readonly<Record<string, Advice>>;
  /** How the provider turns pages by headers. */
  readonly paging: HeaderPagingData | undefined;
  perform(
    operation: ApiOperation,
    input: unknown,
    options?: CallOptions,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
}
