/**
 * Woori Bank's mock: its operations by its own wire rules, over a small bank whose books add up.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { dropped } from "../shared/dropped.js";
import { Faults, type Selection } from "../shared/faults.js";
import type { Json } from "../shared/json.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { identifiers } from "../shared/random.js";
import { RequestLog } from "../shared/request-log.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { accessFlaw } from "./access.js";
import { Bank } from "./bank.js";
import { readBody } from "./body.js";
import { Certifications } from "./certifications.js";
import { type Refusal, statusOf } from "./codes.js";
import type { WooriFault, WooriSandbox } from "./controls.js";
import { dataFor } from "./data.js";
import { shaped } from "./forms.js";
import { RateLimit } from "./rate-limit.js";
import { type Route, routesOf } from "./routes.js";
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
  const routes = routesOf(provider);
  const messages = new Map(provider?.resultCodes.map(({ code, meaning }) => [code, meaning]));
  let ids = identifiers(seed);
  let generation = 1;
  let isPrinted = options.printed ?? false;
  const bank = new Bank(seed, clock);
  const certifications = new Certifications(() => ids);
  const rate = new RateLimit(clock, options.perSecond);
  const faults = new Faults<WooriFault>();
  const delays = new Faults<number>();
  const log = new RequestLog(options.logLimit ?? 2_000);
  const keysNow = () => ({ appKey: APP_KEY, secretKey: SECRET_KEY, token: `sandbox-token-${generation}` });

  const refuse = (refusal: Refusal, { status = statusOf(refusal.code), wrapped }: WooriFault = {}): Response => {
    const { message = messages.get(refusal.code) ?? "" } = refusal;
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

  const fail = async (fault: WooriFault): Promise<Response> => {
    const { status = 200, code, body, drop, silent } = fault;
    if (silent) return new Promise(() => {});
    if (drop) return dropped();
    if (code !== undefined) return refuse({ code }, fault);
    if (body === undefined) return new Response(null, { status });
    return typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status });
  };

  const fetch = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const path = new URL(request.url).pathname;
    const text = await request.text();
    log.add({ method, path, headers: Object.fromEntries(headers), text, body: parsed(text), at: clock() });
    const delay = delays.take(path);
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
    const { route, isElsewhere } = routes.find(method, path);
    const fault = faults.take(path);
    if (fault) {
      if (fault.carriedOut && route) carryOut(route, headers, text);
      return fail(fault);
    }
    if (!route) return refuse({ code: "SYSCD02901" }, isElsewhere ? { status: 405 } : {});
    return carryOut(route, headers, text);
  };

  const selected = ({ times, path }: Selection): Selection => ({
    ...(times !== undefined && { times }),
    ...(path !== undefined && { path: routes.resolve(path) }),
  });

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      generation = 1;
      isPrinted = options.printed ?? false;
      rate.reset(options.perSecond);
      bank.reset();
      for (const part of [certifications, faults, delays, log]) part.clear();
    },
    controls: (fetchHere) => ({
      get options() {
        return { ...keysNow(), fetch: fetchHere, baseUrl: "https://openapi.wooribank.com:444" };
      },
      get token() {
        return keysNow().token;
      },
      get requests() {
        return log.entries;
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
      failNext(fault) {
        const { status, code, body, drop, silent } = fault;
        if (status === undefined && code === undefined && body === undefined && !drop && !silent) {
          throw new Error("failNext: say how to fail, with a status, a code, a body, drop or silent");
        }
        faults.add(fault, selected(fault));
      },
      delayNext: (milliseconds, selection = {}) => delays.add(milliseconds, selected(selection)),
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
