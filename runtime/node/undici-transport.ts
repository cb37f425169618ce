import type { Dispatcher } from "undici";
import type { Transport, TransportInit } from "../call/transport.js";
import { need } from "../need.js";
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
  let pool: Dispatcher | Promise<Dispatcher> = options.dispatcher ?? openPool();
  const transport: Transport = async (url, { method, headers, body, signal }) => {
    if (pool instanceof Promise) pool = await pool;
    const dispatcher = pool;
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
  transport.getBody = true;
  transport.network = true;
  return transport;
}

/** undici loads with the first transport, so that who wants nothing but the file store need not have it. */
function openPool(): Promise<Dispatcher> {
  const opening = need("undici", () => import("undici")).then(
    ({ Agent }) => new Agent({ headersTimeout: 0, bodyTimeout: 0 }),
  );
  // Told by the first call.
  opening.catch(() => {});
  return opening;
}

function toBody(body: Exclude<TransportInit["body"], FormData>): string | Uint8Array | null {
  return body instanceof ArrayBuffer ? new Uint8Array(body) : (body ?? null);
}
