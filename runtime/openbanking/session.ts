import type { Middleware } from "openapi-fetch";
import type { SharedTokenSource } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import type { HttpClient } from "../call/http.js";
import type { BankTranIds } from "./bank-tran-id.js";
import type { BeforeSend } from "./before-send.js";
import type { InstitutionScope, OpenBankingEnvironment } from "./environments.js";
import type { carryOut } from "./exchange.js";
import { faultAt } from "./fault.js";
import type { OAuthClient } from "./oauth.js";
import type { CallOptions, Reply } from "./reply.js";
import type { UserTokens } from "./user-tokens.js";
import type { Users } from "./users.js";

/** An Open Banking client, or the view of one for a user. Hand it to the functions of `kofin/openbanking/*`. */
export interface OpenBanking {
  readonly environment: OpenBankingEnvironment;
  /** 이용기관코드 */
  readonly useCode: string;
  /** The user of a view. Not enumerable: it is personal data. */
  readonly userSeqNo: string | undefined;
  /**
   * This client for one user: calls that a user's consent opens are made with that user's token. A plain value; make one whenever it
   * is needed.
   * @throws InvalidInputError `INPUT_INVALID` when it is no user_seq_no
   */
  user(userSeqNo: string): OpenBanking;
  /** A new 거래고유번호, for callers who want to know it before the call. */
  nextBankTranId(): Promise<string>;
  /**
   * Calls an API that has no spec, by POST unless told otherwise: you give the types and every field. With the user's token on a
   * view, with the institution's otherwise. Never repeated by itself.
   * @example const { data } = await openBanking.request<MyAnswer>("/v2.0/…", { bank_tran_id: await openBanking.nextBankTranId() });
   */
  request<Data = unknown>(path: string, input?: object, options?: RequestOptions): Promise<Reply<Data>>;
  /** Adds openapi-fetch middleware to every call of the client and all its views. Token requests stay out of its sight. */
  use(...middleware: Middleware[]): OpenBanking;
}

export interface RequestOptions extends CallOptions {
  /** Default `POST`. The input of a GET goes into the query. */
  method?: "GET" | "POST";
}

/** What the calls of a client share. Kept apart from the client object, so that no log of the client shows a secret. */
export interface Session extends OAuthClient {
  readonly environment: OpenBankingEnvironment;
  readonly useCode: string;
  readonly institutionScope: InstitutionScope;
  readonly redirectUri: string | undefined;
  /** How this client carries out a call. Functions reach it through the client, so that importing one loads none of it. */
  readonly carryOut: typeof carryOut;
  readonly http: HttpClient;
  /** The institution's own token; a source of the caller's may know no more than to give one. */
  readonly institution: TokenSource & Partial<Pick<SharedTokenSource, "held" | "remove">>;
  readonly users: Users;
  readonly userTokens: UserTokens;
  readonly tranIds: BankTranIds;
  readonly beforeSend: BeforeSend | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly retryDelayMs: number;
  /** Makes the view for a user. */
  readonly viewFor: (userSeqNo: string) => OpenBanking;
  /** The caller added middleware of their own. */
  foreignMiddleware: boolean;
}

/** A session, and the user of the view that it is reached through. */
export interface Caller {
  session: Session;
  userSeqNo: string | undefined;
}

const callers = /* @__PURE__ */ new WeakMap<object, Caller>();

export function keepCaller(openBanking: OpenBanking, caller: Caller): void {
  callers.set(openBanking, caller);
}

/** @throws InvalidInputError when `openBanking` was not made by `createOpenBanking`. */
export function callerOf(openBanking: OpenBanking): Caller {
  const caller = callers.get(openBanking);
  if (caller) return caller;
  throw faultAt({ id: "openBanking" }, "client")("INPUT_INVALID", "must be what createOpenBanking returned");
}

/** @throws InvalidInputError when `openBanking` is no view of a user. */
export function userOf(openBanking: OpenBanking, operation: string): { session: Session; userSeqNo: string } {
  const { session, userSeqNo } = callerOf(openBanking);
  if (userSeqNo !== undefined) return { session, userSeqNo };
  throw faultAt({ id: operation }, "user")("INPUT_MISSING", "is missing: pass openBanking.user(user_seq_no)");
}
