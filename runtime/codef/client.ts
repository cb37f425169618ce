import { DEFAULTS } from "../defaults.js";
import type { EventListener } from "../events.js";
import { createHttp } from "../http.js";
import { memoryTokens, type TokenSource } from "../token.js";
import type { Transport } from "../transport.js";
import { call } from "./call.js";
import type { Credentials } from "./credentials.js";
import { type CodefEnvironment, ENVIRONMENTS, OAUTH_URL } from "./environments.js";
import { exchange } from "./exchange.js";
import { faultAt } from "./fault.js";
import { loadLate } from "./load.js";
import { type Codef, keepSession, type Session } from "./session.js";
import { encodeRequest } from "./wire.js";

export interface CodefOptions {
  /** Default `sandbox`, which needs no credentials: CODEF publishes a client for it. */
  environment?: CodefEnvironment;
  /** Demo and production have different pairs: codef.io → 키관리. */
  clientId?: string;
  clientSecret?: string;
  /** RSA public key of the client: base64 as codef.io shows it, or PEM. Needed as soon as a call carries a password. */
  publicKey?: string;
  /**
   * Default true: the certificate of a login is looked at before anything leaves. Its form, its time, whether the key is its own, and the
   * password where it is plain text; see `CertificateError`. False sends it unread.
   */
  checkCertificates?: boolean;
  /** How requests leave the process. Default the platform's `fetch`; `kofin/node` has a faster one for servers. */
  fetch?: Transport;
  /** Milliseconds for a call, further attempts included. Default 300,000: CODEF's own limit. */
  timeoutMs?: number;
  /** Further attempts of operations that may be repeated. Default 2; 0 turns them off. */
  retries?: number;
  /** Milliseconds before the first further attempt, doubled for each one after it. Default 1,000. */
  retryDelayMs?: number;
  /** Told of every request, answer, retry and error, with secrets taken out. */
  onEvent?: EventListener;
  /** Where tokens come from. Default: issued when needed, kept in memory, shared by all calls of this client. */
  tokens?: TokenSource;
  /** Another host, such as a local sandbox or a proxy. */
  baseUrl?: string;
  oauthUrl?: string;
}

/**
 * Makes a CODEF client. Nothing is sent until the first call.
 * @throws InvalidInputError `CREDENTIALS_MISSING` when demo or production lack an id or a secret; `INPUT_INVALID` when there is no
 * such environment.
 * @example const codef = createCodef({ environment: "demo", clientId, clientSecret, publicKey });
 */
export function createCodef(options: CodefOptions = {}): Codef {
  const { environment = "sandbox", baseUrl = ENVIRONMENTS[environment], oauthUrl = OAUTH_URL } = options;
  if (!Object.hasOwn(ENVIRONMENTS, environment)) {
    throw faultAt({ id: "createCodef" }, "environment")(
      "INPUT_INVALID",
      `must be one of ${Object.keys(ENVIRONMENTS).join(", ")}`,
    );
  }
  const credentials = credentialsFor(environment, options);
  const transport: Transport = options.fetch ?? platformFetch;
  const issue = async () => (await loadLate()).issueToken(oauthUrl, credentials, transport, options.onEvent);
  const session: Session = {
    environment,
    exchange,
    http: createHttp(baseUrl, encodeRequest),
    transport,
    tokens: options.tokens ?? memoryTokens(issue),
    credentials,
    publicKey: options.publicKey,
    checkCertificates: options.checkCertificates,
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    retries: options.retries ?? DEFAULTS.retries,
    retryDelayMs: options.retryDelayMs ?? DEFAULTS.retryDelayMs,
    onEvent: options.onEvent,
    foreignMiddleware: false,
  };
  const codef: Codef = {
    environment,
    request: (path, body, callOptions) =>
      call(codef, { id: path, method: "POST", path, retry: "never" }, body, callOptions),
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return codef;
    },
  };
  keepSession(codef, session);
  loadLate();
  return codef;
}

/** The global is looked up at call time, because tests and instrumentation replace it; a plain init is read fastest. */
const platformFetch: Transport = (url, { method, headers, body, signal, redirect = "manual" }) =>
  fetch(url, { method, headers, body: body ?? null, signal: signal ?? null, redirect });

function credentialsFor(
  environment: CodefEnvironment,
  { clientId, clientSecret }: CodefOptions,
): Credentials | undefined {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (environment === "sandbox" && !clientId && !clientSecret) return undefined;
  const fault = faultAt({ id: "createCodef" }, clientId ? "clientSecret" : "clientId");
  throw fault("CREDENTIALS_MISSING", "is missing (codef.io/#/account/keys)");
}
