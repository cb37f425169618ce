/**
 * Between kofin's light requests and the platform's own objects, which middleware of the caller may need. Loads with the first
 * such middleware.
 * @module
 */
import type { LightRequest } from "./transport.js";

/** A request that can be sent more than once, of one that cannot. */
export async function toLight(request: Request): Promise<LightRequest> {
  const { url, method, headers, signal, redirect } = request;
  const body = request.body ? { body: await request.arrayBuffer() } : {};
  // The request's own headers are the middleware's to look at again with the answer, without credentials.
  return { url, method, headers: new Headers(headers), signal, redirect, ...body };
}

/** Statuses with which the platform's `Response` refuses to have a body, even an empty one. */
const NULL_BODY_STATUS = [101, 204, 205, 304];

/** The platform's own `Response`, of which a middleware may expect everything. */
export async function toResponse(answer: Response): Promise<Response> {
  const body = await answer.arrayBuffer();
  return new Response(NULL_BODY_STATUS.includes(answer.status) ? null : body, answer);
}
