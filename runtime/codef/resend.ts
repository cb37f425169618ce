import type { LightRequest } from "../transport.js";
import type { Authorization } from "./authorize.js";

/** Sends a request again whose token was refused, with the next token. Once: a second refusal is the caller's to hear. */
export async function resend(
  authorization: Authorization,
  request: LightRequest,
  refusal: Response,
  fetch: (request: Request) => Promise<Response>,
): Promise<Response> {
  // Read to the end, which frees the connection; cancelling would wait forever where instrumentation keeps a clone.
  await refusal.arrayBuffer().catch(() => {});
  authorization.refuse();
  await authorization.sign(request);
  const answer = await fetch(request as unknown as Request);
  if (answer.status === 401) authorization.refuse();
  return answer;
}
