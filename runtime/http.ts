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
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
  path: string;
  body?: unknown;
  query?: Record<string, unknown>;
  headers?: Record<string, string> | undefined;
  middleware?: Middleware[];
  signal: AbortSignal;
  /** The caller added middleware of their own, which may need real `Request` and `Response` objects. */
  foreignMiddleware?: boolean;
  /** Where every handing over to the transport is noted. */
  sendings?: Sending[];
}

/** One handing over to the transport: with which Authorization, and what the transport threw, if it did. */
export interface Sending {
  authorization: string | null;
  failed?: { error: unknown };
}

/** The status and the text of an answer; bodies that openapi-fetch read as JSON already are left as they are. */
export interface Received {
  response: Response;
  body: unknown;
}

/** Makes a client for one host. `serialize` turns a body into what is sent. */
export function createHttp(baseUrl: string, serialize: (body: unknown) => string | FormData): HttpClient {
  return createClient<AnyPaths>({ baseUrl, bodySerializer: serialize });
}

/** openapi-fetch knows methods in lower case by their types, and sends them in upper case. */
type HttpMethod = "get" | "post" | "put" | "delete";

export async function send(client: HttpClient, transport: Transport, request: Send): Promise<Received> {
  const { method, path, body, query, headers = {}, middleware = [], signal, foreignMiddleware, sendings } = request;
  const { data, error, response } = await client.request(method as string as HttpMethod, path, {
    body,
    params: { query } as AnyPath["parameters"],
    headers,
    middleware,
    Request: foreignMiddleware ? Request : (LightRequest as unknown as typeof Request),
    signal,
    // A redirect would send the same once more, secrets included, to whoever it names.
    redirect: "manual",
    parseAs: "text",
    fetch: async (sent: Request | LightRequest) => {
      const light = LightRequest.is(sent) ? sent : await LightRequest.copy(sent);
      // Who ended the call was told that nothing was sent: a transport that pays no heed to signals must not make that a lie.
      signal.throwIfAborted();
      const sending: Sending = { authorization: light.headers.get("Authorization") };
      sendings?.push(sending);
      try {
        const answer = await transport(light.url, light);
        return foreignMiddleware ? (await import("./foreign.js")).toResponse(answer) : answer;
      } catch (error) {
        sending.failed = { error };
        throw error;
      }
    },
  });
  return { response, body: response.ok ? data : error };
}
