/**
 * The provider's envelope, from the server's side: around what callers get, and around a refusal.
 * @module
 */
import type { ResultCode, Schema } from "../../generator/model.js";
import type { AnswerData, ProviderData } from "../../runtime/provider/data.js";
import { isRecord, type Json } from "../shared/json.js";
import { removeAt, schemaAt, setAt, typedAs, typesOf } from "./schema.js";

/** Why a request is refused. */
export type Reason =
  | "invalid"
  | "unauthorized"
  | "no-such-path"
  | "no-such-method"
  | "nothing-there"
  | "key-reused"
  | "in-progress"
  | "too-many";

/** How a provider refuses by HTTP status and a code of its own. */
export type OwnCodes = Partial<Readonly<Record<Reason, { status: number; code: string }>>>;

type Wording = (code: string, message: string) => { code: string; message: string; status: number };

export interface Refusal {
  reason: Reason;
  /** In English: what is wrong, and where. */
  detail: string;
}

/** HTTP status and, where the specs know no code that means it, the code. `advice` is what a code that means it advises. */
const REASONS: Readonly<Record<Reason, { status: number; code: string; advice?: string }>> = {
  invalid: { status: 400, code: "INVALID_REQUEST", advice: "fix-request" },
  unauthorized: { status: 401, code: "UNAUTHORIZED", advice: "renew-token" },
  "no-such-path": { status: 404, code: "NO_SUCH_PATH" },
  "no-such-method": { status: 405, code: "NO_SUCH_METHOD" },
  "nothing-there": { status: 404, code: "NOT_FOUND", advice: "empty" },
  "in-progress": { status: 409, code: "REQUEST_IN_PROGRESS", advice: "check-outcome" },
  "key-reused": { status: 422, code: "IDEMPOTENCY_KEY_REUSED", advice: "fix-request" },
  "too-many": { status: 429, code: "TOO_MANY_REQUESTS", advice: "cool-down" },
};

/** Refusals that HTTP itself tells of, however the provider says what is a success. */
const BY_HTTP: readonly Reason[] = ["unauthorized", "no-such-path", "no-such-method", "too-many"];

export class Envelope {
  readonly #answer: AnswerData;
  readonly #codes: readonly ResultCode[];
  readonly #advice: ProviderData["advice"];
  readonly #own: OwnCodes;
  readonly #wording: Wording | undefined;

  constructor(
    { answer = {}, advice }: Pick<ProviderData, "answer" | "advice">,
    codes: readonly ResultCode[],
    { codes: own = {}, wording }: { codes?: OwnCodes; wording?: Wording } = {},
  ) {
    this.#own = own;
    this.#wording = wording;
    this.#answer = answer;
    this.#advice = advice;
    this.#codes = codes;
  }

  /**
   * The body of a success.
   * @param body what the schema of the whole answer gives
   * @param data what callers get; the whole body where there is no envelope
   */
  success(body: unknown, data: unknown, schema: Schema, transactionId: string): unknown {
    const { success, code, message, transactionId: idPath, data: place } = this.#answer;
    if (place === undefined && success === undefined) return data;
    const whole: Json = place === undefined ? (isRecord(data) ? data : {}) : isRecord(body) ? body : {};
    if (place !== undefined) setAt(whole, place, data);
    const said = this.#codeWith("success");
    for (const path of [code, message]) if (path !== undefined && path !== success?.path) leaveOut(whole, path, schema);
    if (said !== undefined && code !== undefined) setAt(whole, code, typedAs(schemaAt(schema, code), said));
    if (said !== undefined && message !== undefined) setAt(whole, message, this.#meaning(said));
    if (success) setAt(whole, success.path, typedAs(schemaAt(schema, success.path), success.values[0]));
    if (idPath !== undefined) setAt(whole, idPath, transactionId);
    return whole;
  }

  /** The answer to a request that is refused. */
  refuse({ reason, detail }: Refusal, transactionId: string, headers: Record<string, string> = {}): Response {
    const own = this.#own[reason];
    if (own) return this.failure(own.code, { ...own, message: detail, headers }, transactionId);
    const { status, code, advice } = REASONS[reason];
    const isHttp = BY_HTTP.includes(reason) || this.#answer.success === undefined;
    const known = advice === undefined ? undefined : this.#codeWith(advice);
    const message = [known && this.#meaning(known), detail].filter(Boolean).join(": ");
    return this.failure(known ?? code, { status: isHttp ? status : 200, message, headers }, transactionId);
  }

  /** A failure with a code of the provider. */
  failure(
    known: string,
    {
      status: usual = this.#answer.success ? 200 : 400,
      message: detail = this.#meaning(known),
      headers = {},
    }: { status?: number | undefined; message?: string | undefined; headers?: Record<string, string> },
    transactionId: string,
  ): Response {
    const { code, message, status } = this.#wording?.(known, detail) ?? { code: known, message: detail, status: usual };
    const { success, code: codePath, message: messagePath, transactionId: idPath } = this.#answer;
    if (success === undefined && codePath === undefined && messagePath === undefined) {
      // RFC 9457, for want of anything of the provider's own.
      const problem = { type: "about:blank", title: message || code, status, code };
      return Response.json(problem, { status, headers: { ...headers, "Content-Type": "application/problem+json" } });
    }
    const body: Json = {};
    if (success) setAt(body, success.path, otherThan(success.values));
    if (codePath !== undefined) setAt(body, codePath, isCounted(success, codePath) ? Number(code) || -1 : code);
    if (messagePath !== undefined) setAt(body, messagePath, message);
    if (idPath !== undefined) setAt(body, idPath, transactionId);
    return Response.json(body, { status, headers });
  }

  #meaning(code: string): string {
    return this.#codes.find((known) => known.code === code)?.meaning ?? "";
  }

  #codeWith(advice: string): string | undefined {
    const byAdvice = Object.entries(this.#advice ?? {}).find(([, known]) => known === advice)?.[0];
    return this.#codes.find((known) => known.advice === advice)?.code ?? byAdvice;
  }
}

/** A success says nothing there: what was made up goes, or is null where something has to be. */
function leaveOut(body: Json, path: string, schema: Schema): void {
  const [name = "", ...rest] = path.split(".");
  const inner = schema.properties?.[name];
  if (!schema.required?.includes(name)) removeAt(body, path);
  else if (inner && typesOf(inner).includes("null")) body[name] = null;
  else if (inner && isRecord(body[name])) leaveOut(body[name], rest.join("."), inner);
}

/** A value like those of a success that is none of them. */
function otherThan(values: readonly (string | number | boolean)[]): string | number | boolean {
  const [first] = values;
  if (typeof first === "boolean") return !first;
  const others = typeof first === "number" ? [1, 0, -1, 2] : /^\d+$/.test(String(first)) ? ["1", "0", "9"] : [];
  return others.find((value) => !values.includes(value)) ?? "FAIL";
}

/** A code that is also what says whether it is a success, and is a number then. */
function isCounted(success: AnswerData["success"], codePath: string): boolean {
  return success?.path === codePath && typeof success.values[0] === "number";
}
