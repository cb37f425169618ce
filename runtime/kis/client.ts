import type { Middleware } from "openapi-fetch";
import { keepPerformer, performerOf } from "../call/clients.js";
import type { CallOptions, Outcome } from "../call/reply.js";
import { later } from "../later.js";
import type { KisEnvironment, KisOperation, Reply } from "./operation.js";
import { credentialsOf, type KisOptions, type KisPerformer } from "./options.js";
import { ratesOf } from "./rates.js";
import type { KisSession } from "./session.js";
import { inputOf, type KisRequest, toOperation } from "./specless.js";

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

/**
 * Makes a KIS client. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` without keys; `INPUT_MISSING` without an environment; `INPUT_INVALID` for an account
 * or limits that cannot be; `MOCK_UNSUPPORTED` for corporate customers, who have no mock trading (EGW00210).
 * @example const kis = createKis({ environment: "mock", appKey, appSecret, account: "12345678-01" });
 */
export function createKis(options: KisOptions): Kis {
  const credentials = credentialsOf(options);
  const { environment, appKey, htsId, corporate } = credentials;
  if (options.limits) ratesOf(environment, options.limits);
  const { onEvent, realtime = {} } = options;
  const waiting: Middleware[] = [];
  let started: KisSession | undefined;
  const start = later(async () => {
    const { startSession } = await import("./session.js");
    started = startSession(options, credentials);
    if (waiting.length > 0) started.use(...waiting);
    return started;
  });
  const perform = (operation: KisOperation, input: unknown, callOptions?: CallOptions): Promise<Outcome> =>
    started
      ? started.perform(operation, input, callOptions)
      : start().then((session) => session.perform(operation, input, callOptions));
  const kis: Kis = {
    environment,
    async request<Data>(trId: string, request: KisRequest, callOptions?: CallOptions) {
      return (await perform(toOperation(trId, request), inputOf(request), callOptions)) as Reply<Data>;
    },
    use(...middleware) {
      if (started) started.use(...middleware);
      else waiting.push(...middleware);
      return kis;
    },
  };
  keepPerformer<KisPerformer>(kis, {
    ...{ provider: "kis", environment, appKey, htsId, corporate, onEvent, realtime, perform },
    approvalKey: async (renew) => (await start()).approvalKey(renew),
    revokeToken: async () => (await start()).revokeToken(),
  });
  // Now, not with the first call: a deployment may have taken the files away by then. A failure is heard with that call.
  start().catch(() => {});
  return kis;
}

/** @throws InvalidInputError when `kis` was not made by `createKis` */
export function kisPerformerOf(kis: Kis): KisPerformer {
  return performerOf<KisPerformer>(kis, "kis", "createKis");
}

/**
 * The key that opens a realtime session (접속키), for programs that speak to the web socket themselves. Kept for a day; `renew` asks
 * for another, after the socket refused the one before (OPSP0011).
 */
export function approvalKey(kis: Kis, { renew = false }: { renew?: boolean } = {}): Promise<string> {
  return kisPerformerOf(kis).approvalKey(renew);
}

/**
 * Revokes the client's token, in the store as well; nothing is sent when there is none. Other processes that hold it are refused with
 * their next call, and then issue another.
 */
export function revokeToken(kis: Kis): Promise<void> {
  return kisPerformerOf(kis).revokeToken();
}
