/**
 * Page after page. Loads with the first walk through pages.
 * @module
 */
import { DecodeError } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { call } from "./call.js";
import { faultAt } from "./fault.js";
import { stepByKeys } from "./key-paging.js";
import type { KisOperation } from "./operation.js";
import type { PageToken } from "./page-token.js";
import type { PageOptions } from "./pages.js";
import type { Reply } from "./reply.js";
import type { Kis } from "./session.js";
import { older, stepBack } from "./walk.js";

/** How further pages are asked for: fields of the request stand by name, those of the data by path. */
export type Paging = KeyPaging | WalkPaging;

/** What the answer says goes back to KIS with the next request: field of the request → path in the data. */
export interface KeyPaging {
  /** `header-key`: a header says whether there is more. `key`: as long as something comes back. */
  readonly style: "header-key" | "key";
  readonly keys?: Readonly<Record<string, string>>;
  /** What else changes from the second page on. */
  readonly set?: Readonly<Record<string, string>>;
  /** Of the style `key`: further pages are asked for with the header, too. */
  readonly continued?: true;
}

/** The request moves before the oldest item of `list`. */
export interface WalkPaging {
  readonly style: "walk";
  readonly list: string;
  /** Field of the request → field of an item: a date, a time of day, or both, in fields of their own or joined in one. */
  readonly back: Readonly<Record<string, string | readonly string[]>>;
  /** What else changes from the second page on. */
  readonly set?: Readonly<Record<string, string>>;
  /** The field of the request that says where it ends. */
  readonly until?: string;
}

/** Where the next page is; `stuck` when the answer promises one without leading to it. */
export type Step = Pick<PageToken, "at" | "before"> | "stuck" | undefined;

/** A page, and how it was asked for. */
export interface Page {
  asked: Json;
  data: unknown;
  trCont: string;
  /** Where the pages so far were: to notice that they go round in a circle. */
  visited: Set<string>;
}

export async function* turnPages<Data>(
  kis: Kis,
  operation: KisOperation,
  paging: Paging,
  input: object = {},
  options: PageOptions = {},
): AsyncGenerator<Reply<Data>, void> {
  const { limit = Number.POSITIVE_INFINITY, resume, ...callOptions } = options;
  if (!(limit >= 1)) throw faultAt(operation, "limit")("INPUT_INVALID", "must be a number of pages, 1 or more");
  let place: Pick<PageToken, "at" | "before"> | undefined = resume && checkToken(operation, paging, resume);
  const isContinued = paging.style === "header-key" || (paging.style === "key" && paging.continued === true);
  const further = isContinued ? { ...operation, trCont: "N" as const } : operation;
  const visited = new Set<string>();

  for (let count = 1; count <= limit; count++) {
    const asked = { ...input, ...place?.at };
    const reply = await call<Data>(kis, place ? further : operation, asked, callOptions);
    if (paging.style === "walk" && place) {
      const left = older(paging, reply.data, place.before ?? "");
      if (!left) return;
      reply.data = left as Data;
    }
    const page: Page = { asked, data: reply.data, trCont: reply.trCont, visited };
    const step = paging.style === "walk" ? stepBack(paging, page) : stepByKeys(paging, page);
    if (step && step !== "stuck") reply.next = { provider: "kis", operation: operation.id, ...step };
    yield reply;
    if (step === "stuck") throw stuck(operation, reply.response);
    if (!step) return;
    place = step;
  }
}

function stuck({ id }: KisOperation, response: Response): DecodeError {
  const message = `${id}: the answer promises another page, and leads to one that was there before`;
  return new DecodeError("DECODE", message, { provider: "kis", operation: id, response });
}

/** A token may have been anywhere: it changes the fields that pages are asked for with, and no other. */
function checkToken(operation: KisOperation, paging: Paging, token: PageToken): Pick<PageToken, "at" | "before"> {
  const fault = faultAt(operation, "resume");
  if (!isRecord(token) || !isRecord(token.at)) throw fault("INPUT_INVALID", "must be the `next` of a reply");
  if (token.operation !== operation.id) throw fault("INPUT_INVALID", `belongs to ${token.operation}`);
  const fields = Object.keys({ ...(paging.style === "walk" ? paging.back : paging.keys), ...paging.set });
  const { at, before } = token as PageToken;
  const isOdd = Object.entries(at).some(([field, value]) => !fields.includes(field) || typeof value !== "string");
  if (isOdd) throw fault("INPUT_INVALID", "must be the `next` of a reply, as it was");
  return { at, ...(typeof before === "string" && { before }) };
}
