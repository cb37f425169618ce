import type { WooriOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import { sessionOf, type Woori } from "./woori.js";

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  woori: Woori,
  operation: WooriOperation,
  input?: unknown,
  options: CallOptions = {},
): Promise<Reply<Data>> {
  const { perform, open } = sessionOf(woori);
  return (await perform(open(input, options), operation, input, options)) as Reply<Data>;
}
