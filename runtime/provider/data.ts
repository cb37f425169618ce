/**
 * What `provider.yaml` says of a provider, as the generator writes it into `provider.ts`: plain data, from which `defineProvider`
 * makes a client and the sandbox a mock of the provider.
 * @module
 */
import type { Advice } from "../errors/advice.js";

export interface ProviderData {
  /** The name of its folder in `specs/`, and `provider` of its errors and events. */
  readonly name: string;
  /** Name → base URL. The first is the one that is meant when a client names none. */
  readonly environments: Readonly<Record<string, string>>;
  /** Default: requests are not signed. */
  readonly auth?: AuthData;
  /** Default: the whole body is what callers get, and HTTP says what is a success. */
  readonly answer?: AnswerData;
  readonly limits?: readonly LimitData[];
  /** The header of answers that says how many calls a second the operation's named limit allows now. */
  readonly limitHeader?: string;
  readonly defaults?: CallDefaults;
  /** What a program should do about a code of the provider, from its result-codes.yaml. */
  readonly advice?: Readonly<Record<string, Advice>>;
  /** Paging by headers: how the provider says that there is more, and how it is asked for. */
  readonly paging?: HeaderPagingData;
}

/** How a client is known to the provider. */
export type AuthData =
  | { readonly type: "none" }
  /** A key that does not change, in a header or in the query. */
  | { readonly type: "apiKey"; readonly in: "header" | "query"; readonly name: string }
  /** `Authorization: Bearer …`, with a token that the caller has or fetches. */
  | { readonly type: "bearer" }
  /** HTTP Basic with the client's id and secret. */
  | { readonly type: "basic" }
  | ClientCredentialsData
  | AuthorizationCodeData
  /** Code decides: `defineProvider({ ...data, auth: signed(…) })`. */
  | { readonly type: "custom" };

interface TokenEndpoint {
  /** Absolute, or a path at the environment's base URL. */
  readonly url: string;
  /** How the request is written. Default `form`. */
  readonly body?: "form" | "json";
  /** Where the client's id and secret stand. Default `body`. */
  readonly client?: "basic" | "body";
  /** Their names in the body where they are others than `client_id`, `client_secret`, such as `appkey`, `secretkey`. */
  readonly idField?: string;
  readonly secretField?: string;
  readonly scope?: string;
  /** Fields of the answer, where they are others than `access_token` and `expires_in`. */
  readonly tokenField?: string;
  readonly expiresInField?: string;
  /** The field that says when the token ends, instead: `yyyymmddhhmmss` or ISO 8601. Without an offset it is Korean time. */
  readonly expiresAtField?: string;
  /** Seconds a token lives when the answer does not say. Default 3,600. */
  readonly lifetimeSeconds?: number;
}

/** OAuth 2.0 client credentials. */
export interface ClientCredentialsData extends TokenEndpoint {
  readonly type: "clientCredentials";
  /**
   * What asking again does: `independent` tokens live side by side, `same-token` is handed out again while it lasts, and a new one
   * `kills-old`, so that processes have to share it. Default `independent`.
   */
  readonly reissue?: "independent" | "same-token" | "kills-old";
}

/** OAuth 2.0 authorization code, with refresh: a token for each user. */
export interface AuthorizationCodeData extends TokenEndpoint {
  readonly type: "authorizationCode";
  readonly authorizeUrl: string;
}

/** How an answer is read. Paths lead through objects: `error.code`. */
export interface AnswerData {
  /** The field that holds what callers get. Left out: the whole body. */
  readonly data?: string;
  /** What is a success besides HTTP 2xx: the field at `path` has one of `values`. Failures in HTTP 200 are found by it. */
  readonly success?: { readonly path: string; readonly values: readonly (string | number | boolean)[] };
  readonly code?: string;
  readonly message?: string;
  readonly transactionId?: string;
}

export interface LimitData {
  /** Only operations that name it. Left out: `path` says which. */
  readonly name?: string;
  readonly perSecond: number;
  /** Calls that may leave at once after a pause. Default 1. */
  readonly burst?: number;
  /** Only operations whose path begins so. Left out: all. */
  readonly path?: string;
  /** Each operation is counted by itself. */
  readonly each?: true;
  /** Times of day in Korea at which it is less: `09:00` to `09:10`. */
  readonly slower?: readonly { readonly from: string; readonly until: string; readonly perSecond: number }[];
}

export interface CallDefaults {
  /** A whole call, with the wait for its turn and further attempts. Default 30,000. */
  readonly timeoutMs?: number;
  /** From sending to answer. Default: only `timeoutMs` counts. */
  readonly answerTimeoutMs?: number;
  /** Further attempts of operations that may be repeated. Default 2. */
  readonly retries?: number;
  /** Before the first further attempt; doubled for each one after it. Default 500. */
  readonly retryDelayMs?: number;
}

export interface HeaderPagingData {
  /** The header of an answer that says whether there is more, and the values that promise it. */
  readonly more: string;
  readonly values: readonly string[];
  /** Headers of the request for a further page: constants, or the name of the answer's header whose value goes back (`=next-key`). */
  readonly ask: Readonly<Record<string, string>>;
}
