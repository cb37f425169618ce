/**
 * What an answer means: a reply, a challenge, or one of the typed errors.
 * @module
 */

import { failurePath } from "../call/failure.js";
import { decodeFields } from "../call/fields.js";
import type { Received } from "../call/http.js";
import { secretPaths } from "../call/operation.js";
import type { Call, FailurePath } from "../call/protocol.js";
import type { Outcome } from "../call/reply.js";
import {
  type AnswerContext,
  AuthenticationError,
  DecodeError,
  HttpError,
  PermissionError,
  ProviderError,
  type Refusal,
} from "../errors/answer.js";
import { hide, type KofinError } from "../errors/kofin-error.js";
import { isRecord, type Json, valuesAt } from "../paths.js";
import { adviceOf } from "./advice.js";
import { basic, type Credentials } from "./auth.js";
import { asksTwoWay, type Envelope, readBroken, readEnvelope, TWO_WAY_CODE, unpack } from "./envelope.js";
import { type CodefEnvironment, type CodefOperation, isSuccess, text } from "./operation.js";
import { readJson, toReply } from "./response.js";
import { type ChallengeReply, type Continuation, type Question, readChallenge } from "./two-way/challenge.js";
import { TwoWayRequiredError } from "./two-way/required.js";

/** Gateways in trouble; another attempt finds them better. */
const TEMPORARY_STATUS = [429, 502, 503, 504];

type CodefCall = Call<CodefOperation, Continuation>;

/** What of a client's options decides what its answers mean, and what must not stand in a text. */
export interface RefusalSettings extends Credentials {
  environment?: CodefEnvironment;
  publicKey?: string;
}

export function failurePathFor(settings: RefusalSettings): FailurePath<CodefOperation, Continuation> {
  const { environment = "sandbox", clientSecret, publicKey } = settings;
  return failurePath({
    explain: (call, received, clean) => explain(call, received, clean, environment),
    // Two-way products and registrations: what became of one shows in its next answer.
    onlyAsks: true,
    secrets: ({ operation, input, request }) => {
      const sent = [input, request?.body].flatMap((body) =>
        operation.id === operation.path ? namedSecrets(body) : valuesAt(body, secretPaths(operation)),
      );
      return [clientSecret, basic(settings), publicKey, ...sent];
    },
    // The same request is still running at CODEF: 5 to 15 seconds are advised.
    patience: ({ code }) => (code === "CF-00016" ? 5 : 1),
  });
}

/** Names that hold secrets and personal data in calls without a spec. */
const SECRET_NAME =
  /pass|pwd|secret|token|identity|file|cert|card|account|name|phone|birth|mail|addr|authno|secureno|connectedid|^id$|userid/i;

function namedSecrets(value: unknown, name = ""): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => namedSecrets(item, name));
  if (isRecord(value)) return Object.entries(value).flatMap(([key, item]) => namedSecrets(item, key));
  return SECRET_NAME.test(name) ? [value] : [];
}

/** @throws the typed error that the answer stands for. */
function explain(
  call: CodefCall,
  { response, body }: Received,
  clean: (text: string) => string,
  environment: CodefEnvironment,
): Outcome {
  const { operation } = call;
  const raw = readJson(body) ?? readBroken(body);
  const envelope = raw && readEnvelope({ ...raw, data: unpack(raw.data) });
  const context = { provider: "codef", operation: operation.id, response };
  if (!envelope) throw withoutEnvelope(raw, context, clean);

  const { code, transactionId } = envelope.result;
  const challenge =
    response.ok && asksTwoWay(envelope)
      ? readChallenge(envelope, questionOf(call, environment), Date.now())
      : undefined;
  if (challenge && operation.twoWay) {
    const reply: ChallengeReply<unknown> = { status: "challenge", challenge };
    return hide(reply, { code: TWO_WAY_CODE, transactionId }) as ChallengeReply<unknown> & Outcome;
  }
  if (!challenge && isSuccess(operation, code)) {
    // A gateway may fail around an answer; then nobody knows what it is worth.
    if (!response.ok) throw withoutEnvelope(undefined, context, clean);
    // It asks for something without saying how to go on: then its data is all there is.
    return toReply(envelope.raw, dataOf(operation, envelope.raw.data), response);
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

/** Lists as lists, objects as objects: what is empty comes as `{}`, `[]`, `""`, null, or not at all. */
function dataOf(operation: CodefOperation, data: unknown): unknown {
  const shaped = decodeFields(operation, data);
  const isEmpty = shaped === "" || (Array.isArray(shaped) && shaped.length === 0 && !operation.many?.includes(""));
  return isEmpty ? {} : (shaped ?? {});
}

/** A further question continues the same first request. */
function questionOf({ operation, request, context: { answered } }: CodefCall, environment: CodefEnvironment): Question {
  return answered
    ? { environment, operation: answered.operation, body: answered.body, round: answered.round + 1, answered }
    : { environment, operation, body: request?.body as Json, round: 1 };
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
