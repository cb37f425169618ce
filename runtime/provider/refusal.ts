/**
 * What an answer means that is no success: one of the typed errors, by what `provider.yaml` and the table of codes say.
 * @module
 */
import { failurePath } from "../call/failure.js";
import type { Received } from "../call/http.js";
import type { Call, FailurePath } from "../call/protocol.js";
import type { Advice } from "../errors/advice.js";
import {
  type AnswerError,
  AuthenticationError,
  DecodeError,
  HttpError,
  PermissionError,
  ProviderError,
} from "../errors/answer.js";
import { isRecord } from "../paths.js";
import type { ProviderData } from "./data.js";
import type { ApiOperation, CallContext } from "./operation.js";
import { parsed, textAt } from "./response.js";

type CodeOf = (answer: unknown) => string | undefined;

type ProviderCall = Call<ApiOperation, CallContext>;

/** @param secrets what of the client must not stand in a text */
export function failurePathFor(
  data: ProviderData,
  secrets: readonly unknown[],
  codeOf?: CodeOf,
): FailurePath<ApiOperation, CallContext> {
  return failurePath({
    explain(call, received, clean) {
      throw refusalOf(data, call, received, clean, codeOf);
    },
    // Without a spec nobody knows what of the input is secret, so all of it is.
    secrets: ({ operation, input }) => [...secrets, ...(operation.id === operation.path ? leaves(input) : [])],
  });
}

function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [value];
}

function refusalOf(
  data: ProviderData,
  { operation }: ProviderCall,
  { response, body }: Received,
  clean: (text: string) => string,
  codeOf: CodeOf = (raw) => textAt(raw, data.answer?.code),
): AnswerError {
  const { name: provider, answer = {} } = data;
  const raw = parsed(body);
  const { status, ok } = response;
  const context = { provider, operation: operation.id, response, transactionId: textAt(raw, answer.transactionId) };
  const code = codeOf(raw);
  const message = clean(textAt(raw, answer.message) ?? "");
  const advice = adviceFor(data, operation, code, status);
  if (advice === "renew-token" || (status === 401 && code === undefined)) {
    const told = [code ?? "CLIENT_REFUSED", message || `${provider} refused the credentials (HTTP ${status})`];
    return new AuthenticationError(code ?? "CLIENT_REFUSED", told.join(" "), { ...context, advice: "renew-token" });
  }
  if (code === undefined) {
    if (ok) return new DecodeError("DECODE", `${operation.id}: the answer is not what ${provider} answers`, context);
    const said = message && `: ${message}`;
    return new HttpError(`HTTP_${status}`, `${operation.id}: HTTP ${status}${said}`, { ...context, advice });
  }
  const refusal = { code, message, data: raw };
  return new (advice === "apply" ? PermissionError : ProviderError)(refusal, { ...context, advice });
}

/** What to do about a status that comes without a code that is known. */
const BY_STATUS: Readonly<Record<number, Advice>> = {
  400: "fix-request",
  401: "renew-token",
  403: "apply",
  404: "fix-request",
  405: "fix-request",
  409: "ask-user",
  415: "fix-request",
  422: "fix-request",
  429: "retry",
};

/**
 * The advice of the code's table, or else of the status. A server in trouble and a code that nobody knows leave open what became of an
 * operation that must not be repeated.
 */
function adviceFor(
  { advice: table = {} }: ProviderData,
  { retry }: ApiOperation,
  code: string | undefined,
  status: number,
): Advice {
  const listed = code === undefined ? undefined : table[code];
  // A server in trouble may have carried out all the same what must not be repeated, whatever it calls the trouble.
  if (listed) return listed === "retry" && status >= 500 && retry !== "safe" ? "check-outcome" : listed;
  if (status >= 500) return retry === "safe" ? "retry" : "check-outcome";
  return BY_STATUS[status] ?? "report";
}
