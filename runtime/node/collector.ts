import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Answer } from "./light-response.js";

/**
 * Receives one answer of undici as a whole. `undici.request` would put a stream around the body, which costs more than all the
 * rest of a call whose body is read to the end anyway.
 */
export class Collector implements Dispatcher.DispatchHandler {
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal | undefined,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    signal?.addEventListener("abort", this.onAbort);
  }

  /** The caller's signal ended, maybe while the request still waits for a connection. */
  private readonly onAbort = () => {
    this.reject(this.signal?.reason);
    this.controller?.abort(this.signal?.reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal?.aborted) controller.abort(this.signal.reason);
  }

  /** Told of each interim answer (1xx) as well; the last one is the answer. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.signal?.removeEventListener("abort", this.onAbort);
    const [first] = this.chunks;
    const bytes = first && this.chunks.length === 1 ? first : Buffer.concat(this.chunks);
    this.resolve({ url: this.url, status: this.status, headers: this.headers, bytes });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.signal?.removeEventListener("abort", this.onAbort);
    this.reject(error);
  }
}
