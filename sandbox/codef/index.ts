/**
 * CODEF's stand-in: its token, account and product endpoints by its own wire rules.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import type { Clock } from "../shared/clock.js";
import { Faults, type Selection } from "../shared/faults.js";
import type { Json } from "../shared/json.js";
import { decrypt, sandboxKeys } from "../shared/keys.js";
import { type Identifiers, identifiers } from "../shared/random.js";
import { RequestLog } from "../shared/request-log.js";
import type { Room } from "../shared/room.js";
import { singled } from "../shared/single.js";
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
import { type Route, routesOf } from "./routes.js";
import { type Holder, PUBLIC_CLIENT, type SandboxClient, Tokens } from "./tokens.js";
import { type Asker, TwoWay } from "./two-way.js";
import { ACCESS_DENIED, type Answer, encodeAnswer, INVALID_TOKEN, refuse, respond } from "./wire.js";

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
  /** Milliseconds that must lie between two requests of a 다건요청 for the later one to share the authentication. Default 500. */
  sharedGapMs?: number;
  /** Whether certificates are opened. Default true; false takes any base64 for one. */
  checkCertificates?: boolean;
  /** Whether lists with one row arrive as that row, where CODEF does so; `sandbox.codef.single` switches it. Default false. */
  single?: boolean;
}

export interface RoomSettings {
  seed: string | number;
  clock: Clock;
}

const TOKEN_PATH = "/oauth/token";

/** Who asks, and the connectedIds that are theirs. */
interface Caller extends Asker {
  here: Connections;
}

export interface CodefRoom extends Room {
  /** @param fetch what a client of this room sends its requests with */
  controls(fetch: CodefSandbox["options"]["fetch"]): CodefSandbox;
}

export function codefRoom(
  provider: Provider | undefined,
  settings: RoomSettings,
  options: CodefSandboxOptions = {},
): CodefRoom {
  const { seed, clock } = settings;
  const { clients = [], pageSize = 50_000, logLimit = 2_000, checkEnvironment = false, sharedGapMs = 500 } = options;
  const { checkCertificates = true } = options;
  const routes = routesOf(provider);
  const messages = new Map(provider?.resultCodes.map(({ code, meaning }) => [code, meaning]));
  const messageOf = (code: string) => messages.get(code) ?? "";
  const isOrganization = organizationsOf(provider?.organizations ?? []);

  let ids: Identifiers = identifiers(seed);
  const currentIds = () => ids;
  const tokens = new Tokens([PUBLIC_CLIENT, ...clients], clock, currentIds);
  let single = options.single ?? false;
  const twoWay = new TwoWay(clock, currentIds, sharedGapMs);
  const failures = new Faults<Fault>();
  const delays = new Faults<number>();
  const log = new RequestLog(logLimit);
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
    return respond(documented ? encodeAnswer(documented) : "", status);
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

  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname;
    const isToken = path === TOKEN_PATH;
    const route = routes.byPath.get(path);
    const { text, decoded } = await readInbound(request, url, route);
    log.add({
      method: request.method,
      path,
      headers: Object.fromEntries(request.headers),
      text,
      body: isToken ? Object.fromEntries(new URLSearchParams(text)) : decoded.body,
      at: clock(),
    });
    const delay = delays.take(path, isToken);
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
    const failure = failures.take(path, isToken);
    if (failure) return fail(failure);

    const authorization = request.headers.get("Authorization");
    if (isToken) {
      if (request.method !== "POST") return respond("", 405, { Allow: "POST" });
      return tokens.answer(authorization, new URLSearchParams([...url.searchParams, ...new URLSearchParams(text)]));
    }
    const holder = tokens.holder(authorization);
    if (!holder) return fail({ status: 401 });
    const method = route?.operation.method ?? "POST";
    if (request.method !== method) return respond("", 405, { Allow: method });
    const elsewhere = checkEnvironment ? environmentFlaw(url.hostname, holder.environment) : undefined;
    if (elsewhere) return send(refuse(elsewhere));
    if (!route) return send(refuse("CF-00003"));
    if (!decoded.body) return send(refuse(decoded.code));
    const caller: Caller = { clientId: holder.clientId, signal: request.signal, here: connectionsOf(holder) };
    const answered = await answer(route, decoded.body, caller);
    return send({ ...answered, echo: { ...echoOf(route, decoded.body), ...answered.echo } });
  };

  const selected = ({ times, path }: Selection): Selection => ({
    ...(times !== undefined && { times }),
    ...(path !== undefined && { path: path === TOKEN_PATH ? path : routes.resolve(path) }),
  });

  return {
    fetch,
    reset() {
      ids = identifiers(seed);
      tokens.reset();
      connections.clear();
      single = options.single ?? false;
      for (const part of [twoWay, failures, delays, log]) part.clear();
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
        return log.entries;
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
      failNext(fault) {
        const { status, code, body } = fault;
        if (status === undefined && code === undefined && body === undefined) {
          throw new Error("failNext: say how to fail, with a status, a code or a body");
        }
        failures.add(fault, selected(fault));
      },
      delayNext: (milliseconds, selection = {}) => delays.add(milliseconds, selected(selection)),
    }),
  };
}
