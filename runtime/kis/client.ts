import type { Middleware } from "openapi-fetch";
import { later } from "../later.js";
import { call } from "./call.js";
import type { Engine } from "./engine.js";
import { baggageOf, type KisOptions } from "./options.js";
import { ratesOf } from "./rates.js";
import { inputOf, toOperation } from "./request.js";
import { type Kis, keepSession } from "./session.js";

/**
 * Makes a KIS client. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` without keys; `INPUT_MISSING` without an environment; `INPUT_INVALID` for an account
 * or limits that cannot be; `MOCK_UNSUPPORTED` for corporate customers, who have no mock trading (EGW00210).
 * @example const kis = createKis({ environment: "mock", appKey, appSecret, account: "12345678-01" });
 */
export function createKis(options: KisOptions): Kis {
  const baggage = baggageOf(options);
  const { environment, appKey, htsId, corporate } = baggage;
  if (options.limits) ratesOf(environment, options.limits);
  const { onEvent, realtime = {} } = options;
  const waiting: Middleware[] = [];
  let started: Engine | undefined;
  const engine = later(async () => {
    const { startEngine } = await import("./engine.js");
    started = startEngine(options, baggage);
    if (waiting.length > 0) started.use(...waiting);
    return started;
  });
  const kis: Kis = {
    environment,
    request: (trId, request, callOptions) => call(kis, toOperation(trId, request), inputOf(request), callOptions),
    use(...middleware) {
      if (started) started.use(...middleware);
      else waiting.push(...middleware);
      return kis;
    },
  };
  keepSession(kis, {
    environment,
    appKey,
    htsId,
    corporate,
    onEvent,
    realtime,
    perform: async (operation, input, callOptions) => (await engine()).perform(operation, input, callOptions),
    approvalKey: async (renew) => (await engine()).approvalKey(renew),
    revokeToken: async () => (await engine()).revokeToken(),
  });
  // Now, not with the first call: a deployment may have taken the files away by then. A failure is heard with that call.
  engine().catch(() => {});
  return kis;
}
