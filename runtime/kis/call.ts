import type { KisOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import { type Kis, sessionOf } from "./session.js";

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  kis: Kis,
  operation: KisOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  return (await sessionOf(kis).perform(operation, input, options)) as Reply<Data>;
}
