import type { IncomingHttpHeaders } from "node:http";

/** What undici tells of an answer. */
export interface Answer {
  url: string;
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Uint8Array;
}

const utf8 = new TextDecoder();

/**
 * A `Response` by its looks, over an answer that has arrived as a whole: status, headers and the readers of the body, without a
 * stream in between. Like a `Response`, its body can be read once; `clone` comes first.
 */
export class LightResponse {
  private used = false;
  private parsedHeaders: Headers | undefined;
  private stream: ReadableStream | null | undefined;

  constructor(private readonly answer: Answer) {}

  get url(): string {
    return this.answer.url;
  }

  get status(): number {
    return this.answer.status;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get headers(): Headers {
    this.parsedHeaders ??= toHeaders(this.answer.headers);
    return this.parsedHeaders;
  }

  get statusText(): string {
    return "";
  }

  get type(): Response["type"] {
    return "default";
  }

  get redirected(): boolean {
    return false;
  }

  get bodyUsed(): boolean {
    return this.used;
  }

  get body(): ReadableStream | null {
    this.stream ??= new Response(this.answer.bytes).body;
    return this.stream;
  }

  async text(): Promise<string> {
    return utf8.decode(this.read());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async bytes(): Promise<Uint8Array> {
    return this.read();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.read()).arrayBuffer();
  }

  async blob(): Promise<Blob> {
    return new Response(this.read(), { headers: this.headers }).blob();
  }

  async formData(): Promise<FormData> {
    return new Response(this.read(), { headers: this.headers }).formData();
  }

  clone(): LightResponse {
    this.refuseIfUsed();
    return new LightResponse(this.answer);
  }

  private read(): Uint8Array {
    this.refuseIfUsed();
    this.used = true;
    return this.answer.bytes;
  }

  private refuseIfUsed(): void {
    if (this.used || this.stream?.locked) throw new TypeError("The body of this response was read already");
  }
}

// openapi-fetch takes nothing but an `instanceof Response` back from a middleware.
Object.setPrototypeOf(LightResponse.prototype, Response.prototype);

function toHeaders(received: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item);
  }
  return headers;
}
