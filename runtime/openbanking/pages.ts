import { DecodeError } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { call } from "./call.js";
import { faultAt } from "./fault.js";
import type { OpenBankingOperation } from "./operation.js";
import type { CallOptions, Reply } from "./reply.js";
import type { OpenBanking } from "./session.js";

/** Which fields page an operation: `page` in the input, `more` and `next` in the data. */
export interface Paging {
  readonly page: string;
  readonly more: string;
  readonly next: string;
}

/** Where to go on, as plain JSON: `next` of a reply. Holds no personal data; the input has to be given again. */
export interface PageToken {
  readonly provider: "openbanking";
  /** `module.operationId`: other operations refuse it. */
  readonly operation: string;
  readonly next: string;
}

export interface PageOptions extends CallOptions {
  /** Ends after so many pages. Default: when the provider says that there is none left. */
  limit?: number;
  /** `next` of an earlier reply: begins with the page after it. The input must be the same. */
  resume?: PageToken;
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
  options: PageOptions = {},
): AsyncGenerator<Reply<Data>, void> {
  const { limit = Number.POSITIVE_INFINITY, resume, ...callOptions } = options;
  checkStart(operation, limit, resume);
  const seen = new Set<unknown>();
  let asked: object = resume ? { ...again(operation, input), [paging.page]: resume.next } : input;
  for (let count = 1; count <= limit; count++) {
    seen.add((asked as Json)[paging.page]);
    const reply = await call<Data>(openBanking, operation, asked, callOptions);
    const data: Json = isRecord(reply.data) ? reply.data : {};
    const next = data[paging.more] === "Y" ? data[paging.next] : undefined;
    const leads = typeof next === "string" && next !== "" && !seen.has(next);
    if (leads) reply.next = { provider: "openbanking", operation: operation.id, next };
    yield reply;
    if (data[paging.more] !== "Y") return;
    if (!leads) throw goesInCircles(operation, paging, reply.response);
    asked = { ...again(operation, input), [paging.page]: next };
  }
}

function checkStart(operation: OpenBankingOperation, limit: number, resume: PageToken | undefined): void {
  if (!(limit >= 1)) throw faultAt(operation, "limit")("INPUT_INVALID", "must be at least 1");
  if (resume && !isTokenOf(operation, resume)) {
    throw faultAt(operation, "resume")("INPUT_INVALID", "is not of this operation");
  }
}

function isTokenOf({ id }: OpenBankingOperation, { provider, operation, next }: PageToken): boolean {
  return provider === "openbanking" && operation === id && typeof next === "string";
}

/** The input of a further page: what the client makes anew for each call is not taken along. */
function again({ from = {} }: OpenBankingOperation, input: object): Json {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !(name in from)));
}

function goesInCircles({ id }: OpenBankingOperation, { more, next }: Paging, response: Response): DecodeError {
  const message = `${id}: ${more} promises another page, ${next} does not lead to it`;
  return new DecodeError("DECODE", message, { provider: "openbanking", operation: id, response });
}
