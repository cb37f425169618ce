/**
 * Whose token a call takes: the user's, the institution's, or none.
 * @module
 */
import type { SharedTokenSource } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import { NetworkError } from "../errors/network.js";
import { isRecord } from "../paths.js";
import { faultAt, type InstitutionScope, type OpenBankingCall } from "./operation.js";
import type { UserTokens } from "./user-tokens.js";

/** Where tokens come from. */
export interface Tokens {
  readonly users: UserTokens;
  /** The institution's own; a source of the caller's may know no more than to give one. */
  readonly institution: TokenSource & Partial<Pick<SharedTokenSource, "held" | "remove">>;
}

/**
 * A user's token where the call is made for a user and the operation knows a scope of users; the institution's where its kind opens
 * the operation. Undefined when the operation takes none. Whether there is one shows when it is asked for.
 * @throws InvalidInputError `SCOPE_MISSING` when neither opens it; `INPUT_INVALID` when a call for one user asks about another
 */
export function tokensFor(
  { operation, input, context: { userSeqNo } }: OpenBankingCall,
  { users, institution }: Tokens,
  institutionScope: InstitutionScope,
): TokenSource | undefined {
  const { auth, id } = operation;
  if (auth === "none") return undefined;
  const scopes = [auth?.user ?? []].flat();
  const fail = (error: unknown) => {
    throw neverSent(id, error);
  };
  if (userSeqNo !== undefined && (!auth || auth.user)) {
    const asked = isRecord(input) ? input.user_seq_no : undefined;
    // The center refuses a user_seq_no that is not the one of the token (O0001 [801]).
    if ((asked ?? userSeqNo) !== userSeqNo) {
      const what = "is another user's than the one the call is made for";
      throw faultAt(operation, "user_seq_no")("INPUT_INVALID", what);
    }
    const get = () => users.get(userSeqNo, scopes, id).catch(fail);
    return { get, invalidate: (token) => users.invalidate(token) };
  }
  if (!auth || auth.institution?.includes(institutionScope)) {
    const get = () => institution.get().catch(fail);
    return { get, invalidate: (token) => institution.invalidate(token) };
  }
  const kinds = auth.institution?.join(" or ");
  const ways = [
    auth.user && `a user's token with the scope ${scopes.join(" or ")}: pass openBanking.user(user_seq_no)`,
    kinds && `the token of an institution with the scope ${kinds}; this client's is ${institutionScope}`,
  ];
  throw faultAt(operation, "scope")("SCOPE_MISSING", `is missing: it takes ${ways.filter(Boolean).join(", or ")}`);
}

/** What a token that could not be fetched says of the call that it was for: that one has not left. */
function neverSent(operation: string, error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  const context = { provider: "openbanking", operation, mayHaveArrived: false, cause: error };
  return new NetworkError(error.code as "NETWORK", `${operation}: no token; the request was not sent`, context);
}
