/**
 * A client for a provider that is described by data: `provider.yaml`, written out by the generator.
 * @module
 */
import { apiKey, basic, fixedBearer } from "../auth/api-key.js";
import { type UserGrants, userGrants } from "../auth/authorization-code.js";
import { bearer } from "../auth/bearer.js";
import { clientCredentials, sha256 } from "../auth/client-credentials.js";
import type { TokenSource } from "../auth/token.js";
import type { TokenClient } from "../auth/token-endpoint.js";
import type { TokenStore } from "../auth/token-store.js";
import { keepPerformer } from "../call/clients.js";
import { answerWithin } from "../call/deadline.js";
import { perform } from "../call/engine.js";
import { requireEnvironment } from "../call/environment.js";
import { faults } from "../call/fault.js";
import type { Sources } from "../call/flat-input.js";
import type { Auth, Call, Session } from "../call/protocol.js";
import type { Reply } from "../call/reply.js";
import { type ClientOptions, createSession } from "../call/session.js";
import { platformFetch } from "../call/transport.js";
import { later } from "../later.js";
import type { RateLimiter } from "../limits/rate-limiter.js";
import { sharedLimiter, sharedStateOf } from "../limits/shared-state.js";
import type { AuthData, LimitData, ProviderData } from "./data.js";
import { limiterFor } from "./limits.js";
import type { ApiOperation, CallContext, Client, ProviderPerformer, RequestOptions } from "./operation.js";
import { checkCallOptions, checkOptions } from "./options.js";
import { type InputCheck, serialize } from "./request.js";
import { readReply } from "./response.js";

/** Every number a client goes by when neither `provider.yaml` nor its maker says otherwise. */
export const PROVIDER_DEFAULTS = { timeoutMs: 30_000, retries: 2, retryDelayMs: 500 } as const;

/** What a client of the provider has to be given, by its kind of auth. */
interface CredentialsByType {
  none: object;
  apiKey: { apiKey: string };
  /** The token, or where it comes from. */
  bearer: { token: string | TokenSource };
  basic: { clientId: string; clientSecret: string };
  /** `store`: where tokens are kept, to be shared by processes. `tokens`: where they come from, should that be another place. */
  clientCredentials: { clientId: string; clientSecret: string; store?: TokenStore; tokens?: TokenSource };
  authorizationCode: { clientId: string; clientSecret: string; store?: TokenStore };
  custom: object;
}

type AuthType<D extends ProviderData> = D["auth"] extends { readonly type: infer T extends AuthData["type"] }
  ? T
  : "none";

export type ProviderOptions<D extends ProviderData = ProviderData> = ClientOptions &
  CredentialsByType[AuthType<D>] & {
    /** Default: the first of the provider's. */
    environment?: keyof D["environments"] & string;
    /** Another host, such as a local sandbox or a proxy. */
    baseUrl?: string;
    /** Milliseconds from sending to answer. Default: only the call's own time counts. */
    answerTimeoutMs?: number;
    /** How fast the client may go, in the place of the provider's own limits; `false` for none. */
    limits?: readonly LimitData[] | false;
    /** Told and waited for when a request is about to leave that must not be repeated. What it throws ends the call unsent. */
    beforeSend?: (notice: { operation: string; reference: Readonly<Record<string, unknown>> }) => unknown;
  };

/** What code adds to the data. */
export interface ProviderCode<Options> {
  /** How requests are signed where no kind of auth fits: `signed(…)`, for one. */
  auth?: (options: Options) => Auth<ApiOperation, CallContext>;
  /** What the client fills in by itself: the words of `x-from`. */
  fill?: (options: Options) => Sources;
  /** What of the options must not stand in a text, besides keys, secrets and tokens. */
  secrets?: (options: Options) => readonly unknown[];
  /** The code of a refusal, where it stands at no path that `provider.yaml` could name. Of the token endpoint's answers as well. */
  codeOf?: (answer: unknown) => string | undefined;
  /** What input has to keep besides what its spec says, looked at before anything is sent. Throws what `fault` makes. */
  check?: InputCheck;
}

type AnyOptions = ClientOptions & {
  environment?: string;
  baseUrl?: string;
  answerTimeoutMs?: number;
  limits?: readonly LimitData[] | false;
  beforeSend?: (notice: { operation: string; reference: Readonly<Record<string, unknown>> }) => unknown;
  apiKey?: string;
  token?: string | TokenSource;
  tokens?: TokenSource;
  clientId?: string;
  clientSecret?: string;
  store?: TokenStore;
};

/**
 * Makes what makes clients of a provider.
 * @example
 * import { acme } from "./generated/acme/provider.js";
 * export const createAcme = defineProvider(acme);
 * const client = createAcme({ environment: "sandbox", apiKey });
 * @returns a function that throws InvalidInputError `INPUT_INVALID` for an environment that does not exist, `CREDENTIALS_MISSING`
 * without the credentials of the provider's kind of auth
 */
export function defineProvider<const D extends ProviderData, Options extends ProviderOptions<D> = ProviderOptions<D>>(
  data: D,
  code: ProviderCode<Options> = {},
): (options: Options) => Client<D["name"]> {
  return (options) => createClient(data, code as ProviderCode<AnyOptions>, options as AnyOptions) as Client<D["name"]>;
}

function createClient(data: ProviderData, code: ProviderCode<AnyOptions>, options: AnyOptions): Client {
  const { name: provider, answer = {}, environments } = data;
  checkOptions(provider, options);
  const { environment = Object.keys(environments)[0] ?? "" } = options;
  const fault = (field: string) => faults(provider)({ id: "client" }, field);
  const baseUrl = options.baseUrl ?? (Object.hasOwn(environments, environment) ? environments[environment] : undefined);
  if (baseUrl === undefined) {
    throw fault("environment")("INPUT_INVALID", `must be one of ${Object.keys(environments).join(", ")}`);
  }
  const place: Place = { data, options, environment, baseUrl, codeOf: code.codeOf };
  checkCredentials(place);
  const grants = grantsOf(place);
  const tokens = tokensOf(place);
  const auth = signedUnlessNone(code.auth?.(options) ?? authOf(place, tokens, grants));
  const { apiKey: key, clientSecret, token } = options;
  const secrets = [
    key,
    clientSecret,
    typeof token === "string" ? token : undefined,
    ...(code.secrets?.(options) ?? []),
  ];
  const sources = code.fill?.(options) ?? {};
  const { answerTimeoutMs = data.defaults?.answerTimeoutMs, fetch: transport = platformFetch, beforeSend } = options;
  const session: Session<ApiOperation, CallContext> = createSession(
    {
      provider,
      baseUrl,
      isElsewhere: options.baseUrl !== undefined,
      write: (body) => body as string,
      protocol: {
        serialize(call) {
          const { operation } = call;
          if (operation.environments) {
            requireEnvironment(operation, environment, (field) => faults(provider)(operation, field));
          }
          return serialize(call, sources, code.check);
        },
        deserialize: ({ operation }, received) => readReply(operation, answer, received),
        failure: later(async () => (await import("./refusal.js")).failurePathFor(data, secrets, code.codeOf)),
      },
      auth,
      limiter: limiterOf(place),
      beforeSend: beforeSend && ((call) => announce(call, beforeSend)),
    },
    { ...options, fetch: answerTimeoutMs === undefined ? transport : answerWithin(answerTimeoutMs, transport) },
    { ...PROVIDER_DEFAULTS, ...data.defaults },
  );
  session.protocol.failure().catch(() => {});
  return viewOf({ data, environment, session, grants, options, tokens }, undefined);
}

/** Where a client stands. */
interface Place {
  data: ProviderData;
  options: AnyOptions;
  environment: string;
  baseUrl: string;
  codeOf: ProviderCode<AnyOptions>["codeOf"];
}

/** What the views of one client share. */
interface Shared {
  data: ProviderData;
  environment: string;
  session: Session<ApiOperation, CallContext>;
  grants: UserGrants | undefined;
  options: AnyOptions;
  tokens: TokenSource | undefined;
}

function viewOf(shared: Shared, user: string | undefined): Client {
  const { data, environment, session, grants, options: given, tokens } = shared;
  const performer: ProviderPerformer = {
    provider: data.name,
    paging: data.paging,
    advice: data.advice ?? {},
    grants,
    options: given,
    tokens,
    async perform(operation, input, options, headers) {
      if (options !== undefined) checkCallOptions(data.name, operation, options);
      return perform(session, operation, input, options, { user, headers });
    },
  };
  const client: Client = {
    provider: data.name,
    environment,
    async request<Data>(method: ApiOperation["method"], path: string, input?: object, options: RequestOptions = {}) {
      const { retry = "never", ...callOptions } = options;
      return (await performer.perform({ id: path, method, path, retry }, input, callOptions)) as Reply<Data>;
    },
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return client;
    },
    user(id) {
      if (grants && typeof id === "string" && id !== "") return viewOf(shared, id);
      const what = grants ? "must be a text" : "means nothing here: this provider's tokens belong to the client";
      throw faults(data.name)({ id: "client.user" }, "user")("INPUT_INVALID", what);
    },
  };
  keepPerformer(client, performer);
  return client;
}

const NEEDED: Readonly<Record<AuthData["type"], readonly (keyof AnyOptions)[]>> = {
  none: [],
  custom: [],
  apiKey: ["apiKey"],
  bearer: ["token"],
  basic: ["clientId", "clientSecret"],
  clientCredentials: ["clientId", "clientSecret"],
  authorizationCode: ["clientId", "clientSecret"],
};

function checkCredentials({ data, options, environment }: Place): void {
  const { auth = { type: "none" } } = data;
  const missing = NEEDED[auth.type].find((name) => !options[name]);
  if (missing === undefined || (options.tokens && auth.type === "clientCredentials")) return;
  throw faults(data.name)({ id: "client" }, missing)("CREDENTIALS_MISSING", `is missing for ${environment}`);
}

/** An operation may be called without credentials, whoever else calls with them. */
function signedUnlessNone(
  auth: Auth<ApiOperation, CallContext> | undefined,
): Auth<ApiOperation, CallContext> | undefined {
  if (!auth) return undefined;
  return {
    tokens: (call) => (call.operation.auth === "none" ? undefined : auth.tokens?.(call)),
    sign: (request, call) => (call.operation.auth === "none" ? undefined : auth.sign(request, call)),
  };
}

function authOf(
  place: Place,
  tokens: TokenSource | undefined,
  grants: UserGrants | undefined,
): Auth<ApiOperation, CallContext> | undefined {
  const { auth = { type: "none" } } = place.data;
  const { apiKey: key = "", token = "", clientId = "", clientSecret = "" } = place.options;
  if (auth.type === "apiKey") return apiKey(auth, key);
  if (auth.type === "basic") return basic(clientId, clientSecret);
  if (auth.type === "bearer") return typeof token === "string" ? fixedBearer(token) : bearer(token);
  if (tokens) return bearer(tokens);
  if (auth.type !== "authorizationCode" || !grants) return undefined;
  return {
    tokens: ({ context: { user } }) => (user === undefined ? undefined : grants.of(user)),
    sign({ headers }, { token: held }) {
      if (held) headers.set("Authorization", `Bearer ${held.value}`);
    },
  };
}

function tokenClientOf({ data, options, baseUrl, codeOf }: Place): TokenClient {
  const { clientId = "", clientSecret = "", fetch: transport = platformFetch, onEvent } = options;
  const isElsewhere = options.baseUrl !== undefined;
  return {
    provider: data.name,
    baseUrl,
    isElsewhere,
    clientId,
    clientSecret,
    transport,
    onEvent,
    codeOf,
    advice: data.advice,
  };
}

function tokensOf(place: Place): TokenSource | undefined {
  const { data, options, environment, baseUrl } = place;
  const { auth: endpoint } = data;
  if (endpoint?.type !== "clientCredentials") return undefined;
  if (options.tokens) return options.tokens;
  const { store = sharedStateOf(options.fetch).store, clientId = "" } = options;
  const key = async () => `${data.name} ${environment} ${baseUrl} ${await sha256(clientId)}`;
  return clientCredentials(endpoint, tokenClientOf(place), { store, key });
}

function grantsOf(place: Place): UserGrants | undefined {
  const { data, options, environment, baseUrl } = place;
  if (data.auth?.type !== "authorizationCode") return undefined;
  const { store = sharedStateOf(options.fetch).store } = options;
  return userGrants(data.auth, tokenClientOf(place), { store, prefix: `${data.name} ${environment} ${baseUrl}` });
}

/** Clients with the same credentials share what the provider lets them have. */
function limiterOf({ data, options, baseUrl }: Place): RateLimiter | undefined {
  const { limits = data.limits ?? [], apiKey: key, clientId, fetch } = options;
  if (limits === false) return undefined;
  const make = () => limiterFor(limits, data.limitHeader);
  if (options.limits) return make();
  return sharedLimiter(sharedStateOf(fetch), `${data.name} ${baseUrl} ${clientId ?? key ?? ""}`, make);
}

async function announce(
  { operation, request }: Call<ApiOperation, CallContext>,
  beforeSend: NonNullable<AnyOptions["beforeSend"]>,
): Promise<void> {
  if (operation.retry === "safe") return;
  await beforeSend({ operation: operation.id, reference: request?.reference ?? {} });
}
