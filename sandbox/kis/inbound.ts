import { isRecord, type Json } from "../shared/json.js";
import { Refusal } from "./refusal.js";

/** A request as it was read. */
export interface Inbound {
  method: string;
  path: string;
  headers: Headers;
  /** The body as it came. */
  text: string;
  /** The query of a GET, else the body; undefined when it is no JSON object. */
  parameters: Json | undefined;
}

export async function readInbound(request: Request): Promise<Inbound> {
  const url = new URL(request.url);
  const text = await request.text();
  const { method, headers } = request;
  const parameters = method === "GET" ? Object.fromEntries(url.searchParams) : readJson(text);
  return { method, path: url.pathname, headers, text, parameters };
}

function readJson(text: string): Json | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** The body of a POST. @throws Refusal when it came in pieces, is not called JSON, or is none */
export function jsonBody({ headers, text, parameters }: Inbound): Json {
  if (/\bchunked\b/i.test(headers.get("transfer-encoding") ?? "")) throw new Refusal("EGW00202");
  if (!/^application\/json\b/i.test(headers.get("content-type") ?? "")) throw new Refusal("EGW00132");
  if (text === "") throw new Refusal("OPSQ9995");
  if (!parameters) throw new Refusal("OPSQ9997");
  return parameters;
}
