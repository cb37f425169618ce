/**
 * What a test can see and arrange of a mock that is made of specs alone.
 * @module
 */
import type { ProviderData } from "../../runtime/provider/data.js";
import type { NetworkFault, Selection } from "../shared/faults.js";
import type { Json } from "../shared/json.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { TrafficControls } from "../shared/traffic.js";

/** What `createSandbox({ providers: { acme: … } })` takes: what `provider.yaml` says, where specs do not, and how the mock behaves. */
export interface ProviderMockOptions extends Partial<ProviderData> {
  /** Pages of a list that is asked for page by page. Default 3. */
  readonly pages?: number;
  /** Items of a page, where the request does not say. Default 3. */
  readonly pageSize?: number;
  /** Whether `limits` of the provider are kept from the beginning; `limit` of the controls changes it. Default false. */
  readonly limited?: boolean;
  /** Where `auth` is `custom`: whether a request is signed as it should be. Default: every one is. */
  readonly accepts?: (headers: Headers, body: string) => boolean;
  /** Requests that are remembered. Default 2,000. */
  readonly logLimit?: number;
}

/** How the next matching request is answered. Say at least one of status, code, body, drop and silent. */
export interface ProviderFault extends NetworkFault {
  /** HTTP status. Default: 200 where the provider says by a field what is a success, otherwise 400. */
  status?: number;
  /** A code of the provider, in the form in which it refuses. */
  code?: string;
  /** What goes with the code. Default: what the specs say of it. */
  message?: string;
}

/** Something that was carried out: what an operation did that must not be done twice. */
export interface Effect {
  /** `module.operationId` */
  readonly operation: string;
  /** When, by the sandbox's clock. */
  readonly at: number;
  /** The fields of the request, parameters included. */
  readonly input: Json;
  /** Of an operation that may be repeated with the same key. */
  readonly idempotencyKey?: string;
  /** What it was answered with: what callers get. */
  readonly data: unknown;
}

/** What a client of the provider is made with, by its kind of `auth`. */
export interface ProviderClientOptions {
  readonly baseUrl: string;
  readonly fetch: SandboxFetch;
  /** `apiKey` */
  readonly apiKey?: string;
  /** `bearer`: the token that counts at this moment. */
  readonly token?: string;
  /** `basic`, `clientCredentials`, `authorizationCode` */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** `authorizationCode`: any address will do. */
  readonly redirectUri?: string;
}

/** Controls of a mock that is made of specs alone. On a port: `POST /__sandbox/<name>/…`. */
export interface ProviderSandbox extends TrafficControls<ProviderFault> {
  /** Makes a client talk to this sandbox: `createAcme({ ...sandbox.provider("acme").options })`. */
  readonly options: ProviderClientOptions;
  /** What operations did that must not be done twice, oldest first: once for each idempotency key. */
  readonly effects: readonly Effect[];
  /** Tokens issued since the start, or since `reset`; the same one handed out again does not count. */
  readonly tokensIssued: number;
  /**
   * What the next matching request gets instead of what would be made up: an object is laid over it, anything else replaces it. The
   * request is carried out, and the provider's envelope goes around it.
   * @throws Error when the path is unknown
   */
  answerNext(data: unknown, selection?: Selection): void;
  /** From now on every token so far is refused. Returns the one that counts now, where clients do not fetch it. */
  expireToken(): string | undefined;
  /** From now on only so many requests a second, or as many as `provider.yaml` allows; `undefined` lifts every limit. */
  limit(perSecond: number | "documented" | undefined): void;
  /**
   * What a user does on the page that an authorization address opens: consents, or refuses.
   * @returns the address that the browser would come back to
   * @throws Error for an address that the provider refuses
   */
  consent(url: string | URL, choice?: { deny?: boolean }): string;
}
