/**
 * What an answer means: the center's `rsp_code` first, then the institution's `bank_rsp_code`, then those of each item of a list.
 * @module
 */

import type { Answer } from "../call/door.js";
import { settled } from "../call/fields.js";
import { readJson } from "../call/read-json.js";
import { makeReply } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import { type AnswerError, DecodeError } from "../errors/answer.js";
import type { Json } from "../paths.js";
import { BankError } from "./bank-error.js";
import { BANK_SUCCESS, decidingWords, failuresIn, judgedItems } from "./institution.js";
import type { OpenBankingOperation } from "./operation.js";
import { centerAdvice, centerRefusal, httpRefusal, type RefusalContext, standardRefusal } from "./refusal.js";
import type { Reply } from "./reply.js";
import { text } from "./text.js";

/** O0000 is the one of the OAuth paths. */
const SUCCESS = ["A0000", "O0000"];
/** The institution refused, or the items of a list were refused one by one. */
const BY_BANK = "A0002";
const BY_ITEM = "A0009";

/** An answer with a `rsp_code`, and what it is an answer to. */
interface Judged {
  answer: Answer<OpenBankingOperation>;
  context: RefusalContext;
  raw: Json;
  data: Json;
  code: string;
}

/** @throws the typed error that the answer stands for. */
export function read(answer: Answer<OpenBankingOperation>): Reply<unknown> {
  const { operation, received, clean } = answer;
  const { response } = received;
  const isOAuth = operation.auth === "none";
  const raw = readJson(received.body) ?? (isOAuth ? callback(response) : undefined);
  const told = { provider: "openbanking", operation: operation.id, response, clean, isOAuth };
  const context = { ...told, transactionId: text(raw?.api_tran_id) };
  const code = text(raw?.rsp_code);
  if (!raw || !code) return withoutCode(raw, answer, context);
  if (SUCCESS.includes(code) && !response.ok) throw httpRefusal(context);
  const judged = { answer, context, raw, data: settled(operation, raw) as Json, code };
  const isGood = isReading(judged) ? isReadable(judged) : isConfirmed(judged);
  if (!isGood) throw refusalOf(judged);
  return reply(raw, judged.data, answer);
}

function isReading({ answer }: Pick<Judged, "answer">): boolean {
  return answer.operation.retry === "safe";
}

/** Who reads a list gets to see it, together with which of its items were refused. */
function isReadable({ data, code }: Judged): boolean {
  const isSaid = SUCCESS.includes(code) || ([BY_BANK, BY_ITEM].includes(code) && judgedItems(data).length > 0);
  return isSaid && (text(data.bank_rsp_code) ?? BANK_SUCCESS) === BANK_SUCCESS;
}

/** What changes something has succeeded when everybody says so. Of a transfer somebody has to. */
function isConfirmed({ answer, context, data, code }: Judged): boolean {
  if (!SUCCESS.includes(code) || decidingWords(data, answer.clean)) return false;
  const isTransfer = answer.wire.reference !== undefined && "checkType" in answer.wire.reference;
  if (!isTransfer || text(data.bank_rsp_code) || judgedItems(data).length > 0) return true;
  throw new DecodeError("DECODE", `${context.operation}: the answer does not say what became of the transfer`, context);
}

/** The institution's words are the reason after A0000, A0002 and A0009. Any other code is the center's own. */
function refusalOf(judged: Judged): AnswerError {
  const { answer, context, raw, data, code } = judged;
  const words = decidingWords(data, answer.clean);
  const isByBank = [...SUCCESS, BY_BANK, BY_ITEM].includes(code);
  if (!words) return centerRefusal(raw, context, safely(judged, isByBank ? undefined : centerAdvice(raw)));
  const advices = isByBank ? [words.advice] : [centerAdvice(raw), words.advice];
  const advice = safely(judged, advices.find((advice) => advice === "check-outcome") ?? advices[0]);
  const message = answer.clean(text(raw.rsp_message) ?? "");
  return new BankError({ code, message, data: raw }, words, { ...context, advice: advice ?? "report" });
}

/**
 * A code that nobody knows, or one of a server in trouble, says nothing about what happened. Where nothing but reading was asked for,
 * finding out comes to the same as asking again.
 */
function safely(judged: Judged, advice: Advice | undefined): Advice | undefined {
  const { answer, context } = judged;
  if (isReading(judged)) return advice === "check-outcome" ? "retry" : advice;
  if (context.response.status >= 500) return "check-outcome";
  return advice ?? (answer.wire.reference ? "check-outcome" : undefined);
}

/** An answer without `rsp_code`: a token, an error of RFC 6749, the callback of an authorization, or nothing to make sense of. */
function withoutCode(raw: Json | undefined, answer: Answer<OpenBankingOperation>, context: RefusalContext) {
  const { response, operation, isOAuth } = context;
  const error = text(raw?.error);
  if (raw && error && response.status < 500) throw standardRefusal(error, raw, context);
  if (!response.ok && (!raw || response.status !== 302)) throw httpRefusal(context);
  if (raw && isOAuth) return reply(raw, settled(answer.operation, raw) as Json, answer);
  throw new DecodeError("DECODE", `${operation}: the answer has no rsp_code`, context);
}

/** The authorization answers by sending the browser back: what it has to say stands in the query of the redirect. */
function callback({ status, headers }: Response): Json | undefined {
  const location = status === 302 ? headers.get("Location") : null;
  if (!location || !URL.canParse(location)) return undefined;
  const query = Object.fromEntries(new URL(location).searchParams);
  return "code" in query || "error" in query ? query : undefined;
}

function reply(raw: Json, data: Json, { received, clean }: Answer<OpenBankingOperation>): Reply<unknown> {
  const shown = {
    data,
    code: text(raw.rsp_code) ?? "",
    message: text(raw.rsp_message) ?? "",
    transactionId: text(raw.api_tran_id),
    bankCode: text(raw.bank_rsp_code),
    failures: failuresIn(data, clean),
  };
  return makeReply(shown, { raw, response: received.response });
}
