import { isRecord, type Json } from "../paths.js";
import { call } from "./call.js";
import type { CodefOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import type { Codef } from "./session.js";

/** Which fields page an operation: `page` in the input, `more` and `next` in the data. */
export interface Paging {
  readonly page: string;
  readonly more: string;
  readonly next: string;
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
  const seen = new Set<unknown>([(input as Json)[paging.page]]);
  for (let asked = input; ; ) {
    const reply = await call<Data>(codef, operation, asked, options);
    yield reply;
    const data: Json = isRecord(reply.data) ? reply.data : {};
    if (data[paging.more] !== true && data[paging.more] !== "true") return;
    const next = data[paging.next];
    if (next === undefined || seen.has(next)) {
      const { DecodeError } = await import("../errors/answer.js");
      const message = `${operation.id}: ${paging.more} promises another page, ${paging.next} does not lead to it`;
      throw new DecodeError("DECODE", message, {
        provider: "codef",
        operation: operation.id,
        response: reply.response,
      });
    }
    seen.add(next);
    asked = { ...input, [paging.page]: next };
  }
}
