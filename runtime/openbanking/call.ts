import type { OpenBankingOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import { callerOf, type OpenBanking } from "./session.js";

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  openBanking: OpenBanking,
  operation: OpenBankingOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  const caller = callerOf(openBanking);
  return (await caller.session.carryOut(caller, operation, input, options)) as Reply<Data>;
}
