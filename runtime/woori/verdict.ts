/**
 * What an answer means: a reply, or one of the typed errors.
 * @module
 */
import { type Answer, makeReply, type Reply, readJson, settled } from "../call/index.js";
import type { Advice } from "../errors/advice.js";
import { type AnswerError, AuthenticationError, DecodeError, HttpError, ProviderError } from "../errors/answer.js";
import { adviceOf } from "./advice.js";
import { type BankAnswer, type BankRefusal, readAnswer, readRefusal } from "./answer.js";
import { isBusiness } from "./envelope.js";
import type { WooriOperation } from "./operation.js";

type Case = Answer<WooriOperation>;

/** @throws the typed error that the answer stands for. */
export function verdict(found: Case): Reply<unknown> {
  const { operation, received } = found;
  const { response } = received;
  const raw = readJson(received.body);
  const answer = raw && readAnswer(raw);
  const refusal = raw && readRefusal(answer?.dataBody ?? raw);
  if (refusal) throw refused(found, refusal, answer);
  if (!response.ok) throw failed(found);
  const data = answer?.dataBody ?? (isBusiness(operation) ? undefined : (raw ?? {}));
  if (!data) {
    const message = `${operation.id}: the answer has no dataBody`;
    throw new DecodeError("DECODE", message, { provider: "woori", operation: operation.id, response });
  }
  return makeReply(
    {
      data: settled(operation, data),
      // Woori has a code for every failure and none for success.
      code: `HTTP_${response.status}`,
      message: "",
      transactionId: answer?.transactionId,
    },
    { raw: raw ?? {}, response },
  );
}

/** 클라이언트 인증 실패: the app key or the secret key is wrong. */
const CLIENT_REFUSED = "SYSCD03003";

function refused({ operation, received, clean }: Case, said: BankRefusal, answer: BankAnswer | undefined): AnswerError {
  const { response } = received;
  const { code, details } = said;
  const message = clean(said.message);
  const advice = adviceOf(code, { ...operation, status: response.status, told: details !== "" });
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
