/**
 * For servers on Node: a transport on undici without the machinery of `fetch`, several times faster when many calls are under way.
 * @module
 */
import { Agent, type Dispatcher, request, type FormData as UndiciFormData } from "undici";
import type { Transport, TransportInit } from "../transport.js";
import { LightResponse } from "./light-response.js";

export interface UndiciOptions {
  /** The connection pool to use. Default: one of this transport's own, keep-alive, without undici's own body and header timeouts. */
  dispatcher?: Dispatcher;
}

/**
 * Makes a transport on `undici.request`. Needs the package `undici` (an optional peer of kofin).
 * kofin's own time-out governs a call, so undici's 300 s limits for headers and body, which would cut slow institutions, are off.
 * @example const codef = createCodef({ …, fetch: undiciTransport() });
 */
export function undiciTransport(options: UndiciOptions = {}): Transport {
  const dispatcher = options.dispatcher ?? new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return async (url, { method, headers, body, signal }) => {
    const answer = await request(url, {
      dispatcher,
      method: method as Dispatcher.HttpMethod,
      headers: Object.fromEntries(headers),
      body: toBody(body),
      ...(signal && { signal }),
    });
    return new LightResponse(url, answer) as unknown as Response;
  };
}

function toBody(body: TransportInit["body"]): string | Uint8Array | UndiciFormData | null {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  // The platform's FormData is undici's own class; the two packages only describe it differently.
  return (body as string | UndiciFormData | undefined) ?? null;
}
