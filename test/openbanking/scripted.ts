import type { Transport } from "kofin";
import { adoptTokens, createOpenBanking, type OpenBanking, type OpenBankingOptions } from "kofin/openbanking";

/** A request as it left the client. */
export interface Sent {
  url: URL;
  method: string;
  headers: Record<string, string>;
  text: string;
  /** The fields of the query, the JSON body or the form. */
  fields: Record<string, unknown>;
  signal: AbortSignal | undefined;
}

/** What a script answers to the request number `count` (from 1) of its kind. */
export type Script = (sent: Sent, count: number) => Response | Promise<Response>;

export interface Scripted {
  fetch: Transport;
  /** Requests to the business APIs, oldest first. */
  sent: Sent[];
  /** Requests to `/oauth/2.0`, oldest first. */
  oauth: Sent[];
}

const TOKEN = /^\/oauth\/2\.0\//;

/** A transport that needs no network: a script for the APIs, another for the OAuth paths. */
export function scripted(api: Script, oauth: Script = answerToken): Scripted {
  const script: Scripted = { fetch, sent: [], oauth: [] };
  async function fetch(...[url, { method, headers, body, signal }]: Parameters<Transport>): Promise<Response> {
    const text = typeof body === "string" ? body : body ? await new Response(body).text() : "";
    const parsed = new URL(url);
    const isToken = TOKEN.test(parsed.pathname);
    const fields = readFields(parsed, text, headers.get("content-type") ?? "");
    const sent = { url: parsed, method, headers: Object.fromEntries(headers), text, fields, signal };
    const count = (isToken ? script.oauth : script.sent).push(sent);
    return (isToken ? oauth : api)(sent, count);
  }
  return script;
}

function readFields(url: URL, text: string, type: string): Record<string, unknown> {
  if (text === "") return Object.fromEntries(url.searchParams);
  return type.startsWith("application/json") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
}

export const CLIENT = {
  environment: "test",
  clientId: "5c1e7a90-3b64-4d0f-8a2e-00000000aaaa",
  clientSecret: "5c1e7a90-3b64-4d0f-8a2e-00000000bbbb",
  useCode: "T990000123",
  institutionScope: "oob",
  redirectUri: "https://app.example.com/callback?from=bank&x=1",
} as const satisfies OpenBankingOptions;

/** A client whose every request is answered by `script`; pauses between attempts are too short to notice. */
export function clientOf(script: Scripted, options: Partial<OpenBankingOptions> = {}): OpenBanking {
  return createOpenBanking({ ...CLIENT, fetch: script.fetch, retryDelayMs: 1, ...options });
}

export const USER = "U990000123";
export const OTHER_USER = "U990000456";

/** A view for a user who has granted `scope`. */
export async function userOf(
  openBanking: OpenBanking,
  scope = "login inquiry transfer",
  answer: Record<string, unknown> = {},
): Promise<OpenBanking> {
  const tokens = { access_token: "user-token-0", refresh_token: "user-refresh-0", expires_in: 7_775_999 };
  const { userSeqNo } = await adoptTokens(openBanking, { ...tokens, scope, user_seq_no: USER, ...answer });
  return openBanking.user(userSeqNo);
}

/** What the token path answers: whose token it is depends on the grant. */
export function answerToken({ fields }: Sent, count: number): Response {
  if (fields.grant_type === "client_credentials") {
    return tokenAnswer({
      access_token: `institution-token-${count}`,
      scope: fields.scope,
      client_use_code: CLIENT.useCode,
    });
  }
  return tokenAnswer({
    access_token: `user-token-${count}`,
    refresh_token: `user-refresh-${count}`,
    scope: fields.scope ?? "login inquiry transfer",
    user_seq_no: USER,
  });
}

export function tokenAnswer(more: Record<string, unknown>): Response {
  return Response.json({ access_token: "token", token_type: "Bearer", expires_in: 7_775_999, scope: "oob", ...more });
}

const HEAD = { api_tran_id: "2ffd133a-d17a-431d-a6a5", api_tran_dtm: "20261121103001567" };

/** A good answer of an API without an institution, unless `data` says otherwise. */
export function success(data: Record<string, unknown> = {}): Response {
  return Response.json({ ...HEAD, rsp_code: "A0000", rsp_message: "", ...data });
}

/** A good answer of an API that goes through an institution. */
export function bankSuccess(data: Record<string, unknown> = {}): Response {
  return success({ bank_tran_id: "T990000123U000000001", bank_rsp_code: "000", bank_rsp_message: "", ...data });
}

export function refusal(code: string, message = "거절", more: Record<string, unknown> = {}, status = 200): Response {
  return Response.json({ ...HEAD, rsp_code: code, rsp_message: message, ...more }, { status });
}

export function bearer(sent: Sent | undefined): string | undefined {
  return sent?.headers.authorization?.replace(/^Bearer /, "");
}

export const TRANSACTION = HEAD.api_tran_id;
