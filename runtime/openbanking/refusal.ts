/**
 * What a refusal means, as one of the typed errors.
 * @module
 */
import type { Advice } from "../errors/advice.js";
import {
  type AnswerContext,
  type AnswerError,
  AuthenticationError,
  HttpError,
  PermissionError,
  ProviderError,
} from "../errors/answer.js";
import type { Json } from "../paths.js";
import { adviceOf } from "./advice.js";
import { detailOf, standardError } from "./oauth-details.js";
import { text } from "./text.js";

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
  return (code === "O0001" ? detailOf(text(raw.rsp_message))?.advice : undefined) ?? adviceOf(code);
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
  const mend = (code === "O0001" ? detailOf(message)?.mend : undefined) ?? MEND[advice];
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
