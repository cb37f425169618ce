/**
 * Woori Bank's mock: its operations by its own wire rules, over a small bank whose books add up.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import { meaningsOf } from "../shared/meanings.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { identifiers } from "../shared/random.js";
import { SlidingSecond } from "../shared/rate-limits.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { plainAnswer, Traffic } from "../shared/traffic.js";
import { accessFlaw } from "./access.js";
import { Bank } from "./bank.js";
import { readBody } from "./body.js";
import { Certifications } from "./certifications.js";
import { type Refusal, statusOf } from "./codes.js";
import type { WooriFault, WooriSandbox } from "./controls.js";
import { dataFor } from "./data.js";
import { shaped } from "./forms.js";
import { type Route, wooriRoutes } from "./routes.js";
import { serviceOf } from "./services.js";
import { refusalBody, respond, respondWrapped } from "./wire.js";

export interface WooriSandboxOptions {
  /** Requests that are remembered. Default 2,000. */
  logLimit?: number;
  /** Requests within a second; further ones are SYSCD03101. Default: any number. `sandbox.woori.limit` changes it. */
  perSecond?: number;
  /** Whether answers look like the examples of 2021; `sandbox.woori.printed` switches it. Default false. */
  printed?: boolean;
}

export interface MockWoori extends MockProvider {
  /** @param fetch what a client of this mock sends its requests with */
  controls(fetch: SandboxFetch): WooriSandbox;
}

const APP_KEY = "sandbox-app-key";
const SECRET_KEY = "sandbox-secret-key";

export function mockWoori(
  provider: Provider | undefined,
  { seed, clock }: MockSettings,
  options: WooriSandboxOptions = {},
): MockWoori {
  const routes = wooriRoutes(provider);
  const meaningOf = meaningsOf(provider?.resultCodes);
  let ids = identifiers(seed);
  let generation = 1;
  let isPrinted = options.printed ?? false;
  const bank = new Bank(seed, clock);
  const certifications = new Certifications(() => ids);
  const rate = new SlidingSecond(clock, options.perSecond);
  const traffic = new Traffic<WooriFault>({ clock, logLimit: options.logLimit, resolve: routes.resolve });
  const keysNow = () => ({ appKey: APP_KEY, secretKey: SECRET_KEY, token: `sandbox-token-${generation}` });

  const refuse = (refusal: Refusal, { status = statusOf(refusal.code), wrapped }: WooriFault = {}): Response => {
    const { message = meaningOf(refusal.code) } = refusal;
    const dataBody = refusalBody({ ...refusal, message });
    return wrapped ? respondWrapped(dataBody, status) : respond(dataBody, ids.hex(32), status);
  };

  const carryOut = (route: Route, headers: Headers, text: string): Response => {
    const flaw = accessFlaw(route, headers, keysNow());
    if (flaw) return refuse(flaw);
    if (rate.isExceeded()) return refuse({ code: "SYSCD03101" });
    const asked = readBody(route, text);
    if (asked.refusal) return refuse(asked.refusal);
    const { dataBody } = asked;
    const outcome = serviceOf(route.service)?.(dataBody, { bank, certifications }) ?? { fields: {} };
    if (outcome.refusal) return refuse(outcome.refusal);
    const data = dataFor(route, dataBody, outcome.fields, { seed, clock });
    if (!route.enveloped) return Response.json(data);
    return respond(shaped(data, route.data, isPrinted) as Json, ids.hex(32));
  };

  const fetch = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const path = new URL(request.url).pathname;
    const text = await request.text();
    const { route, isElsewhere } = routes.find(method, path);
    return traffic.answer(
      { received: { method, path, headers: Object.fromEntries(headers), text, body: parsed(text) } },
      () => {
        if (route) return carryOut(route, headers, text);
        return refuse({ code: "SYSCD02901" }, isElsewhere ? { status: 405 } : {});
      },
      (fault) => (fault.code === undefined ? plainAnswer(fault) : refuse({ code: fault.code }, fault)),
    );
  };

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      generation = 1;
      isPrinted = options.printed ?? false;
      rate.reset(options.perSecond);
      bank.reset();
      for (const part of [certifications, traffic]) part.clear();
    },
    controls: (fetchHere) => ({
      get options() {
        return { ...keysNow(), fetch: fetchHere, baseUrl: "https://openapi.wooribank.com:444" };
      },
      get token() {
        return keysNow().token;
      },
      get requests() {
        return traffic.requests;
      },
      ledger: () => ({ accounts: bank.balances, transfers: bank.transfers }),
      expireToken() {
        generation += 1;
        return keysNow().token;
      },
      limit(perSecond) {
        rate.perSecond = perSecond;
      },
      printed(on) {
        isPrinted = on;
      },
      failNext: (fault) => traffic.failNext(fault),
      delayNext: (milliseconds, selection) => traffic.delayNext(milliseconds, selection),
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
