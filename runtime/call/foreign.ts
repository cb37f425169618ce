/** Statuses with which the platform's `Response` refuses to have a body, even an empty one. */
const NULL_BODY_STATUS = [101, 204, 205, 304];

/** The platform's own `Response`, of which a middleware of the caller may expect everything. Loads with the first such middleware. */
export async function toResponse(answer: Response): Promise<Response> {
  const body = await answer.arrayBuffer();
  return new Response(NULL_BODY_STATUS.includes(answer.status) ? null : body, answer);
}
