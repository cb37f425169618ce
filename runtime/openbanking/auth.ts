/**
 * Whose token a call takes: the user's, the institution's, or none.
 * @module
 */
import type { SharedTokenSource } from "../auth/shared-tokens.js";
import type { TokenSource } from "../auth/token.js";
import type { Auth } from "../call/protocol.js";
import { isRecord } from "../paths.js";
import {
  type Context,
  faultAt,
  type InstitutionScope,
  type OpenBankingCall,
  type OpenBankingOperation,
} from "./operation.js";
import type { UserTokens } from "./user-tokens.js";

/** Where tokens come from. */
export interface Tokens {
  readonly users: UserTokens;
  /** The institution's own; a source of the caller's may know no more than to give one. */
  readonly institution: TokenSource & Partial<Pick<SharedTokenSource, "held" | "remove">>;
}

/** `Authorization: Bearer …`, on whatever takes a token. */
export function openBankingAuth(
  institutionScope: InstitutionScope,
  loadTokens: () => Promise<Tokens>,
): Auth<OpenBankingOperation, Context> {
  return {
    tokens(call) {
      const { id } = call.operation;
      const { userSeqNo = "" } = call.context;
      const owner = ownerOf(call, institutionScope);
      if (!owner) return undefined;
      const get = async () => {
        const { users, institution } = await loadTokens();
        return owner === "user" ? users.get(userSeqNo, userScopes(call.operation), id) : institution.get();
      };
      return {
        get: () =>
          get().catch(async (error) => {
            throw (await import("./oauth.js")).neverSent(id, error);
          }),
        async invalidate(token) {
          const { users, institution } = await loadTokens();
          await (owner === "user" ? users : institution).invalidate(token);
        },
      };
    },
    sign({ headers }, { token }) {
      if (token) headers.set("Authorization", `Bearer ${token.value}`);
    },
  };
}

/**
 * Whether there will be a token, and the right one; it is fetched when the request is about to leave. The center refuses a
 * user_seq_no that is not the one of the token (O0001 [801]).
 * @throws InvalidInputError `SCOPE_MISSING`; `INPUT_INVALID` when a call for one user asks about another
 */
export function checkOwner(call: OpenBankingCall, institutionScope: InstitutionScope): void {
  const { operation, input, context } = call;
  ownerOf(call, institutionScope);
  const asked = isRecord(input) ? input.user_seq_no : undefined;
  if (!takesUser(call) || (asked ?? context.userSeqNo) === context.userSeqNo) return;
  throw faultAt(operation, "user_seq_no")("INPUT_INVALID", "is another user's than the one the call is made for");
}

/**
 * The user where the call is made for one and the operation knows a scope of users; the institution where its kind opens the
 * operation. Undefined when the operation takes no token.
 */
function ownerOf(call: OpenBankingCall, institutionScope: InstitutionScope): "user" | "institution" | undefined {
  const { operation } = call;
  const { auth } = operation;
  if (auth === "none") return undefined;
  if (takesUser(call)) return "user";
  if (auth === undefined || auth.institution?.includes(institutionScope)) return "institution";
  const kinds = auth.institution?.join(" or ");
  const scopes = userScopes(operation).join(" or ");
  const ways = [
    auth.user !== undefined && `a user's token with the scope ${scopes}: pass openBanking.user(user_seq_no)`,
    kinds && `the token of an institution with the scope ${kinds}; this client's is ${institutionScope}`,
  ];
  throw faultAt(operation, "scope")("SCOPE_MISSING", `is missing: it takes ${ways.filter(Boolean).join(", or ")}`);
}

function takesUser({ operation: { auth }, context: { userSeqNo } }: OpenBankingCall): boolean {
  return userSeqNo !== undefined && auth !== "none" && (auth === undefined || auth.user !== undefined);
}

function userScopes({ auth }: OpenBankingOperation): readonly string[] {
  return auth === "none" ? [] : [auth?.user ?? []].flat();
}
