/**
 * How a request leaves the process. The platform's `fetch` is one; `kofin/node` has a faster one for servers, and
 * `createSandbox().fetch` one that needs no network.
 */
export type Transport = (url: string, init: TransportInit) => Promise<Response>;

/** The part of `RequestInit` that kofin uses. */
export interface TransportInit {
  method: string;
  headers: Headers;
  body?: string | FormData | ArrayBuffer;
  signal?: AbortSignal;
  redirect?: Request["redirect"];
}

/**
 * A `Request` by its looks only: openapi-fetch fills it, the transport reads it, and nothing is parsed, copied or streamed in
 * between. The platform's own `Request` costs more than the rest of a call; it is still used as soon as the caller adds
 * middleware of their own, which may do anything a `Request` can do.
 */
export class LightRequest implements TransportInit {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: string | FormData | ArrayBuffer;
  readonly signal?: AbortSignal;
  readonly redirect?: Request["redirect"];

  constructor(url: string, init: TransportInit) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    if (init.body !== undefined) this.body = init.body;
    if (init.signal) this.signal = init.signal;
    if (init.redirect) this.redirect = init.redirect;
  }

  /** A plain init: the platform's `fetch` would ask an inherited `Request` getter, which refuses what it did not make. */
  get init(): TransportInit {
    const { method, headers, body, signal, redirect } = this;
    return {
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
      ...(redirect && { redirect }),
    };
  }

  /** A request that can be sent more than once, whatever the caller's middleware made of it. */
  static async from(request: Request | LightRequest): Promise<LightRequest> {
    if (isLight(request)) return request;
    const { url, method, headers, signal, redirect } = request;
    const body = request.body ? { body: await request.arrayBuffer() } : {};
    return new LightRequest(url, { method, headers, signal, redirect, ...body });
  }
}

// openapi-fetch takes nothing but an `instanceof Request` back from a middleware.
Object.setPrototypeOf(LightRequest.prototype, Request.prototype);

function isLight(request: Request | LightRequest): request is LightRequest {
  return Object.getPrototypeOf(request) === LightRequest.prototype;
}
