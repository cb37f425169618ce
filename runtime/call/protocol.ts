/**
 * What the engine asks of a provider: how a call becomes a request, what an answer means, and how a request is signed.
 * @module
 */

import type { Token, TokenSource } from "../auth/token.js";
import type { AnswerError } from "../errors/answer.js";
import type { KofinError } from "../errors/kofin-error.js";
import type { Json } from "../paths.js";
import type { EventListener } from "./events.js";
import type { HttpClient, Received, Sent } from "./http.js";
import type { Observer } from "./observe.js";
import type { ApiOperation } from "./operation.js";
import type { CallOptions, Outcome } from "./reply.js";
import type { LightRequest, Transport } from "./transport.js";

/** One call and how far it has come. `Context` is what a provider knows of it besides: whose it is, what it answers. */
export interface Call<Op extends ApiOperation = ApiOperation, Context = unknown> {
  readonly session: Session<Op, Context>;
  readonly operation: Op;
  readonly input: unknown;
  readonly options: CallOptions;
  readonly context: Context;
  /** Ends with the call. */
  signal: AbortSignal;
  /** What was written for the attempt that is under way. */
  request?: WireRequest;
  /** What it was answered. */
  received?: Received;
  /** The token of that attempt, and where it came from. */
  token?: Token | undefined;
  tokens?: TokenSource | undefined;
  /** Every handing over to the transport that may have had an effect. */
  sent: Sent[];
  /** Those whose token was refused, which therefore did nothing. Present when it was renewed, once. */
  refused?: Sent[];
  /** Tells the client's listener. Absent when nobody listens. */
  observer?: Observer;
  /** The key under which the provider carries out a request once, however often it arrives. Kept for all attempts. */
  idempotencyKey?: string;
  /** Milliseconds since 1970: when that key was made. */
  keyedAt?: number;
  /** A further attempt under the key is under way: throws what the one before failed with when the provider may have forgotten the key. */
  mayStillLeave?: () => void;
}

/** What the calls of a client share. Kept apart from the client object, so that no log of the client shows a secret. */
export interface Session<Op extends ApiOperation = ApiOperation, Context = unknown> {
  readonly provider: string;
  /** Credentials are put on requests to this host and no other. */
  readonly baseUrl: string;
  readonly http: HttpClient;
  readonly transport: Transport;
  readonly protocol: Protocol<Op, Context>;
  readonly auth?: Auth<Op, Context> | undefined;
  readonly limiter?: Limiter<Op> | undefined;
  /** Told and waited for when a request is about to leave. What it throws ends the call, and nothing is sent. */
  readonly beforeSend?: ((call: Call<Op, Context>) => unknown) | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly onEvent: EventListener | undefined;
  /** The base URL is the caller's, and not the provider's own. */
  readonly isElsewhere?: boolean;
  /** The caller added middleware of their own. */
  foreignMiddleware?: boolean;
}

/** How a provider is spoken to. */
export interface Protocol<Op extends ApiOperation = ApiOperation, Context = unknown> {
  /**
   * From what the caller passes to what is sent. Everything wrong with the input is found here, before anything leaves the process.
   * Asked anew for each attempt, so that what must be unique is.
   */
  serialize(call: Call<Op, Context>): WireRequest | Promise<WireRequest>;
  /** The reply in an answer that is a plain success; undefined for anything that has to be looked at closer. */
  deserialize(call: Call<Op, Context>, received: Received): Outcome | undefined;
  /** What becomes of all other calls. Loaded apart: a call that succeeds needs none of it. */
  failure(): Promise<FailurePath<Op, Context>>;
}

/** What becomes of calls that do not succeed at once: `failure.ts` makes it of an `Explainer`. */
export interface FailurePath<Op extends ApiOperation = ApiOperation, Context = unknown> {
  /** Has the client's listener told of the call from now on. */
  listen(call: Call<Op, Context>, onEvent: EventListener): void;
  /** What an answer means. One whose token was refused is asked for once more, with another token. */
  explain(call: Call<Op, Context>, received: Received, attempt: Attempt<Op, Context>): Promise<Outcome>;
  /** Further attempts after a first one that failed, as many as the operation and the failure allow. */
  again(call: Call<Op, Context>, failed: unknown, attempt: Attempt<Op, Context>): Promise<Outcome>;
  /** The error that the caller gets. */
  final(call: Call<Op, Context>, thrown: unknown): KofinError;
  /** @throws InvalidInputError `HOST_FOREIGN` when `url` leads to another host than the provider's */
  checkHost(call: Call<Op, Context>, url: string): void;
}

export type Attempt<Op extends ApiOperation, Context> = (call: Call<Op, Context>) => Promise<Outcome>;

/** What answers mean that are no plain success. */
export interface Explainer<Op extends ApiOperation = ApiOperation, Context = unknown> {
  /**
   * The outcome of a call, should it be one after all (추가인증); anything else is thrown.
   * @param clean takes secrets out of the provider's texts
   */
  explain(call: Call<Op, Context>, received: Received, clean: (text: string) => string): Outcome;
  /** Everything of the client and the call that must not stand in a text, besides tokens and what the operation names. */
  secrets(call: Call<Op, Context>): unknown[];
  /** Input of any operation that must not show, besides what the operation names. */
  readonly sensitive?: readonly string[];
  /** What must not be repeated asks for something and changes nothing: a failure is told as it is, and never as an unknown outcome. */
  readonly onlyAsks?: true;
  /** How many times as long as usual to wait after this error before another attempt. */
  patience?(error: AnswerError): number;
}

/** What leaves for an operation. */
export interface WireRequest {
  /** Where it differs from the operation's. */
  path?: string;
  query?: Json;
  body?: unknown;
  /**
   * The written body of a GET. HTTP allows it; the platform's `Request`, which middleware of the caller is given, does not: it joins
   * the request after everybody has seen it.
   */
  lateBody?: string;
  headers?: Record<string, string>;
  /** How a successful answer is read. Default `text`. */
  parseAs?: "text" | "arrayBuffer";
  /** Another base URL of the provider, as its description says of this operation. Credentials go there as well. */
  baseUrl?: string;
  /** What has to be known to find out what became of it, should no answer come. */
  reference?: Json;
}

/** Puts credentials on requests. */
export interface Auth<Op extends ApiOperation = ApiOperation, Context = unknown> {
  /** Where the call's token comes from; undefined when it takes none. */
  tokens?(call: Call<Op, Context>): TokenSource | undefined;
  sign(request: LightRequest, call: Call<Op, Context>): void | Promise<void>;
}

/** Where calls wait for their turn. */
export interface Limiter<Op extends ApiOperation = ApiOperation> {
  /** Nothing when the turn is given at once. */
  turn(operation: Op, signal: AbortSignal): Promise<void> | undefined;
  /** An answer came: it may say how fast to go on. */
  told?(operation: Op, response: Response, error?: AnswerError): void;
}
