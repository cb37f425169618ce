import type { Route } from "./routes.js";
import { type Decoded, decodeBody } from "./wire.js";

/** What a request brought: the body as it came, and the parameters in it, wherever the product takes them. */
export interface Inbound {
  text: string;
  decoded: Decoded;
}

/** Reads a request: the query of a GET, the parts of a form, or CODEF's encoded JSON. */
export async function readInbound(request: Request, url: URL, route: Route | undefined): Promise<Inbound> {
  const bytes = await request.arrayBuffer();
  const utf8 = readUtf8(bytes);
  const text = utf8 ?? Buffer.from(bytes).toString("latin1");
  if (request.method === "GET") return { text, decoded: { body: Object.fromEntries(url.searchParams) } };
  if (route?.operation.requestType === "multipart/form-data") return { text, decoded: await readForm(request, bytes) };
  return { text, decoded: utf8 === undefined ? { code: "CF-00009" } : decodeBody(utf8) };
}

const strict = new TextDecoder("utf-8", { fatal: true });

function readUtf8(bytes: ArrayBuffer): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The parts of a form by name; of a file its bytes, as base64. */
async function readForm(request: Request, bytes: ArrayBuffer): Promise<Decoded> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) return { code: "CF-00002" };
  try {
    const form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
    const parts = [...form].map(async ([name, part]) => [name, await readPart(part)] as const);
    return { body: Object.fromEntries(await Promise.all(parts)) };
  } catch {
    return { code: "CF-00002" };
  }
}

async function readPart(part: string | Blob): Promise<string> {
  return typeof part === "string" ? part : Buffer.from(await part.arrayBuffer()).toString("base64");
}
