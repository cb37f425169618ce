import type { Operation } from "../../generator/model.js";

/** A successful answer, in the form that the operation answers in. */
export function respond(
  { id, answerType, response }: Operation,
  body: unknown,
  headers: Record<string, string>,
): Response {
  if (answerType === "none" || response["x-nothing"] || body === undefined) {
    return new Response(null, { status: 204, headers });
  }
  if (answerType === "text") {
    return new Response(String(body) || id, { headers: { "Content-Type": "text/plain; charset=utf-8", ...headers } });
  }
  if (answerType === "bytes") {
    const bytes = new TextEncoder().encode(String(body) || id);
    return new Response(bytes, { headers: { "Content-Type": "application/octet-stream", ...headers } });
  }
  return Response.json(body, { headers });
}
