/**
 * Page after page. Loads with the first walk through pages.
 * @module
 */
import { faults } from "../call/fault.js";
import { AnswerError, DecodeError } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";

/** Where a page is, as plain JSON: what changes in the input, in the words of its style. */
export type Place = Json;

/** Where a walk through pages goes on, for another day or another process. */
export interface PlaceToken {
  readonly provider: string;
  /** `module.operationId`: other operations refuse it. */
  readonly operation: string;
}

/** What a page has to have. */
interface PageReply {
  data: unknown;
  readonly response: Response;
}

/** A page, and how it was asked for. */
export interface Page<R extends PageReply = PageReply> {
  asked: Json;
  reply: R;
  /** Where the pages so far were: to notice that they go round in a circle. */
  visited: Set<string>;
}

/** How further pages are asked for. */
export interface PagingStyle<R extends PageReply = PageReply> {
  /** What leads to the next page, for the error that it does not. */
  readonly leader: string;
  /** The input that asks for the page at `place`. */
  asking(input: Json, place: Place): Json;
  /** Where the next page is; undefined when there is none, `stuck` when the answer promises one without leading to it. */
  step(page: Page<R>): Place | "stuck" | undefined;
  /** The place in a token that may have been anywhere; undefined when there is none in it. */
  placeIn(token: Json): Place | undefined;
  /** The data without what earlier pages had; undefined when nothing is left, which is the end. */
  unseen?(data: unknown, place: Place): unknown;
}

/** A walk through the pages of one operation. */
export interface Turning<R extends PageReply> {
  provider: string;
  operation: { id: string };
  style: PagingStyle<R>;
  /** Calls the operation. `place`: where the page is, for one after the first. */
  ask(input: Json, place: Place | undefined): Promise<R>;
  /** Replies say in `next` where to go on. */
  resumable?: boolean;
  limit?: number | undefined;
  resume?: PlaceToken | undefined;
}

/**
 * Ends without a page where a code says that nothing is there (advice `empty`).
 * @throws InvalidInputError `INPUT_INVALID`; DecodeError when an answer promises more without leading further
 */
export async function* turnPages<R extends PageReply>(turning: Turning<R>, input: object): AsyncGenerator<R, void> {
  const { provider, operation, style, limit = Number.POSITIVE_INFINITY, resume, resumable } = turning;
  if (!(limit >= 1) || (!Number.isInteger(limit) && limit !== Number.POSITIVE_INFINITY)) {
    throw faults(provider)(operation, "limit")("INPUT_INVALID", "must be a number of pages, 1 or more");
  }
  let place = resume && placeOf(turning, resume);
  const visited = new Set<string>();
  for (let count = 1; count <= limit; count++) {
    const asked = place ? style.asking(input as Json, place) : (input as Json);
    const reply = await turning.ask(asked, place).catch(nothingThere);
    if (reply === undefined) return;
    if (place && style.unseen) {
      reply.data = style.unseen(reply.data, place);
      if (reply.data === undefined) return;
    }
    const step = style.step({ asked, reply, visited });
    if (resumable && isRecord(step)) Object.assign(reply, { next: { provider, operation: operation.id, ...step } });
    yield reply;
    if (step === "stuck") throw stuck(turning, reply.response);
    if (!step) return;
    place = step;
  }
}

/** Some refuse where others answer with an empty list: both are a walk without pages. */
function nothingThere(error: unknown): undefined {
  if (error instanceof AnswerError && error.advice === "empty") return undefined;
  throw error;
}

function stuck<R extends PageReply>(
  { provider, operation: { id }, style }: Turning<R>,
  response: Response,
): DecodeError {
  const message = `${id}: the answer promises another page, and ${style.leader} leads to none that was not there before`;
  return new DecodeError("DECODE", message, { provider, operation: id, response });
}

/** A token may have been anywhere: it changes the fields that pages are asked for with, and no other. */
function placeOf<R extends PageReply>({ provider, operation, style }: Turning<R>, token: PlaceToken): Place {
  const fault = faults(provider)(operation, "resume");
  if (!isRecord(token) || typeof token.operation !== "string")
    throw fault("INPUT_INVALID", "must be the `next` of a reply");
  if ((token.provider ?? provider) !== provider || token.operation !== operation.id) {
    throw fault("INPUT_INVALID", `belongs to ${token.operation}`);
  }
  const place = style.placeIn(token);
  if (!place) throw fault("INPUT_INVALID", "must be the `next` of a reply, as it was");
  return place;
}
