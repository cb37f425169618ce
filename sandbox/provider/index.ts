/**
 * A mock of any provider, from its specs alone: what `provider.yaml` says of hosts, access, envelope, limits and pages, and what the
 * documents say of operations. It knows no provider.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import type { ProviderData } from "../../runtime/provider/data.js";
import { bearerToken } from "../shared/authorization.js";
import { Plans, type Selection } from "../shared/faults.js";
import type { Json } from "../shared/json.js";
import { isRecord } from "../shared/json.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { identifiers } from "../shared/random.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { synthesize } from "../shared/synthesize.js";
import { plainAnswer, Traffic } from "../shared/traffic.js";
import { accessFlaw, challenge } from "./access.js";
import { type Behaviour, Refused } from "./behaviour.js";
import { clientKeys, keysOf } from "./client-keys.js";
import type { ProviderFault, ProviderMockOptions, ProviderSandbox } from "./controls.js";
import { answerFor } from "./data.js";
import { Effects } from "./effects.js";
import { Envelope, type Refusal } from "./envelope.js";
import { type Endpoints, endpointsOf } from "./hosts.js";
import { ProviderLimits } from "./limits.js";
import { decodedBody, type Inbound, readInput } from "./request.js";
import { respond } from "./respond.js";
import { type Found, providerRoutes } from "./routes.js";
import { ProviderTokens } from "./tokens.js";

export interface MockOfSpecs extends MockProvider {
  /** Where it answers. */
  readonly endpoints: Endpoints;
  /** Whether a token counts. */
  isGood(token: string): boolean;
  /** @param fetch what a client of this mock sends its requests with */
  controls(fetch: SandboxFetch): ProviderSandbox;
}

const PAGES = 3;
const PAGE_SIZE = 3;

export function mockOfSpecs(
  name: string,
  provider: Provider | undefined,
  { seed, clock }: MockSettings,
  options: ProviderMockOptions = {},
  behaviour?: Behaviour,
): MockOfSpecs {
  const { pages = PAGES, pageSize = PAGE_SIZE, limited = false, accepts, logLimit, ...given } = options;
  const data: ProviderData = { ...(provider?.settings.data ?? { environments: {} }), ...given, name };
  const auth = data.auth ?? { type: "none" };
  const routes = providerRoutes(provider);
  const endpoints = endpointsOf(data, routes.servers);
  const envelope = new Envelope(data, provider?.resultCodes ?? [], behaviour);
  const hasTokens = auth.type === "clientCredentials" || auth.type === "authorizationCode";
  let ids = identifiers(`${seed}/${name}`);
  let generation = 1;
  const tokens = new ProviderTokens(hasTokens ? auth : undefined, clock, () => ids);
  const limits = new ProviderLimits(data.limits ?? [], clock, data.limitHeader !== undefined);
  limits.rate = limited ? "documented" : undefined;
  const effects = new Effects(clock);
  const planned = new Plans<{ data: unknown }>();
  const resolve = (wanted: string) => (endpoints.isOAuth(wanted) ? wanted : routes.resolve(wanted));
  const traffic = new Traffic<ProviderFault>({ clock, logLimit, resolve });

  const refuse = (refusal: Refusal, headers?: Record<string, string>): Response =>
    envelope.refuse(refusal, ids.hex(32), headers);

  const carryOut = async (found: Found, inbound: Inbound): Promise<Response> => {
    const { route } = found;
    const { operation } = route;
    const flaw =
      operation.auth === "none" ? undefined : accessFlaw(auth, inbound, { keys: keysOf(generation), tokens, accepts });
    if (flaw) return unauthorized(inbound, flaw);
    const passage = limits.pass(operation, route.name);
    if (passage.isTooMany) return refuse({ reason: "too-many", detail: "slow down" }, passage.headers);
    behaviour?.enter?.(route, inbound);
    const { input, flaw: wrong } = await readInput(found, inbound);
    if (wrong) {
      const { field, problem } = wrong;
      return refuse({ reason: "invalid", detail: `${field || "the body"} ${problem}` }, passage.headers);
    }
    if (effects.isPending(route, input)) {
      return refuse({ reason: "in-progress", detail: "a request with this key is being carried out" }, passage.headers);
    }
    const repeated = effects.repeated(route, input);
    if (repeated === "reused") {
      return refuse({ reason: "key-reused", detail: "another request had this key" }, passage.headers);
    }
    if (repeated) return respond(operation, repeated.body, passage.headers);
    const handler = behaviour?.handlers[route.name];
    const ended = route.hasEffect ? effects.begin(route, input) : () => {};
    const own = await Promise.resolve(handler?.(input, inbound)).finally(ended);
    if (handler) {
      const body = operation.comesWhole ? own : envelope.success({}, own, operation.response, ids.hex(32));
      if (route.hasEffect) effects.add(route, input, own, body);
      return respond(operation, body, passage.headers);
    }
    const answered = answerFor(route, input, inbound.headers, { seed, clock, data, pages, pageSize, effects });
    if (!answered) return refuse({ reason: "nothing-there", detail: "there is no such thing" }, passage.headers);
    if ("field" in answered) {
      return refuse({ reason: "invalid", detail: `${answered.field} is no page of this list` }, passage.headers);
    }
    const plan = planned.take([route.name, operation.path]);
    const told = await behaviour?.facts?.[route.name]?.(input, inbound);
    const made = told === undefined ? answered.data : over(answered.data, told);
    const chosen = plan ? over(made, plan.data) : made;
    const body = operation.comesWhole
      ? chosen
      : envelope.success(answered.body, chosen, operation.response, ids.hex(32));
    if (route.hasEffect) effects.add(route, input, chosen, body);
    return respond(operation, body, { ...answered.headers, ...passage.headers });
  };

  const unauthorized = (inbound: Inbound, detail: string): Response => {
    const code = behaviour?.tokenCode?.(tokens.stateOf(bearerToken(inbound.headers.get("authorization")) ?? ""));
    if (code === undefined) return refuse({ reason: "unauthorized", detail }, challenge(auth));
    return envelope.failure(code, { status: 401, message: detail, headers: challenge(auth) }, ids.hex(32));
  };

  const carriedOut = (found: Found, inbound: Inbound): Promise<Response> =>
    carryOut(found, inbound).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      const { status, code, message } = error;
      return envelope.failure(code, { status, ...(message !== "" && { message }) }, ids.hex(32));
    });

  const answerToken = (inbound: Inbound, found: Found | undefined): Response => {
    const described = found && synthesize(found.route.operation.response, quiet);
    return tokens.answer(inbound, isRecord(described) ? described : {});
  };

  const answer = (
    inbound: Inbound,
    { found, isElsewhere }: ReturnType<typeof routes.find>,
  ): Response | Promise<Response> => {
    if (hasTokens && endpoints.isToken(inbound.url, inbound.path)) return answerToken(inbound, found);
    if (hasTokens && endpoints.isAuthorize(inbound.url, inbound.path)) return authorize(inbound);
    if (found) return carriedOut(found, inbound);
    const { method, path } = inbound;
    return isElsewhere
      ? refuse({ reason: "no-such-method", detail: `${path} does not know ${method}, or not with these headers` })
      : refuse({ reason: "no-such-path", detail: `${name} has no ${path}` });
  };

  /** Consent is given at once: programs follow the redirect, and a browser comes back as soon as it has left. */
  const authorize = ({ url }: Inbound): Response => {
    try {
      return new Response(null, { status: 302, headers: { Location: tokens.consent(url, false) } });
    } catch (error) {
      return Response.json(
        { error: "invalid_request", error_description: String((error as Error).message) },
        { status: 400 },
      );
    }
  };

  const fail = (fault: ProviderFault, isOAuth: boolean): Response => {
    const { code, status, message } = fault;
    if (code === undefined) return plainAnswer(fault);
    if (isOAuth) return Response.json({ error: code, error_description: message ?? "" }, { status: status ?? 400 });
    return envelope.failure(code, { status, message }, ids.hex(32));
  };

  const fetch = async (request: Request): Promise<Response> => {
    const inbound = await read(request, endpoints);
    const { method, path, headers, text, url } = inbound;
    const isOAuth = hasTokens && (endpoints.isToken(url, path) || endpoints.isAuthorize(url, path));
    const found = routes.find(method, path, headers);
    const route = found.found?.route;
    const body = await decodedBody(inbound);
    return traffic.answer(
      {
        received: { method, path, headers: Object.fromEntries(headers), text, body },
        names: [
          path,
          url.pathname,
          ...(route ? [route.name, route.operation.path] : []),
          ...(isOAuth ? ["token"] : []),
        ],
        byNameOnly: isOAuth,
      },
      () => answer(inbound, found),
      (fault) => fail(fault, isOAuth),
    );
  };

  return {
    endpoints,
    fetch,
    isGood: (token) => tokens.isGood(token),
    reset() {
      ids = identifiers(`${seed}/${name}`);
      generation = 1;
      tokens.reset();
      limits.rate = limited ? "documented" : undefined;
      behaviour?.reset();
      for (const part of [traffic, planned, effects, limits]) part.clear();
    },
    controls: (fetchHere) => ({
      get options() {
        return { baseUrl: endpoints.baseUrl, fetch: fetchHere, ...clientKeys(auth, keysOf(generation)) };
      },
      get requests() {
        return traffic.requests;
      },
      get effects() {
        return effects.all;
      },
      get tokensIssued() {
        return tokens.issued;
      },
      failNext: (fault) => traffic.failNext(fault),
      delayNext: (milliseconds, selection) => traffic.delayNext(milliseconds, selection),
      answerNext(answered, { times, path }: Selection = {}) {
        const selection = { ...(times !== undefined && { times }), ...(path !== undefined && { path: resolve(path) }) };
        planned.add({ data: structuredClone(answered) }, selection);
      },
      expireToken() {
        generation += 1;
        tokens.expireAll();
        const { token, apiKey } = clientKeys(auth, keysOf(generation)) as { token?: string; apiKey?: string };
        return token ?? apiKey;
      },
      limit(perSecond) {
        limits.rate = perSecond;
      },
      consent: (url, { deny = false } = {}) => tokens.consent(new URL(url), deny),
    }),
  };
}

const quiet = {
  next: () => 0,
  from: 0,
  to: 0,
  given: () => undefined,
  dated: () => false,
  count: () => 0,
};

/** An object is laid over what was made up, anything else stands in its place. */
function over(made: unknown, chosen: unknown): unknown {
  return isRecord(made) && isRecord(chosen) ? ({ ...made, ...chosen } satisfies Json) : chosen;
}

async function read(request: Request, endpoints: Endpoints): Promise<Inbound> {
  const { method, headers } = request;
  const url = new URL(request.url);
  const bytes = await request.arrayBuffer();
  return { method, url, path: endpoints.pathIn(url), headers, bytes, text: new TextDecoder().decode(bytes) };
}
