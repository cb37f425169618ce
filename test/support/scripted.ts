import type { Transport, TransportInit } from "kofin";
import { type Codef, type CodefOptions, createCodef } from "kofin/codef";

/** A request as it left the client, decoded the way CODEF documents it. */
export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  text: string;
  /** The decoded JSON of a product request; a form as it is. */
  body: unknown;
  signal: AbortSignal | undefined;
}

/** What a script answers to the product request number `count` (from 1). */
export type Script = (sent: Sent, count: number) => Response | Promise<Response>;

export interface Scripted {
  fetch: Transport;
  /** Product requests, oldest first. */
  sent: Sent[];
  /** Token requests, oldest first. */
  tokenRequests: Sent[];
}

const answerToken = (_: Sent, count: number) => tokenAnswer(`issued-token-${count}`);

/** A transport that needs no network: a script for products, another for the OAuth host. */
export function scripted(product: Script, token: Script = answerToken): Scripted {
  const sent: Sent[] = [];
  const tokenRequests: Sent[] = [];
  const fetch: Transport = async (url, init) => {
    const isToken = new URL(url).pathname === "/oauth/token";
    const request = await record(url, init, isToken);
    const list = isToken ? tokenRequests : sent;
    const count = list.push(request);
    return (isToken ? token : product)(request, count);
  };
  return { fetch, sent, tokenRequests };
}

/** A client whose every request is answered by `script`; pauses between attempts are too short to notice. */
export function clientOf(script: Scripted, options: CodefOptions = {}): Codef {
  return createCodef({ fetch: script.fetch, retryDelayMs: 1, ...options });
}

async function record(url: string, { method, headers, body, signal }: TransportInit, isToken: boolean): Promise<Sent> {
  const text = body === undefined ? "" : await new Response(body).text();
  // A form that went through a middleware has become bytes.
  const isJson = !isToken && text !== "" && !headers.get("content-type")?.startsWith("multipart/");
  const decoded = isJson && !(body instanceof FormData) ? JSON.parse(decodeURIComponent(text)) : body;
  return { url, method, headers: Object.fromEntries(headers), text, body: decoded, signal };
}

/** URL-encodes as CODEF does: the whole JSON, a space as `+`. */
export function urlEncoded(json: unknown): string {
  return encodeURIComponent(JSON.stringify(json)).replaceAll("%20", "+");
}

export function success(data: unknown, beside: object = {}): Response {
  const result = { code: "CF-00000", extraMessage: "", message: "성공", transactionId: TRANSACTION };
  return new Response(urlEncoded({ result, data, ...beside }));
}

export function refusal(
  code: string,
  message = "거절",
  more: { extraMessage?: string; data?: unknown } = {},
): Response {
  const { extraMessage = "", data = {} } = more;
  return new Response(urlEncoded({ result: { code, extraMessage, message, transactionId: TRANSACTION }, data }));
}

export function tokenAnswer(value: string, expiresIn = 604_799): Response {
  return Response.json({ access_token: value, token_type: "bearer", expires_in: expiresIn, scope: "read" });
}

/** HTTP 401 with the body that CODEF documents for it. */
export function unauthorized(): Response {
  const body = {
    error: "invalid_token",
    error_description: "Cannot convert access token to JSON",
    code: "CF-99997",
    message: "OAUTH2.0 토큰 에러입니다. 메시지를 확인하세요.",
  };
  return new Response(urlEncoded(body), { status: 401 });
}

export function bearer(sent: Sent | undefined): string | undefined {
  return sent?.headers.authorization?.replace(/^Bearer /, "");
}

export const TRANSACTION = "786e01e459af491888e1f782d1902e40";

/** The decoded body of the product request number `index` (from 0). */
export function bodyOf<Body = Record<string, unknown>>(script: Scripted, index = 0): Body {
  const sent = script.sent[index];
  if (!sent) throw new Error(`Only ${script.sent.length} requests were sent`);
  return sent.body as Body;
}
