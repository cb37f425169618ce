/**
 * What generated functions are made of, and no more: importing one of them must not load the client.
 * @module
 */
import { type Performer, performerOf } from "../call/clients.js";
import type { PageStyle } from "../paging/page-number.js";
import type { Codef } from "./client.js";
import type { CallOptions, CodefOperation, Reply } from "./operation.js";
import type { TwoWayReply } from "./two-way/challenge.js";

export type { FileInput } from "../call/files.js";
export type { Codef } from "./client.js";
export type { Encryptable } from "./encryption.js";
export type { CallOptions, CodefOperation, Reply } from "./operation.js";
export type { Challenge, TwoWayReply } from "./two-way/challenge.js";

/** Which fields page an operation: `page` in the input, `more` and `next` in the data. */
export type Paging = PageStyle;

/** Calls a product. Used by generated functions; everything a function promises is written there. */
export async function call<Data>(
  codef: Codef,
  operation: CodefOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<Reply<Data>> {
  const performer: Performer = performerOf(codef, "codef", "createCodef");
  return (await performer.perform(operation, input, options)) as Reply<Data>;
}

/** Calls a product that may ask for 추가인증. Used by generated functions. */
export function callTwoWay<Data, Answer extends object>(
  codef: Codef,
  operation: CodefOperation,
  input?: unknown,
  options?: CallOptions,
): Promise<TwoWayReply<Data, Answer>> {
  return call(codef, operation, input, options);
}

/**
 * Calls page after page until the provider says there is none. Used by generated functions.
 * @throws DecodeError when an answer promises more without leading further; otherwise what the operation throws.
 */
export async function* pages<Data>(
  codef: Codef,
  operation: CodefOperation,
  paging: Paging,
  input: object = {},
  options?: CallOptions,
): AsyncGenerator<Reply<Data>, void> {
  const { pageStyle, turnPages } = await import("./lazy.js");
  const ask = (asked: object) => call<Data>(codef, operation, asked, options);
  yield* turnPages<Reply<Data>>({ provider: "codef", operation, style: pageStyle(paging), ask }, input);
}
