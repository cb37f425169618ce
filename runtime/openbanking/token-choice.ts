/**
 * Whose token a call takes: the user's, the institution's, or none.
 * @module
 */

import type { TokenSource } from "../auth/token.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import { isRecord } from "../paths.js";
import { faultAt } from "./fault.js";
import type { OpenBankingOperation } from "./operation.js";
import type { Caller } from "./session.js";

/**
 * A user's token where the call is made for a user and the operation knows a scope of users; the institution's where its kind opens
 * the operation. Undefined when the operation takes none.
 * @throws InvalidInputError `SCOPE_MISSING` when neither opens it
 */
export function tokensFor({ session, userSeqNo }: Caller, operation: OpenBankingOperation): TokenSource | undefined {
  const { auth, id } = operation;
  const { userTokens, institution, institutionScope } = session;
  if (auth === "none") return undefined;
  const scopes = [auth?.user ?? []].flat();
  if (userSeqNo !== undefined && takesUser(operation)) {
    return {
      get: () => userTokens.get(userSeqNo, scopes, id),
      invalidate: (token) => userTokens.invalidate(token),
    };
  }
  if (auth === undefined || auth.institution?.includes(institutionScope)) return institution;
  const kinds = auth.institution?.join(" or ");
  const ways = [
    auth.user !== undefined &&
      `a user's token with the scope ${scopes.join(" or ")}: pass openBanking.user(user_seq_no)`,
    kinds && `the token of an institution with the scope ${kinds}; this client's is ${institutionScope}`,
  ];
  const message = `${id}: needs ${ways.filter(Boolean).join(", or ")}`;
  throw new InvalidInputError("SCOPE_MISSING", message, { provider: "openbanking", operation: id, field: "scope" });
}

/**
 * The center refuses a user_seq_no that is not the one of the token (O0001 [801]).
 * @throws InvalidInputError `INPUT_INVALID` when a call for one user asks about another
 */
export function checkUser({ userSeqNo }: Caller, operation: OpenBankingOperation, input: unknown): void {
  const asked = isRecord(input) ? input.user_seq_no : undefined;
  if (!takesUser(operation) || userSeqNo === undefined || asked === undefined || asked === null || asked === userSeqNo)
    return;
  throw faultAt(operation, "user_seq_no")("INPUT_INVALID", "is another user's than the one the call is made for");
}

function takesUser({ auth }: OpenBankingOperation): boolean {
  return auth === undefined || (auth !== "none" && auth.user !== undefined);
}
