import type { Middleware } from "openapi-fetch";
import type { Token, TokenSource } from "../token.js";
import { LightRequest } from "../transport.js";

/** The middleware that signs requests, and what it remembers of them. */
export interface Authorization {
  readonly middleware: Middleware;
  /** The token that was sent with the request which `response` answers. */
  tokenOf(response: Response): Token | undefined;
  /** The provider refused the token of this response in its body. */
  refuse(response: Response): void;
}

/**
 * Puts the token on a request and answers a 401 with one resend after one refresh, which all calls that met the same dead token
 * share. Must be the last middleware: it makes the request one that can be sent twice.
 */
export function authorize(tokens: TokenSource): Authorization {
  const sentWith = new WeakMap<object, Token>();

  const sign = async (request: LightRequest) => {
    const token = await tokens.get();
    request.headers.set("Authorization", `Bearer ${token.value}`);
    sentWith.set(request, token);
    return token;
  };

  const tokenOf = (response: Response) => sentWith.get(response);
  const refuse = (response: Response) => {
    const token = tokenOf(response);
    if (token) tokens.invalidate(token);
  };

  const middleware: Middleware = {
    async onRequest({ request }) {
      const light = await LightRequest.from(request);
      await sign(light);
      return light as unknown as Request;
    },
    async onResponse({ request, response, options }) {
      const token = sentWith.get(request);
      if (!token) return undefined;
      sentWith.set(response, token);
      if (response.status !== 401) return undefined;
      // Frees the connection; the answer to the resend is the one that counts.
      await response.body?.cancel();
      tokens.invalidate(token);
      const renewed = await sign(request as unknown as LightRequest);
      const answer = await options.fetch(request);
      sentWith.set(answer, renewed);
      if (answer.status === 401) tokens.invalidate(renewed);
      return answer;
    },
  };
  return { middleware, tokenOf, refuse };
}
