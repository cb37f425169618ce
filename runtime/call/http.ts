/**
 * One request, through openapi-fetch. The only file that knows it.
 * @module
 */
import createClient, { type Middleware } from "openapi-fetch";
import { createRequest, type LightRequest, type Transport } from "./transport.js";

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

/** What requests go through. */
export interface Way {
  readonly http: HttpClient;
  readonly transport: Transport;
  /** The caller added middleware of their own, which may need real `Request` and `Response` objects. */
  readonly foreignMiddleware?: boolean;
}

/** One request. */
export interface Send {
  method: string;
  path: string;
  body?: unknown;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Of a successful answer. Default `text`. */
  parseAs?: "text" | "arrayBuffer";
  /** Where it is another than the client's. */
  baseUrl?: string;
}

/** One handing over to the transport: the headers of what was sent, and what the transport threw, if it did. */
export interface Sent {
  headers: Headers;
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
export function createHttp(baseUrl: string, write: WriteBody): HttpClient {
  return createClient<AnyPaths>({ baseUrl, bodySerializer: write as (body: unknown) => string });
}

/**
 * @param sent where every handing over to the transport is noted
 * @param before the last thing before a request leaves: the caller's middleware meets neither credentials nor waits
 */
export async function send(
  { http, transport, foreignMiddleware }: Way,
  { method, path, body, query, baseUrl, headers = {}, parseAs = "text" }: Send,
  signal: AbortSignal,
  sent?: Sent[],
  before?: (request: LightRequest) => Promise<void>,
): Promise<Received> {
  const foreign = foreignMiddleware ? await import("./foreign.js") : undefined;
  const { data, error, response } = await http.request(method as "get", path, {
    body,
    baseUrl: baseUrl as string,
    params: { query } as AnyPath["parameters"],
    headers,
    Request: foreign ? Request : (createRequest as unknown as typeof Request),
    signal,
    // A redirect would send the same once more, secrets included, to whoever it names.
    redirect: "manual",
    parseAs,
    fetch: async (given: Request) => {
      const light = foreign ? await foreign.toLight(given) : (given as unknown as LightRequest);
      await before?.(light);
      // Who ended the call was told that nothing was sent: a transport that pays no heed to signals must not make that a lie.
      signal.throwIfAborted();
      const handed: Sent = { headers: light.headers };
      sent?.push(handed);
      try {
        const answer = await transport(light.url, light);
        return foreign ? foreign.toResponse(answer) : answer;
      } catch (error) {
        handed.failed = { error };
        throw error;
      }
    },
  });
  return { response, body: response.ok ? data : error };
}
