/**
 * The operations of 2019 send their JSON with GET. HTTP allows it, the platform's `Request` does not, and middleware of the caller
 * is given such a `Request`: so the body of a GET joins the request after everybody has seen it.
 * @module
 */
import type { HttpClient } from "../call/http.js";
import { LightRequest } from "../call/transport.js";

/** The part of openapi-fetch's request options that is looked at here. */
interface Init {
  body?: unknown;
  headers?: Record<string, string>;
  fetch(request: Request | LightRequest): Promise<Response>;
}

type RequestOf = (method: string, path: string, init: Init) => Promise<unknown>;

/** The client, with bodies of GET going past its middleware. */
export function withGetBody(client: HttpClient): HttpClient {
  const request = client.request as unknown as RequestOf;
  const wrapped: RequestOf = (method, path, init) =>
    request(method, path, method === "GET" && init.body !== undefined ? bodyLast(init) : init);
  return { ...client, request: wrapped as unknown as HttpClient["request"] };
}

function bodyLast({ body, ...init }: Init): Init {
  const text = JSON.stringify(body);
  return {
    ...init,
    headers: { "Content-Type": "application/json", ...init.headers },
    async fetch(sent) {
      const light = LightRequest.is(sent) ? sent : await LightRequest.copy(sent);
      return init.fetch(new LightRequest(light.url, { ...light, body: text }));
    },
  };
}
