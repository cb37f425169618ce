/**
 * How a request leaves the process. The platform's `fetch` is one; `kofin/node` has a faster one for servers, and
 * `createSandbox().fetch` one that needs no network.
 */
export interface Transport {
  (url: string, init: TransportInit): Promise<Response>;
  /** Makes the signals that this transport is given, when it can do with less than the platform's. */
  controller?: () => AbortController;
  /** Sends a body with GET as well, which some operations of 2019 want and the platform's `fetch` refuses. */
  getBody?: true;
  /** Reaches what the platform's `fetch` does: hosts by their names. Others may be a network of their own, such as a sandbox. */
  network?: true;
}

/** The part of `RequestInit` that kofin uses. */
export interface TransportInit {
  method: string;
  headers: Headers;
  body?: string | FormData | ArrayBuffer;
  signal?: AbortSignal;
  redirect?: Request["redirect"];
}

/** The global is looked up at call time, because tests and instrumentation replace it; a plain init is read fastest. */
export const platformFetch: Transport = (url, { method, headers, body, signal, redirect = "manual" }) =>
  fetch(url, { method, headers, body: body ?? null, signal: signal ?? null, redirect });

/**
 * A `Request` by its looks only: openapi-fetch fills it, the transport reads it, and nothing is parsed, copied or streamed in
 * between. The platform's own `Request` costs more than the rest of a call; it is still used as soon as the caller adds
 * middleware of their own, which may do anything a `Request` can do. The platform's `fetch` takes it for a plain init.
 */
export interface LightRequest extends TransportInit {
  url: string;
}

/** What openapi-fetch makes requests with. */
export function createRequest(url: string, { method, headers, body, signal, redirect }: TransportInit): LightRequest {
  return { url, method, headers, body, signal, redirect } as LightRequest;
}
