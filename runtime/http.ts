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
  method: "get" | "post" | "put" | "delete";
  path: string;
  body?: unknown;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  middleware?: Middleware[];
  signal: AbortSignal;
  /** Called right before the transport is: from here on the provider may have the request. */
  onSend?: () => void;
  /** The caller added middleware of their own, which may need real `Request` and `Response` objects. */
  foreignMiddleware?: boolean;
}

/** The status and the text of an answer; bodies that openapi-fetch read as JSON already are left as they are. */
export interface Received {
  response: Response;
  body: unknown;
}

/** Makes a client for one host. `serialize` turns a body into what is sent. */
export function createHttp(baseUrl: string, serialize: (body: unknown) => string | FormData): HttpClient {
  return createClient<AnyPaths>({
    baseUrl,
    bodySerializer: serialize,
    Request: LightRequest as unknown as typeof Request,
  });
}

export async function send(client: HttpClient, transport: Transport, request: Send): Promise<Received> {
  const { method, path, body, query, headers, middleware, signal, onSend, foreignMiddleware } = request;
  const { data, error, response } = await client.request(method, path, {
    body,
    ...(query && { params: { query } }),
    ...(headers && { headers }),
    ...(middleware && { middleware }),
    ...(foreignMiddleware && { Request }),
    signal,
    parseAs: "text",
    fetch: async (sent: Request | LightRequest) => {
      const light = await LightRequest.from(sent);
      onSend?.();
      const answer = await transport(light.url, light.init);
      return foreignMiddleware ? new Response(await answer.arrayBuffer(), answer) : answer;
    },
  });
  return { response, body: response.ok ? data : error };
}
