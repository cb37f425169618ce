import type { Middleware } from "openapi-fetch";
import { bearer } from "../auth/bearer.js";
import { memoryTokens, type TokenSource } from "../auth/token.js";
import { keepPerformer, type Performer } from "../call/clients.js";
import { perform } from "../call/engine.js";
import type { EventListener } from "../call/events.js";
import { createSession } from "../call/session.js";
import { platformFetch, type Transport } from "../call/transport.js";
import { DEFAULTS } from "../defaults.js";
import type { Credentials } from "./auth.js";
import {
  type CallOptions,
  type CodefEnvironment,
  type CodefOperation,
  ENVIRONMENTS,
  faultAt,
  OAUTH_URL,
  type Reply,
} from "./operation.js";
import { encodeRequest, loadLazy, serialize } from "./request.js";
import { readReply } from "./response.js";
import type { Continuation } from "./two-way/challenge.js";

/** A CODEF client. Hand it to the functions of `kofin/codef/*`. */
export interface Codef {
  readonly environment: CodefEnvironment;
  /**
   * Calls a product that has no spec: you give the types, kofin does token, encoding, envelope and errors. It cannot know which
   * fields to encrypt, so mark them: `{ password: await encryptText(publicKey, "…") }`. Never repeated by itself.
   * @example const { data } = await codef.request<MyAnswer>("/v1/kr/…", { organization: "0001" });
   */
  request<Data = unknown>(path: string, body?: object, options?: CallOptions): Promise<Reply<Data>>;
  /** Adds openapi-fetch middleware to every product call. Neither token requests nor the token show there. */
  use(...middleware: Middleware[]): Codef;
}

/** What functions of this folder reach through a client. */
export interface CodefPerformer extends Performer {
  readonly tokens: TokenSource;
  perform(
    operation: CodefOperation,
    input: unknown,
    options?: CallOptions,
    context?: Continuation,
  ): ReturnType<Performer["perform"]>;
}

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
  const { environment = "sandbox", baseUrl = ENVIRONMENTS[environment], oauthUrl = OAUTH_URL, publicKey } = options;
  if (!Object.hasOwn(ENVIRONMENTS, environment)) {
    const names = Object.keys(ENVIRONMENTS).join(", ");
    throw faultAt({ id: "createCodef" }, "environment")("INPUT_INVALID", `must be one of ${names}`);
  }
  const credentials = credentialsFor(environment, options);
  const { fetch: transport = platformFetch, onEvent } = options;
  const settings = { environment, oauthUrl, publicKey, credentials, transport, onEvent };
  const { tokens = memoryTokens(async () => (await loadLazy()).issueToken(settings)) } = options;
  const session = createSession<CodefOperation, Continuation>(
    {
      provider: "codef",
      baseUrl,
      write: encodeRequest,
      protocol: {
        // Once a call: what is sent again carries the same cipher text.
        serialize: (call) => call.request ?? serialize(call, options),
        deserialize: readReply,
        failure: async () => (await loadLazy()).failurePathFor(settings),
      },
      auth: bearer(tokens),
    },
    options,
    DEFAULTS,
  );
  const performer: CodefPerformer = {
    provider: "codef",
    tokens,
    perform: (...call) => perform(session, ...call),
  };
  const codef: Codef = {
    environment,
    async request<Data>(path: string, body?: object, callOptions?: CallOptions) {
      const operation = { id: path, method: "POST", path, retry: "never" } as const;
      return (await performer.perform(operation, body, callOptions)) as Reply<Data>;
    },
    use(...middleware) {
      session.http.use(...middleware);
      session.foreignMiddleware = true;
      return codef;
    },
  };
  keepPerformer(codef, performer);
  loadLazy().catch(() => {});
  return codef;
}

function credentialsFor(
  environment: CodefEnvironment,
  { clientId, clientSecret }: CodefOptions,
): Credentials | undefined {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (environment === "sandbox" && !clientId && !clientSecret) return undefined;
  const fault = faultAt({ id: "createCodef" }, clientId ? "clientSecret" : "clientId");
  throw fault("CREDENTIALS_MISSING", "is missing (codef.io/#/account/keys)");
}
