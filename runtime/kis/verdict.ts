/**
 * What an answer means: a reply, or one of the typed errors.
 * @module
 */
import { type Answer, makeReply, readJson, settled } from "../call/index.js";
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
import type { KisOperation } from "./operation.js";
import type { Reply, ReplyExtras } from "./reply.js";

/** @throws the typed error that the answer stands for */
export function verdict({ operation, wire, received, clean }: Answer<KisOperation>): Reply<unknown> {
  const { response, body } = received;
  const raw = readJson(body);
  const refusal = raw && readRefusal(raw, clean);
  // What has no tr_id has no envelope either: there only a refusal brings one.
  const isWhole = raw && (!operation.trId || text(raw.rt_cd) === "0");
  if (!isWhole || refusal || !response.ok) throw failure(operation, response, refusal);
  const { rt_cd: _, msg_cd, msg1, ...data } = raw;
  return makeReply<unknown, ReplyExtras>(
    {
      data: settled(operation, data),
      code: text(msg_cd ?? raw.code),
      message: text(msg1 ?? raw.message),
      transactionId: transactionOf(response),
      trId: wire.headers?.tr_id ?? "",
      trCont: text(response.headers.get("tr_cont")),
    },
    { raw, response },
  );
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

function transactionOf({ headers }: Response): string | undefined {
  return headers.get("gt_uid")?.trim() || undefined;
}

/** What KIS says comes padded with blanks. */
function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}
