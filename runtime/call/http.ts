/**
 * One request, through openapi-fetch. The only file that knows it.
 * @module
 */
import createClient, { type Middleware } from "openapi-fetch";
import { LightRequest, type Transport } from "./transport.js";

export type { Middleware };

/** Paths as the wire sees them: anything goes in, text comes out. The generated functions carry the types. */
interface AnyPath {
  parameters: { query?: Record<string, unknown> };
  requestBody?: { content: { "application/json": unknown } };
  responses: { 200: { content: { "text/plain": string } } };
}
interface AnyPaths {
  [path: string]: { get: AnyPath; post: AnyPath; put: AnyPath; delete: AnyPath };
}

/** An openapi-fetch client, the one under every call. */
export type HttpClient = ReturnType<typeof createClient<AnyPaths>>;

/** One request: what the operation fixes and what the call brings. */
export interface Send {
  method: string;
  path: string;
  body?: unknown;
  query?: Record<string, unknown> | undefined;
  headers?: Record<string, string> | undefined;
  signal: AbortSignal;
  /** The caller added middleware of their own, which may need real `Request` and `Response` objects. */
  foreignMiddleware?: boolean;
  /** The last thing before the request leaves: whatever the caller's middleware does, it meets neither credentials nor waits. */
  before?: (request: LightRequest) => Promise<void>;
  /** Where every handing over to the transport is noted. */
  sent?: Sent[];
}

/** One handing over to the transport: with which Authorization, and what the transport threw, if it did. */
export interface Sent {
  authorization: string | null;
  failed?: { error: unknown };
}

/** The status and the text of an answer; bodies that openapi-fetch read as JSON already are left as they are. */
export interface Received {
  response: Response;
  body: unknown;
}

/** How a body is written. */
export type WriteBody = (body: unknown) => string | FormData | ArrayBuffer;

/** Makes a client for one host. */
export function createHttp(baseUrl: string, write: WriteBody = writeJson): HttpClient {
  return createClient<AnyPaths>({ baseUrl, bodySerializer: write as (body: unknown) => string });
}

/** Texts are written already, everything else is JSON. */
export function writeJson(body: unknown): string | FormData | ArrayBuffer {
  return typeof body === "string" || body instanceof FormData || body instanceof ArrayBuffer
    ? body
    : JSON.stringify(body);
}

export async function send(client: HttpClient, transport: Transport, request: Send): Promise<Received> {
  const { method, path, query, headers, signal, foreignMiddleware, before, sent } = request;
  // HTTP allows a GET with a body, the platform's `Request`, which middleware is given, does not: so that body joins at the end.
  const late = method === "GET" && request.body !== undefined;
  const { data, error, response } = await client.request(method as "get", path, {
    body: late ? undefined : request.body,
    params: { query } as AnyPath["parameters"],
    headers: late ? { "Content-Type": "application/json", ...headers } : (headers ?? {}),
    Request: foreignMiddleware ? Request : (LightRequest as unknown as typeof Request),
    signal,
    // A redirect would send the same once more, secrets included, to whoever it names.
    redirect: "manual",
    parseAs: "text",
    fetch: async (given: Request | LightRequest) => {
      const light = given instanceof LightRequest ? given : await LightRequest.copy(given);
      if (late) light.body = writeJson(request.body);
      if (before) await before(light);
      // Who ended the call was told that nothing was sent: a transport that pays no heed to signals must not make that a lie.
      signal.throwIfAborted();
      const handed: Sent = { authorization: light.headers.get("Authorization") };
      sent?.push(handed);
      try {
        const answer = await transport(light.url, light);
        return foreignMiddleware ? (await import("./foreign.js")).toResponse(answer) : answer;
      } catch (error) {
        handed.failed = { error };
        throw error;
      }
    },
  });
  return { response, body: response.ok ? data : error };
}
