import type { Transport, TransportInit } from "kofin";
import { createKis, type Kis, type KisOptions } from "kofin/kis";

/** A request as it left the client. */
export interface Sent {
  path: string;
  method: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** The decoded JSON of a POST. */
  body: Record<string, unknown>;
  text: string;
  signal: AbortSignal | undefined;
}

/** What a script answers to the request number `count` (from 1). */
export type Script = (sent: Sent, count: number) => Response | Promise<Response>;

export interface Scripted {
  fetch: Transport;
  /** Calls, oldest first. */
  sent: Sent[];
  /** What went to `/oauth2/tokenP`, oldest first. */
  tokenRequests: Sent[];
}

/** A transport that needs no network: a script for calls, another for tokens. */
export function scripted(script: Script, token: Script = (_, count) => tokenAnswer(`token-${count}`)): Scripted {
  const sent: Sent[] = [];
  const tokenRequests: Sent[] = [];
  const fetch: Transport = async (url, init) => {
    const request = record(url, init);
    const isToken = request.path === "/oauth2/tokenP";
    const count = (isToken ? tokenRequests : sent).push(request);
    return (isToken ? token : script)(request, count);
  };
  return { fetch, sent, tokenRequests };
}

let made = 0;

/** A client with keys of its own, because clients of one key share its token; without limits and with pauses too short to notice. */
export function clientOf(script: { fetch: Transport }, options: Partial<KisOptions> = {}): Kis {
  made += 1;
  return createKis({
    environment: "real",
    appKey: `app-key-${made}-${"k".repeat(20)}`,
    appSecret: `app-secret-${made}-${"s".repeat(40)}`,
    account: "12345678-01",
    fetch: script.fetch,
    retryDelayMs: 1,
    limits: false,
    ...options,
  });
}

function record(url: string, { method, headers, body, signal }: TransportInit): Sent {
  const { pathname, searchParams } = new URL(url);
  const text = body instanceof ArrayBuffer ? new TextDecoder().decode(body) : String(body ?? "");
  return {
    path: pathname,
    method,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(headers),
    body: text === "" ? {} : JSON.parse(text),
    text,
    signal,
  };
}

export function success(sections: object = {}, headers: Record<string, string> = {}): Response {
  return Response.json({ rt_cd: "0", msg_cd: "MCA00000", msg1: "정상처리 되었습니다.", ...sections }, { headers });
}

/** HTTP 200 for business refusals, 500 for those of the gateway, as KIS does. */
export function refusal(code: string, message = "거절", status = /^(EGW|OPSQ)/.test(code) ? 500 : 200): Response {
  return Response.json({ rt_cd: "1", msg_cd: code, msg1: message }, { status });
}

export function tokenAnswer(value: string, hours = 24): Response {
  const expired = new Date(Date.now() + (hours + 9) * 3_600_000).toISOString();
  return Response.json({
    access_token: value,
    token_type: "Bearer",
    expires_in: hours * 3600,
    access_token_token_expired: expired.slice(0, 19).replace("T", " "),
  });
}

/** How the token endpoint refuses. */
export function tokenRefusal(code: string, message = "거절", status = 403): Response {
  return Response.json({ error_code: code, error_description: message }, { status });
}

export function bearer(sent: Sent | undefined): string | undefined {
  return sent?.headers.authorization?.replace(/^Bearer /, "");
}

/** The request number `index` (from 0). */
export function at(sent: readonly Sent[], index = 0): Sent {
  const found = sent.at(index);
  if (!found) throw new Error(`Only ${sent.length} requests were sent`);
  return found;
}
