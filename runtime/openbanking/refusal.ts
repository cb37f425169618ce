/**
 * What an answer means that is no plain success: the center's `rsp_code` first, then the institution's `bank_rsp_code`, then those of
 * each item of a list. A reply after all, or one of the typed errors.
 * @module
 */

import { failurePath } from "../call/failure.js";
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import type { FailurePath } from "../call/protocol.js";
import { readJson } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import {
  type AnswerContext,
  type AnswerError,
  AuthenticationError,
  DecodeError,
  HttpError,
  PermissionError,
  ProviderError,
} from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { adviceOf, detailOf, standardError } from "./advice.js";
import { BankError } from "./bank-error.js";
import type { ClientSettings } from "./credentials.js";
import { codedItems, decidingWords, failuresIn, refusalIn } from "./institution.js";
import type { Context, OpenBankingCall, OpenBankingOperation, Reply } from "./operation.js";
import { isTransfer, SUCCESS, saidIn, text, toReply } from "./response.js";

/** The institution refused, or the items of a list were refused one by one. */
const BY_BANK = "A0002";
const BY_ITEM = "A0009";

export function failurePathFor({ clientSecret }: ClientSettings): FailurePath<OpenBankingOperation, Context> {
  return failurePath({
    explain,
    // Without a spec nobody knows what is secret, so all of it is.
    secrets: ({ operation, input, request }) => [
      clientSecret,
      ...(operation.id === operation.path ? leavesOf([input, request?.body, request?.query]) : []),
    ],
  });
}

/** Everything that stands in `value`, at any depth. */
function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isRecord(value) ? Object.values(value).flatMap(leavesOf) : [value];
}

function explain(call: OpenBankingCall, { response, body }: Received, clean: (text: string) => string): Reply<unknown> {
  const { operation } = call;
  const isOAuth = operation.auth === "none";
  const raw = readJson(body) ?? (isOAuth ? callback(response) : undefined);
  const transactionId = text(raw?.api_tran_id);
  const context = { provider: "openbanking", operation: operation.id, response, transactionId, clean, isOAuth };
  const code = text(raw?.rsp_code);
  if (!raw || !code) return withoutCode(raw, operation, context);
  if (SUCCESS.includes(code) && !response.ok) throw httpRefusal(context);
  const data = decodeFields(operation, raw) as Json;
  const isGood = isReading(call) ? isReadable(data, code) : isConfirmed(data, code);
  if (!isGood) throw refusalOf(call, context, raw, data, code);
  if (isTransfer(call.request) && saidIn(data).length === 0) {
    const message = `${operation.id}: the answer does not say what became of the transfer`;
    throw new DecodeError("DECODE", message, context);
  }
  return toReply(raw, data, response, failuresIn(data, clean));
}

function isReading({ operation }: OpenBankingCall): boolean {
  return operation.retry === "safe";
}

/** Who reads a list gets to see it, together with which of its items were refused. */
function isReadable(data: Json, code: string): boolean {
  const isSaid = SUCCESS.includes(code) || ([BY_BANK, BY_ITEM].includes(code) && codedItems(data).length > 0);
  return isSaid && refusalIn(data, String) === undefined;
}

/** What changes something has succeeded when everybody says so. Of a transfer somebody has to. */
function isConfirmed(data: Json, code: string): boolean {
  return SUCCESS.includes(code) && !saidIn(data).includes("refused");
}

/** The institution's words are the reason after A0000, A0002 and A0009. Any other code is the center's own. */
function refusalOf(call: OpenBankingCall, context: RefusalContext, raw: Json, data: Json, code: string): AnswerError {
  const words = decidingWords(data, context.clean);
  const safe = (advice: Advice | undefined) => safely(call, context, advice);
  const isByBank = SUCCESS.includes(code) || code === BY_BANK || code === BY_ITEM;
  if (!words) return centerRefusal(raw, context, safe(isByBank ? undefined : centerAdvice(raw)));
  const advices = isByBank ? [words.advice] : [centerAdvice(raw), words.advice];
  const advice = safe(advices.find((advice) => advice === "check-outcome") ?? advices[0]);
  const message = context.clean(text(raw.rsp_message) ?? "");
  return new BankError({ code, message, data: raw }, words, { ...context, advice: advice ?? "report" });
}

/**
 * A code that nobody knows, or one of a server in trouble, says nothing about what happened. Where nothing but reading was asked for,
 * finding out comes to the same as asking again.
 */
function safely(call: OpenBankingCall, { response }: RefusalContext, advice: Advice | undefined): Advice | undefined {
  if (isReading(call)) return advice === "check-outcome" ? "retry" : advice;
  if (response.status >= 500) return "check-outcome";
  return advice ?? (call.request?.reference ? "check-outcome" : undefined);
}

/** An answer without `rsp_code`: a token, an error of RFC 6749, the callback of an authorization, or nothing to make sense of. */
function withoutCode(raw: Json | undefined, spec: OpenBankingOperation, context: RefusalContext): Reply<unknown> {
  const { response, operation, isOAuth } = context;
  const error = text(raw?.error);
  if (raw && error && response.status < 500) throw standardRefusal(error, raw, context);
  if (!response.ok && (!raw || response.status !== 302)) throw httpRefusal(context);
  if (raw && isOAuth) return toReply(raw, decodeFields(spec, raw) as Json, response);
  throw new DecodeError("DECODE", `${operation}: the answer has no rsp_code`, context);
}

/** The authorization answers by sending the browser back: what it has to say stands in the query of the redirect. */
function callback({ status, headers }: Response): Json | undefined {
  const location = status === 302 ? headers.get("Location") : null;
  if (!location || !URL.canParse(location)) return undefined;
  const query = Object.fromEntries(new URL(location).searchParams);
  return "code" in query || "error" in query ? query : undefined;
}

/** Where a refusal stands. */
export interface RefusalContext extends Omit<AnswerContext, "advice"> {
  operation: string;
  /** The OAuth paths carry no token that a new one could take the place of. */
  isOAuth: boolean;
  /** Takes secrets out of the center's texts. */
  clean: (text: string) => string;
}

/** What is refused is a token or a client, not what was asked for. */
const ABOUT_TOKENS = /^O00(01|02|03|14|15)$/;

const MEND: { readonly [advice in Advice]?: string } = {
  "renew-token": "the token was refused",
  "ask-user": "the user must consent again: send them through authorizeUrl",
};

/** What a program should do about the `rsp_code` of an answer; undefined when nobody knows the code. */
export function centerAdvice(raw: Json): Advice | undefined {
  const code = text(raw.rsp_code) ?? "";
  return (code === "O0001" ? detailOf(raw)?.advice : undefined) ?? adviceOf(code);
}

/** The error of an answer whose `rsp_code` is about the call as a whole. */
export function centerRefusal(raw: Json, context: RefusalContext, advised = centerAdvice(raw)): AnswerError {
  const code = text(raw.rsp_code) ?? "";
  const message = context.clean(text(raw.rsp_message) ?? "");
  const advice = fitting(advised, context);
  const told = { ...context, advice };
  if (!ABOUT_TOKENS.test(code)) {
    return new (advice === "apply" ? PermissionError : ProviderError)({ code, message, data: raw }, told);
  }
  const mend = (code === "O0001" ? detailOf(raw)?.mend : undefined) ?? MEND[advice];
  return new AuthenticationError(code, [code, message, mend && `(${mend})`].filter(Boolean).join(" "), told);
}

/** The error of an answer in the form of RFC 6749: `{ error, error_description }`. */
export function standardRefusal(error: string, raw: Json, context: RefusalContext): AnswerError {
  const known = standardError(error);
  const advice = fitting(known?.advice, context);
  const told = { ...context, advice };
  const message = [context.clean(text(raw.error_description) ?? ""), known && `(${known.mend})`]
    .filter(Boolean)
    .join(" ");
  if (advice === "apply") return new PermissionError({ code: error, message }, told);
  if (advice === "retry" || advice === "report") return new ProviderError({ code: error, message }, told);
  return new AuthenticationError(error, `${error} ${message}`, told);
}

/** Gateways in trouble; another attempt finds them better. */
const TEMPORARY_STATUS = [429, 502, 503, 504];

/** The error of an HTTP failure that carries no result of the center. */
export function httpRefusal(context: RefusalContext): AnswerError {
  const { operation, response } = context;
  const code = `HTTP_${response.status}`;
  const message = `${operation}: the center answered HTTP ${response.status}`;
  if (response.status === 401) {
    return new AuthenticationError(code, message, { ...context, advice: fitting("renew-token", context) });
  }
  if (response.status === 403) return new PermissionError({ code, message }, { ...context, advice: "apply" });
  const advice = TEMPORARY_STATUS.includes(response.status) ? "retry" : "report";
  return new HttpError(code, message, { ...context, advice });
}

function fitting(advice: Advice | undefined, { isOAuth }: RefusalContext): Advice {
  if (isOAuth && advice === "renew-token") return "fix-request";
  return advice ?? "report";
}
