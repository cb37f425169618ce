/**
 * What an answer means that is no plain success: one of the typed errors.
 * @module
 */
import { failurePath } from "../call/failure.js";
import type { FailurePath } from "../call/protocol.js";
import { readJson } from "../call/reply.js";
import {
  type AnswerContext,
  type AnswerError,
  AuthenticationError,
  DecodeError,
  HttpError,
  PermissionError,
  ProviderError,
} from "../errors/answer.js";
import type { Json } from "../paths.js";
import { adviceFor } from "./advice.js";
import { type Credentials, secretsOf } from "./credentials.js";
import type { KisOperation } from "./operation.js";
import { text, transactionOf } from "./response.js";

export function failurePathFor(credentials: Credentials): FailurePath<KisOperation> {
  return failurePath({
    explain({ operation }, { response, body }, clean) {
      const raw = readJson(body);
      throw failure(operation, response, raw && readRefusal(raw, clean));
    },
    secrets: () => secretsOf(credentials),
    sensitive: ["account"],
  });
}

/** What KIS says about a failure. */
export interface KisRefusal {
  code: string;
  message: string;
  /** What stood beside it. */
  data?: unknown;
}

/** KIS did not take the app key, the secret or the key of the customer: nothing that a new token could mend. */
const KEY_CODES = ["EGW00102", "EGW00103", "EGW00104", "EGW00105", "EGW00304"];

/** The error in an answer that is no success. `refusal` is absent when it says nothing that can be understood. */
export function failure(
  operation: Pick<KisOperation, "id" | "retry">,
  response: Response,
  refusal: KisRefusal | undefined,
): AnswerError {
  const { status } = response;
  const context = { provider: "kis", operation: operation.id, response, transactionId: transactionOf(response) };
  if (!refusal) return unexplained(operation.id, context);
  const { code, message } = refusal;
  const advice = adviceFor(operation, code, status);
  if (KEY_CODES.includes(code)) {
    const mend = "check appKey and appSecret: real and mock have different pairs (apiportal.koreainvestment.com)";
    return new AuthenticationError(code, `${code} ${message}: ${mend}`, { ...context, advice });
  }
  if (advice === "renew-token" || status === 401) {
    return new AuthenticationError(code, `${code} ${message}`, { ...context, advice: "renew-token" });
  }
  return new (advice === "apply" ? PermissionError : ProviderError)(refusal, { ...context, advice });
}

/** An HTTP failure without a word of KIS, or text that nobody can read. */
function unexplained(id: string, context: AnswerContext): AnswerError {
  const { status, ok } = context.response;
  if (status === 401) {
    const message = `${id}: KIS refused the token (HTTP 401)`;
    return new AuthenticationError("CLIENT_REFUSED", message, { ...context, advice: "renew-token" });
  }
  if (ok) return new DecodeError("DECODE", `${id}: the answer is not what KIS answers`, context);
  const advice = status === 429 || status >= 500 ? "retry" : "report";
  return new HttpError(`HTTP_${status}`, `${id}: KIS answered HTTP ${status}`, { ...context, advice });
}

/** The refusal in an answer, whatever its status: `rt_cd` other than 0, or the form of the token endpoint. */
export function readRefusal(raw: Json, clean: (text: string) => string): KisRefusal | undefined {
  const { rt_cd, msg_cd, msg1, error_code, error_description, ...data } = raw;
  const result = text(rt_cd);
  if (result === "0" || (result === "" && error_code === undefined)) return undefined;
  const code = text(msg_cd ?? error_code) || `RT_CD_${result}`;
  return { code, message: clean(text(msg1 ?? error_description)), data };
}
