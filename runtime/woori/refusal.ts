/**
 * What an answer means that is no plain success: one of the typed errors.
 * @module
 */

import { failurePath } from "../call/failure.js";
import type { Received } from "../call/http.js";
import type { Call, FailurePath } from "../call/protocol.js";
import { readJson, toList } from "../call/reply.js";
import type { Advice } from "../errors/advice.js";
import { type AnswerError, AuthenticationError, DecodeError, HttpError, ProviderError } from "../errors/answer.js";
import { isRecord, type Json } from "../paths.js";
import { adviceOf } from "./advice.js";
import type { Credentials } from "./auth.js";
import type { Device } from "./device.js";
import type { CallContext, WooriOperation } from "./operation.js";
import { type BankAnswer, codeText, readAnswer, resultIn, text, toReply } from "./response.js";

type WooriCall = Call<WooriOperation, CallContext>;

/** An answer, and what it is an answer to. */
interface Case {
  operation: WooriOperation;
  received: Received;
  clean: (text: string) => string;
}

export function failurePathFor({ appKey, secretKey, token }: Credentials): FailurePath<WooriOperation, CallContext> {
  return failurePath({
    explain({ operation }, received, clean) {
      const found: Case = { operation, received, clean };
      const { response } = received;
      const raw = readJson(received.body);
      const answer = raw && readAnswer(raw);
      const refusal = raw && (readRefusal(answer?.dataBody ?? raw) ?? (answer ? undefined : partnerRefusal(raw)));
      if (refusal) throw refused(found, refusal, answer);
      if (!response.ok) throw failed(found);
      const reply = toReply(operation, response, raw, answer);
      if (reply) return reply;
      const message = `${operation.id}: the answer has no dataBody`;
      throw new DecodeError("DECODE", message, { provider: "woori", operation: operation.id, response });
    },
    secrets: ({ operation, input, context }: WooriCall) => [
      ...[appKey, secretKey, typeof token === "string" ? token : undefined],
      ...personal(context.device),
      // Without a spec nobody knows what of the input is secret, so all of it is.
      ...(operation.id === operation.path ? leaves(input) : []),
    ],
  });
}

/** Whose device it is; its model and versions are anybody's. */
function personal(device: Device): string[] {
  return [device.UTZPE_CNCT_IPAD, device.UTZPE_CNCT_MCHR_UNQ_ID, device.UTZPE_CNCT_TEL_NO_TXT];
}

function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [value];
}

/** A refusal as the bank words it. */
interface BankRefusal {
  code: string;
  message: string;
  /** What the bank's own system says, code and text. */
  details: string;
  /** Nothing in it is the bank's. */
  isOpen?: true;
}

/** The refusal in a `dataBody`; undefined when it is none. The documents write ERRCODE, the bank sends ERRORCODE. */
function readRefusal(dataBody: Json): BankRefusal | undefined {
  const list = toList(dataBody.ERRORLIST ?? []) as unknown[];
  const reasons = list.filter(isRecord).map(({ MSG_CD, MAIN_MSG_TXT }) => [text(MSG_CD), text(MAIN_MSG_TXT)]);
  const code =
    codeText(dataBody.ERRCODE) || codeText(dataBody.ERRORCODE) || reasons.map(([code]) => code).find(Boolean);
  if (!code) return serviceRefusal(dataBody);
  const details = reasons.map((reason) => reason.filter(Boolean).join(" ")).filter(Boolean);
  return { code, message: text(dataBody.ERRUSRMSG), details: details.join("; ") };
}

/** A service that puts its result among its data. */
function serviceRefusal(dataBody: Json): BankRefusal | undefined {
  const result = resultIn(dataBody);
  return result && { ...result, details: "" };
}

/** A partner's server that stands in between, and has no answer of the bank to pass on. */
function partnerRefusal({ rtncd, rtnmsg }: Json): BankRefusal | undefined {
  const code = codeText(rtncd);
  return /[^0]/.test(code) ? { code, message: text(rtnmsg), details: "", isOpen: true } : undefined;
}

/** 클라이언트 인증 실패: the app key or the secret key is wrong. */
const CLIENT_REFUSED = "SYSCD03003";

function refused({ operation, received, clean }: Case, said: BankRefusal, answer: BankAnswer | undefined): AnswerError {
  const { response } = received;
  const { code, details, isOpen } = said;
  const message = clean(said.message);
  const advice = adviceOf(code, { ...operation, status: response.status, told: details !== "", isOpen });
  const { transactionId } = answer ?? {};
  const context = { provider: "woori", operation: operation.id, response, transactionId, advice };
  if (advice === "renew-token" || code === CLIENT_REFUSED) {
    return new AuthenticationError(code, `${code} ${message}`.trim(), context);
  }
  const refusal = { code, message, extraMessage: clean(details), data: answer?.dataBody };
  return new ProviderError(refusal, context);
}

/** What to do about a status without a code. None is repeated: the one failure that Woori calls temporary has a code. */
const STATUS_ADVICE: Readonly<Record<number, Advice>> = {
  400: "fix-request",
  403: "apply",
  404: "fix-request",
  405: "fix-request",
  503: "unavailable",
};

function failed({ operation, received: { response } }: Case): AnswerError {
  const { status } = response;
  const context = { provider: "woori", operation: operation.id, response };
  if (status === 401) {
    const message = `${operation.id}: Woori refused the token (HTTP 401)`;
    return new AuthenticationError("CLIENT_REFUSED", message, { ...context, advice: "renew-token" });
  }
  const advice = STATUS_ADVICE[status] ?? "report";
  return new HttpError(`HTTP_${status}`, `${operation.id}: Woori answered HTTP ${status}`, { ...context, advice });
}
