/**
 * What an answer means: a reply, a challenge, or one of the typed errors.
 * @module
 */
import {
  type AnswerContext,
  AuthenticationError,
  DecodeError,
  HttpError,
  type KofinError,
  PermissionError,
  ProviderError,
  type Refusal,
} from "../errors.js";
import { hide } from "../hide.js";
import type { Received } from "../http.js";
import { isRecord, type Json } from "../paths.js";
import { asksTwoWay, type Challenge, type Question, readChallenge, type TwoWayReply } from "./challenge.js";
import { type Envelope, readEnvelope, readJson } from "./envelope.js";
import type { CodefOperation } from "./operation.js";
import { toReply } from "./reply.js";

/** Token trouble told in a 200 envelope. */
const TOKEN_CODES = /^CF-(00026|0999[0-4]|99997)$/;

/** The product is not applied for or the client may not use it: a new token would not help, CF-00401 included. */
const PERMISSION_CODES = /^CF-(00003|00013|0040[13]|12049)$/;

/** 추가인증 where the spec does not announce it. `challenge` goes to `answerChallenge` like any other; it is not enumerable. */
export class TwoWayRequiredError extends ProviderError {
  declare readonly challenge: Challenge;

  constructor(challenge: Challenge, refusal: Refusal, context: AnswerContext) {
    super(refusal, context);
    hide(this, { challenge });
  }
}

export interface Case {
  operation: CodefOperation;
  question: Question;
  /** Takes secrets out of the provider's texts. */
  clean: (text: string) => string;
}

/** @throws the typed error that the answer stands for. */
export function judge({ operation, question, clean }: Case, { response, body }: Received): TwoWayReply<unknown> {
  const raw = readJson(body);
  const envelope = raw && readEnvelope(raw);
  const context = { provider: "codef", operation: operation.id, response };
  if (!envelope) throw withoutEnvelope(raw, context, clean);

  const { code, transactionId } = envelope.result;
  const challenge = asksTwoWay(envelope) ? readChallenge(envelope, question, Date.now()) : undefined;
  if (challenge && operation.twoWay) return { status: "challenge", challenge };
  if (!challenge && (code === "CF-00000" || operation.success?.includes(code)))
    return toReply(operation, envelope, response);

  const refusal = { ...readRefusal(envelope, clean), data: envelope.data };
  const answerContext = { ...context, transactionId };
  if (challenge) throw new TwoWayRequiredError(challenge, refusal, answerContext);
  if (TOKEN_CODES.test(code)) throw new AuthenticationError(code, `${code} ${refusal.message}`, answerContext);
  throw new (PERMISSION_CODES.test(code) ? PermissionError : ProviderError)(refusal, answerContext);
}

/** An answer that is no envelope: the gateway's own JSON, an HTTP failure, or text that nobody can read. */
function withoutEnvelope(raw: Json | undefined, context: AnswerContext, clean: (text: string) => string): KofinError {
  const { response, operation } = context;
  const { status } = response;
  const code = typeof raw?.code === "string" ? raw.code : undefined;
  const message = typeof raw?.message === "string" ? clean(raw.message) : `HTTP ${status}`;
  if (status === 401 || raw?.error === "invalid_token") {
    return new AuthenticationError(code ?? "CLIENT_REFUSED", `CODEF refused the token: ${message}`, context);
  }
  if (status === 403 || raw?.error === "access_denied") {
    return new PermissionError({ code: code ?? "CF-00403", message, data: undefined }, context);
  }
  if (!response.ok) return new HttpError(`HTTP_${status}`, `${operation}: CODEF answered HTTP ${status}`, context);
  return new DecodeError("DECODE", `${operation}: the answer is no CODEF envelope`, context);
}

/** CF-04000 hides why an account was refused: the reasons stand in `errorList`. */
function readRefusal({ result, data }: Envelope, clean: (text: string) => string): Refusal {
  const list = isRecord(data) && Array.isArray(data.errorList) ? data.errorList.filter(isRecord) : [];
  const reasons = list.map(({ organization, code, message }) =>
    [organization, code, message].filter(Boolean).join(" "),
  );
  const extraMessage = clean([result.extraMessage, ...reasons].filter(Boolean).join("; "));
  return { code: result.code, message: clean(result.message), extraMessage };
}
