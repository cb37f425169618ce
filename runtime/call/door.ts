import type { EventListener } from "../events.js";
import type { HttpClient, Received } from "../http.js";
import type { Json } from "../paths.js";
import type { Transport } from "../transport.js";
import type { ApiOperation } from "./operation.js";
import type { Reply } from "./reply.js";

/** One client's way to its provider: what its calls share, and the provider's own rules. */
export interface Door<Op extends ApiOperation = ApiOperation> {
  readonly provider: string;
  readonly http: HttpClient;
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly onEvent: EventListener | undefined;
  /** The caller added middleware of their own. */
  foreignMiddleware: boolean;
  /** Input of any operation that must not show, besides what the operation names: what the client takes apart by itself. */
  readonly sensitive?: readonly string[];
  /**
   * From what the caller passes to what is sent. Everything wrong with the input is found here, before anything leaves the
   * process. Asked anew for each sending, so that what must be unique is.
   */
  prepare(operation: Op, input: unknown): Wire | Promise<Wire>;
  /** Waits for the call's turn and puts credentials on the request that is about to leave. */
  sign(request: Signing<Op>): Promise<Signature> | Signature;
  /** The reply in an answer, or a thrown error that says what the answer means. */
  read(answer: Answer<Op>): Reply<unknown>;
  /** Everything of the client that must not stand in a text. */
  secrets(): unknown[];
}

/** What leaves for an operation. */
export interface Wire {
  /** Where it differs from the operation's. */
  path?: string;
  query?: Json;
  body?: unknown;
  headers?: Record<string, string>;
  /** What has to be known to find out what became of it, should no answer come. */
  reference?: Json;
}

export interface Signing<Op extends ApiOperation> {
  operation: Op;
  wire: Wire;
  headers: Headers;
  /** Ends with the call. */
  signal: AbortSignal;
}

export interface Signature {
  /** The provider refused the token that was sent. */
  refuse?(): void | Promise<void>;
}

export interface Answer<Op extends ApiOperation> {
  operation: Op;
  wire: Wire;
  received: Received;
  /** Takes secrets out of the provider's texts. */
  clean: (text: string) => string;
}
