/**
 * CODEF's mock: its token, account and product endpoints by its own wire rules.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import type { Json } from "../shared/json.js";
import { decrypt, sandboxKeys } from "../shared/keys.js";
import { meaningsOf } from "../shared/meanings.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { type Identifiers, identifiers } from "../shared/random.js";
import { singled } from "../shared/single.js";
import { Traffic } from "../shared/traffic.js";
import { type AccountContext, accountHandler } from "./accounts.js";
import { bodyFlaw, echoOf } from "./body.js";
import { certificateFlaws } from "./certificate/flaws.js";
import { connectionFlaw } from "./connection-flaw.js";
import { Connections } from "./connections.js";
import type { CodefSandbox, Fault } from "./controls.js";
import { dataFor } from "./data.js";
import { SUCCESS } from "./entries.js";
import { environmentFlaw } from "./hosts.js";
import { readInbound } from "./inbound.js";
import { organizationsOf } from "./organizations.js";
import { codefRoutes, type Route } from "./routes.js";
import { type Holder, PUBLIC_CLIENT, type SandboxClient, Tokens } from "./tokens.js";
import { type Asker, TwoWay } from "./two-way.js";
import { ACCESS_DENIED, type Answer, type Decoded, encodeAnswer, INVALID_TOKEN, refuse, respond } from "./wire.js";

export interface CodefSandboxOptions {
  /** Clients besides the one that CODEF publishes. */
  clients?: readonly SandboxClient[];
  /** connectedIds on a page of the list. Default 50,000, as at CODEF. */
  pageSize?: number;
  /** Requests that are remembered. Default 2,000. */
  logLimit?: number;
  /**
   * Whether a token works at the host of its own environment only (CF-00004, CF-00005, CF-00017). Default false: any token works
   * at any host.
   */
  checkEnvironment?: boolean;
  /** Milliseconds that must lie between two requests of a 다건요청 for the later one to share the authentication. Default 300. */
  sharedGapMs?: number;
  /** Whether certificates are opened. Default true; false takes any base64 for one. */
  checkCertificates?: boolean;
  /** Whether lists with one row arrive as that row, where CODEF does so; `sandbox.codef.single` switches it. Default false. */
  single?: boolean;
}

const TOKEN_PATH = "/oauth/token";

function isJson({ headers }: Request): boolean {
  return /^application\/json\b/i.test(headers.get("Content-Type") ?? "");
}

/** Who asks, and the connectedIds that are theirs. */
interface Caller extends Asker {
  here: Connections;
}

export interface MockCodef extends MockProvider {
  /** @param fetch what a client of this mock sends its requests with */
  controls(fetch: CodefSandbox["options"]["fetch"]): CodefSandbox;
}

export function mockCodef(
  provider: Provider | undefined,
  settings: MockSettings,
  options: CodefSandboxOptions = {},
): MockCodef {
  const { seed, clock } = settings;
  const { clients = [], pageSize = 50_000, logLimit, checkEnvironment = false, sharedGapMs = 300 } = options;
  const routes = codefRoutes(provider);
  const messageOf = meaningsOf(provider?.resultCodes);
  const { checkCertificates = true } = options;
  const isOrganization = organizationsOf(provider?.organizations ?? []);

  let ids: Identifiers = identifiers(seed);
  const currentIds = () => ids;
  const tokens = new Tokens([PUBLIC_CLIENT, ...clients], clock, currentIds);
  let single = options.single ?? false;
  const twoWay = new TwoWay(clock, currentIds, sharedGapMs);
  const resolve = (name: string) => (name === TOKEN_PATH ? name : routes.resolve(name));
  const traffic = new Traffic<Fault>({ clock, logLimit, resolve });
  const connections = new Map<string, Connections>();

  const connectionsOf = ({ clientId }: Holder): Connections => {
    const known = connections.get(clientId) ?? new Connections(currentIds);
    connections.set(clientId, known);
    return known;
  };

  const send = ({ code, extraMessage = "", data = {}, echo }: Answer, status = 200): Response => {
    const result = { code, extraMessage, message: messageOf(code), transactionId: ids.hex(32) };
    return respond(encodeAnswer({ ...echo, result, data }), status);
  };

  const fail = ({ status = 200, code, body }: Fault): Response => {
    if (code !== undefined) return send(refuse(code), status);
    if (body !== undefined) return respond(typeof body === "string" ? body : encodeAnswer(body), status);
    const documented = status === 401 ? INVALID_TOKEN : status === 403 ? ACCESS_DENIED : undefined;
    // These come from the gateway in front, which encodes nothing: official samples read them as they are.
    return respond(documented ? JSON.stringify(documented) : "", status);
  };

  const answer = async (route: Route, body: Json, { clientId, signal, here }: Caller): Promise<Answer> => {
    const path = route.operation.path;
    const flaw = bodyFlaw(route, body);
    if (flaw) return flaw;
    const certificates = checkCertificates ? await certificateFlaws(route.request, body, clock()) : undefined;
    if (certificates?.refused) return certificates.refused;
    const handle = accountHandler(path);
    const code = handle ? undefined : certificates?.codeFor(body);
    const refused = handle ? undefined : code ? refuse(code) : connectionFlaw(route, body, here);
    const asked = refused ?? (await twoWay.challenge(route, body, { clientId, signal }));
    if (asked) return asked;
    if (!handle) return { code: SUCCESS, data: dataFor(route, body, { seed, clock, single }) };
    const context: AccountContext = {
      connections: here,
      isOrganization,
      messageOf,
      certificateCode: (raw) => certificates?.codeFor(raw),
      pageSize,
      legacy: !path.startsWith("/v1/"),
    };
    const answered = handle(body, context);
    return single ? { ...answered, data: singled(answered.data, route.data, Number.POSITIVE_INFINITY) } : answered;
  };

  const answerToken = ({ method, headers }: Request, { searchParams }: URL, text: string): Response => {
    if (method !== "POST") return respond("", 405, { Allow: "POST" });
    const parameters = new URLSearchParams([...searchParams, ...new URLSearchParams(text)]);
    return tokens.answer(headers.get("Authorization"), parameters);
  };

  const answerProduct = async (
    request: Request,
    { hostname }: URL,
    route: Route | undefined,
    decoded: Decoded,
  ): Promise<Response> => {
    const holder = tokens.holder(request.headers.get("Authorization"));
    if (!holder) return fail({ status: 401 });
    const method = route?.operation.method ?? "POST";
    if (request.method !== method) return respond("", 405, { Allow: method });
    const elsewhere = checkEnvironment ? environmentFlaw(hostname, holder.environment) : undefined;
    if (elsewhere) return send(refuse(elsewhere));
    if (!route) return send(refuse("CF-00404"), 404);
    if (route.wantsJson && !isJson(request)) return send(refuse("CF-00003"));
    if (!decoded.body) return send(refuse(decoded.code));
    const caller: Caller = { clientId: holder.clientId, signal: request.signal, here: connectionsOf(holder) };
    const answered = await answer(route, decoded.body, caller);
    return send({ ...answered, echo: { ...echoOf(route, decoded.body), ...answered.echo } });
  };

  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname;
    const isToken = path === TOKEN_PATH;
    const route = routes.at(path);
    const { text, decoded } = await readInbound(request, url, route);
    const body = isToken ? Object.fromEntries(new URLSearchParams(text)) : decoded.body;
    const received = { method: request.method, path, headers: Object.fromEntries(request.headers), text, body };
    const carryOut = () => (isToken ? answerToken(request, url, text) : answerProduct(request, url, route, decoded));
    return traffic.answer({ received, byNameOnly: isToken }, carryOut, fail);
  };

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      tokens.reset();
      connections.clear();
      single = options.single ?? false;
      for (const part of [twoWay, traffic]) part.clear();
    },
    controls: (fetchHere) => ({
      options: {
        environment: "sandbox",
        fetch: fetchHere,
        get publicKey() {
          return sandboxKeys().publicKey;
        },
        baseUrl: "https://sandbox.codef.io",
        oauthUrl: "https://oauth.codef.io",
      },
      get publicKey() {
        return sandboxKeys().publicKey;
      },
      decrypt: (value) => decrypt(value),
      get requests() {
        return traffic.requests;
      },
      get tokensIssued() {
        return tokens.issued;
      },
      certificate: async (options = {}) => (await import("./certificate/fabricate.js")).fabricate(options, clock()),
      script: (operation, steps) => twoWay.script(routes.resolve(operation), structuredClone(steps)),
      approve: (jti) => twoWay.approve(jti),
      single(on) {
        single = on;
      },
      expireTokens: () => tokens.expireAll(),
      failNext: (fault) => traffic.failNext(fault),
      delayNext: (milliseconds, selection) => traffic.delayNext(milliseconds, selection),
    }),
  };
}
