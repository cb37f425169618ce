import type { Middleware } from "openapi-fetch";
import type { EventListener } from "../events.js";
import type { HttpClient } from "../http.js";
import type { TokenSource } from "../token.js";
import type { Transport } from "../transport.js";
import type { Credentials } from "./credentials.js";
import type { CodefEnvironment } from "./environments.js";
import type { exchange } from "./exchange.js";
import { faultAt } from "./fault.js";
import type { CallOptions, Reply } from "./reply.js";

/** A CODEF client. Hand it to the functions of `kofin/codef/*`. */
export interface Codef {
  readonly environment: CodefEnvironment;
  /**
   * Calls a product that has no spec: you give the types, kofin does token, encoding, envelope and errors. It cannot know which
   * fields to encrypt, so mark them: `{ password: await encryptText(publicKey, "…") }`. Never repeated by itself.
   * @example const { data } = await codef.request<MyAnswer>("/v1/kr/…", { organization: "0001" });
   */
  request<Data = unknown>(path: string, body?: object, options?: CallOptions): Promise<Reply<Data>>;
  /** Adds openapi-fetch middleware to every product call. Token requests stay out of its sight. */
  use(...middleware: Middleware[]): Codef;
}

/** What the calls of a client share. Kept apart from the client object, so that no log of the client shows a secret. */
export interface Session {
  readonly environment: CodefEnvironment;
  /** How this client carries out a call. Functions reach it through the client, so that importing one loads none of it. */
  readonly exchange: typeof exchange;
  readonly http: HttpClient;
  readonly transport: Transport;
  readonly tokens: TokenSource;
  /** Undefined: the client that CODEF publishes for its sandbox. */
  readonly credentials: Credentials | undefined;
  readonly publicKey: string | undefined;
  readonly checkCertificates: boolean | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly onEvent: EventListener | undefined;
  /** The caller added middleware of their own. */
  foreignMiddleware: boolean;
}

const sessions = /* @__PURE__ */ new WeakMap<object, Session>();

export function keepSession(codef: Codef, session: Session): void {
  sessions.set(codef, session);
}

/** @throws InvalidInputError when `codef` was not made by `createCodef`. */
export function sessionOf(codef: Codef): Session {
  const session = sessions.get(codef);
  if (session) return session;
  throw faultAt({ id: "codef" }, "client")("INPUT_INVALID", "must be what createCodef returned");
}
