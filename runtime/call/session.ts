import type { EventListener } from "./events.js";
import { createHttp, type WriteBody } from "./http.js";
import type { ApiOperation } from "./operation.js";
import type { Session } from "./protocol.js";
import { platformFetch, type Transport } from "./transport.js";

/** The options that the clients of all providers have. */
export interface ClientOptions {
  fetch?: Transport;
  timeoutMs?: number;
  retries?: number;
  retryDelayMs?: number;
  onEvent?: EventListener;
}

/** What is fixed for a provider, or made for one client. */
type Parts<Op extends ApiOperation, Context> = Pick<
  Session<Op, Context>,
  "provider" | "baseUrl" | "protocol" | "auth" | "limiter" | "beforeSend" | "isElsewhere"
> & { write: WriteBody };

/** The numbers that a client goes by unless told otherwise. */
interface Defaults {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
}

/** What the calls of one client share. */
export function createSession<Op extends ApiOperation, Context>(
  { write, ...parts }: Parts<Op, Context>,
  options: ClientOptions,
  defaults: Defaults,
): Session<Op, Context> {
  return {
    ...parts,
    http: createHttp(parts.baseUrl, write),
    transport: options.fetch ?? platformFetch,
    timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
    retries: options.retries ?? defaults.retries,
    retryDelayMs: options.retryDelayMs ?? defaults.retryDelayMs,
    onEvent: options.onEvent,
    foreignMiddleware: false,
  };
}
