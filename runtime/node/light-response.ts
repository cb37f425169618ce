import type { Dispatcher } from "undici";

/**
 * A `Response` by its looks, over an answer of undici: status, headers and the readers of the body, without a stream in between.
 * Like a `Response`, its body can be read once; `clone` comes first.
 */
export class LightResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly redirected = false;
  readonly type = "default";
  readonly statusText = "";
  bodyUsed = false;
  private parsedHeaders: Headers | undefined;
  private whole: Promise<ArrayBuffer> | undefined;

  constructor(
    readonly url: string,
    private readonly answer: Dispatcher.ResponseData,
  ) {
    this.status = answer.statusCode;
    this.ok = this.status >= 200 && this.status < 300;
  }

  get headers(): Headers {
    this.parsedHeaders ??= toHeaders(this.answer.headers);
    return this.parsedHeaders;
  }

  get body(): ReadableStream | null {
    const { whole } = this;
    if (!whole) return this.answer.body.body ?? null;
    return new ReadableStream({
      async start(controller) {
        controller.enqueue(new Uint8Array(await whole));
        controller.close();
      },
    });
  }

  text(): Promise<string> {
    this.use();
    return this.whole ? this.whole.then((bytes) => new TextDecoder().decode(bytes)) : this.answer.body.text();
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    this.use();
    return this.whole ?? this.answer.body.arrayBuffer();
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.headers.get("content-type") ?? "" });
  }

  clone(): LightResponse {
    if (this.bodyUsed) throw new TypeError("The body of this response was read already");
    this.whole ??= this.answer.body.arrayBuffer();
    const copy = new LightResponse(this.url, this.answer);
    copy.whole = this.whole;
    return copy;
  }

  private use(): void {
    if (this.bodyUsed) throw new TypeError("The body of this response was read already");
    this.bodyUsed = true;
  }
}

// openapi-fetch takes nothing but an `instanceof Response` back from a middleware.
Object.setPrototypeOf(LightResponse.prototype, Response.prototype);

function toHeaders(received: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item);
  }
  return headers;
}
