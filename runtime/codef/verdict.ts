/**
 * What an answer means: a reply, a challenge, or one of the typed errors.
 * @module
 */
import {
  type AnswerContext,
  AuthenticationError,
  DecodeError,
  HttpError,
  PermissionError,
  ProviderError,
  type Refusal,
} from "../errors/answer.js";
import type { KofinError } from "../errors/kofin-error.js";
import type { Received } from "../http.js";
import { isRecord, type Json } from "../paths.js";
import { adviceOf } from "./advice.js";
import { readBroken, unpack } from "./broken.js";
import { type Question, readChallenge, type TwoWayReply } from "./challenge.js";
import { asksTwoWay, type Envelope, readEnvelope } from "./envelope.js";
import type { CodefOperation } from "./operation.js";
import { isSuccess, toReply } from "./reply.js";
import { text } from "./text.js";
import { TwoWayRequiredError } from "./two-way-required.js";
import { readJson } from "./wire.js";

/** Gateways in trouble; another attempt finds them better. */
const TEMPORARY_STATUS = [429, 502, 503, 504];

export interface Case {
  operation: CodefOperation;
  question: Question;
  /** Takes secrets out of the provider's texts. */
  clean: (text: string) => string;
}

/** @throws the typed error that the answer stands for. */
export function verdict({ operation, question, clean }: Case, { response, body }: Received): TwoWayReply<unknown> {
  const raw = readJson(body) ?? readBroken(body);
  const envelope = raw && readEnvelope({ ...raw, data: unpack(raw.data) });
  const context = { provider: "codef", operation: operation.id, response };
  if (!envelope) throw withoutEnvelope(raw, context, clean);

  const { code, transactionId } = envelope.result;
  const challenge = response.ok && asksTwoWay(envelope) ? readChallenge(envelope, question, Date.now()) : undefined;
  if (challenge && operation.twoWay) return { status: "challenge", challenge };
  if (!challenge && isSuccess(operation, code)) {
    // A gateway may fail around an answer; then nobody knows what it is worth.
    if (!response.ok) throw withoutEnvelope(undefined, context, clean);
    // It asks for something without saying how to go on: then its data is all there is.
    return toReply(operation, envelope.raw, response);
  }

  const refusal = { ...readRefusal(envelope, clean), data: envelope.data };
  const advice = adviceOf(code);
  const answerContext = { ...context, transactionId, advice };
  if (challenge) throw new TwoWayRequiredError(challenge, refusal, answerContext);
  if (response.status === 401 || advice === "renew-token") {
    const refused = { ...answerContext, advice: "renew-token" } as const;
    throw new AuthenticationError(code, `${code} ${refusal.message}`, refused);
  }
  // CF-00401 in an envelope is among them: the product is not applied for, and a new token would not help.
  throw new (advice === "apply" ? PermissionError : ProviderError)(refusal, answerContext);
}

/** An answer that is no envelope: the gateway's own JSON, an HTTP failure, or text that nobody can read. */
function withoutEnvelope(raw: Json | undefined, context: AnswerContext, clean: (text: string) => string): KofinError {
  const { response, operation } = context;
  const { status } = response;
  const code = typeof raw?.code === "string" ? raw.code : undefined;
  const message = typeof raw?.message === "string" ? clean(raw.message) : `HTTP ${status}`;
  if (status === 401 || raw?.error === "invalid_token") {
    const refused = { ...context, advice: "renew-token" } as const;
    return new AuthenticationError(code ?? "CLIENT_REFUSED", `CODEF refused the token: ${message}`, refused);
  }
  if (status === 403 || raw?.error === "access_denied") {
    return new PermissionError({ code: code ?? "CF-00403", message }, { ...context, advice: "apply" });
  }
  if (!response.ok) {
    const advice = TEMPORARY_STATUS.includes(status) ? "retry" : "report";
    return new HttpError(`HTTP_${status}`, `${operation}: CODEF answered HTTP ${status}`, { ...context, advice });
  }
  return new DecodeError("DECODE", `${operation}: the answer is no CODEF envelope`, context);
}

/** CF-04000 hides why an account was refused: the reasons stand in `errorList`. */
function readRefusal({ result, data }: Envelope, clean: (text: string) => string): Refusal {
  const list = isRecord(data) && Array.isArray(data.errorList) ? data.errorList.filter(isRecord) : [];
  const reasons = list.map(({ organization, code, message }) =>
    [organization, code, message].map(text).filter(Boolean).join(" "),
  );
  const extraMessage = clean([result.extraMessage, ...reasons].filter(Boolean).join("; "));
  return { code: result.code, message: clean(result.message), extraMessage };
}
