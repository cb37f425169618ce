/**
 * One call of Open Banking: the engine's, with the center's rules.
 * @module
 */
import type { Door, Signature, Signing } from "../call/door.js";
import { perform } from "../call/perform.js";
import { NetworkError } from "../errors/network.js";
import { announce } from "./before-send.js";
import { prepare } from "./input.js";
import type { OpenBankingOperation } from "./operation.js";
import { read } from "./read.js";
import type { CallOptions, Reply } from "./reply.js";
import type { Caller } from "./session.js";
import { checkUser, tokensFor } from "./token-choice.js";
import { grantFor } from "./users.js";

export function carryOut(
  caller: Caller,
  operation: OpenBankingOperation,
  input: unknown,
  options?: CallOptions,
): Promise<Reply<unknown>> {
  return perform(doorOf(caller, options), operation, input, options) as Promise<Reply<unknown>>;
}

/** Made for each call: whose token it takes and whom it tells is the call's own. */
function doorOf(caller: Caller, options: CallOptions = {}): Door<OpenBankingOperation> {
  const { session } = caller;
  const { http, transport, timeoutMs, retries, retryDelayMs, onEvent, foreignMiddleware } = session;
  return {
    provider: "openbanking",
    ...{ http, transport, timeoutMs, retries, retryDelayMs, onEvent, foreignMiddleware },
    prepare: async (operation, input) => {
      // Only to hear of a missing scope before anything else happens; the token is fetched when the request is about to leave.
      tokensFor(caller, operation);
      checkUser(caller, operation, input);
      return prepare(operation, input, { ...session, ...(await ownTokens(caller, operation)) });
    },
    sign: (request) => sign(caller, request, options),
    read,
    secrets: () => [session.clientSecret],
  };
}

async function sign(
  caller: Caller,
  { operation, wire, headers }: Signing<OpenBankingOperation>,
  { beforeSend = caller.session.beforeSend }: CallOptions,
): Promise<Signature> {
  const tokens = tokensFor(caller, operation);
  const token = await tokens?.get().catch(neverSent(operation));
  if (token) headers.set("Authorization", `Bearer ${token.value}`);
  await announce(beforeSend, operation, wire);
  return tokens && token ? { refuse: () => tokens.invalidate(token) } : {};
}

/** A token that could not be fetched says nothing about the call that it was for: that one has not left. */
function neverSent({ id }: OpenBankingOperation): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof NetworkError)) throw error;
    const context = { provider: "openbanking", operation: id, mayHaveArrived: false, cause: error };
    throw new NetworkError(error.code as "NETWORK", `${id}: no token; the request was not sent`, context);
  };
}

/** The user's own tokens, for an operation that takes them as fields. */
async function ownTokens({ session, userSeqNo }: Caller, { from = {} }: OpenBankingOperation) {
  const isAsked = Object.values(from).some((word) => word === "accessToken" || word === "refreshToken");
  if (!isAsked || userSeqNo === undefined) return {};
  const { accessToken, refreshToken } = grantFor(await session.users.read(userSeqNo), []) ?? {};
  return { accessToken, refreshToken };
}
