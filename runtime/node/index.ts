/**
 * For servers on Node: a transport on undici without the machinery of `fetch`, several times faster when many calls are under way.
 * @module
 */
import { Agent, type Dispatcher } from "undici";
import type { Transport, TransportInit } from "../transport.js";
import { Collector } from "./collector.js";
import { LightController } from "./light-controller.js";
import { type Answer, LightResponse } from "./light-response.js";

export interface UndiciOptions {
  /** The connection pool to use. Default: one of this transport's own, keep-alive, without undici's own body and header timeouts. */
  dispatcher?: Dispatcher;
}

/**
 * Makes a transport on undici's dispatcher. Needs the package `undici` (an optional peer of kofin).
 * kofin's own time-out governs a call, so undici's 300 s limits for headers and body, which would cut slow institutions, are off.
 * @example const codef = createCodef({ …, fetch: undiciTransport() });
 */
export function undiciTransport(options: UndiciOptions = {}): Transport {
  const dispatcher = options.dispatcher ?? new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const transport: Transport = async (url, { method, headers, body, signal }) => {
    signal?.throwIfAborted();
    const { origin, pathname, search } = new URL(url);
    // undici knows only its own FormData; the platform's is another class, and it can write itself.
    if (body instanceof FormData) {
      const form = new Response(body);
      headers.set("Content-Type", form.headers.get("Content-Type") ?? "");
      body = await form.arrayBuffer();
    }
    const request = {
      origin,
      path: pathname + search,
      method: method as Dispatcher.HttpMethod,
      headers: headers as Iterable<[string, string]>,
      body: toBody(body),
    };
    const answer = await new Promise<Answer>((resolve, reject) => {
      dispatcher.dispatch(request, new Collector(url, signal, resolve, reject));
    });
    return new LightResponse(answer) as unknown as Response;
  };
  transport.controller = () => new LightController() as unknown as AbortController;
  return transport;
}

function toBody(body: Exclude<TransportInit["body"], FormData>): string | Uint8Array | null {
  return body instanceof ArrayBuffer ? new Uint8Array(body) : (body ?? null);
}
