/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import { performerOf } from "../call/clients.js";
import type { PageStyle } from "../paging/page-number.js";
import type { OpenBanking, OpenBankingPerformer } from "./client.js";
import type { CallOptions, OpenBankingOperation, PageToken, Reply } from "./operation.js";

export type { CodeOf } from "../code.js";
export type { Decimal } from "../decimal.js";
export type { OpenBanking } from "./client.js";
export type { CallOptions, OpenBankingOperation, Reply } from "./operation.js";

/** Which fields page an operation: `page` in the input, `more` and `next` in the data. */
export type Paging = PageStyle;

export interface PageOptions extends CallOptions {
  /** Ends after so many pages. Default: when the provider says that there is none left. */
  limit?: number;
  /** `next` of an earlier reply: begins with the page after it. The input must be the same. */
  resume?: PageToken;
}

/** @throws InvalidInputError when `openBanking` was not made by `createOpenBanking`. */
export function performerFor(openBanking: OpenBanking): OpenBankingPerformer {
  return performerOf<OpenBankingPerformer>(openBanking, "openbanking", "createOpenBanking");
}

/** Calls an operation. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  openBanking: OpenBanking,
  operation: OpenBankingOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  return (await performerFor(openBanking).perform(operation, input, options)) as Reply<Data>;
}

/**
 * Calls page after page until `more` is no longer Y, each with a bank_tran_id of its own. Used by generated functions.
 * @throws InvalidInputError `INPUT_INVALID` for a resume of another operation; DecodeError when an answer promises more without
 * leading further; otherwise what the operation throws.
 */
export async function* pages<Data>(
  openBanking: OpenBanking,
  operation: OpenBankingOperation,
  paging: Paging,
  input: object = {},
  { limit, resume, ...options }: PageOptions = {},
): AsyncGenerator<Reply<Data>, void> {
  const [{ turnPages }, { pageStyle }] = await Promise.all([
    import("../paging/pages.js"),
    import("../paging/page-number.js"),
  ]);
  const { from = {} } = operation;
  // What the client makes anew for each call is not taken along.
  const again = (asked: object) => Object.fromEntries(Object.entries(asked).filter(([name]) => !(name in from)));
  const ask = (asked: object, place: object | undefined) =>
    call<Data>(openBanking, operation, place ? again(asked) : asked, options);
  const turning = { provider: "openbanking", operation, style: pageStyle(paging), ask, limit, resume, resumable: true };
  yield* turnPages<Reply<Data>>(turning, input);
}
