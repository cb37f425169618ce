import type { Middleware } from "openapi-fetch";
import type { Token, TokenSource } from "../token.js";
import { LightRequest } from "../transport.js";
import { loadLate } from "./load.js";

/** Signs the requests of one attempt. */
export interface Authorization {
  readonly middleware: Middleware;
  /** Puts the token of the moment on a request. */
  sign(request: LightRequest): Promise<void>;
  /** The provider refused the token that was sent last. */
  refuse(): void;
}

/**
 * Puts the token on a request and answers a 401 with one resend after one refresh, which all calls that met the same dead token
 * share. Must be the last middleware: it makes the request one that can be sent twice.
 */
export function authorize(tokens: TokenSource): Authorization {
  let signed: { request: LightRequest; token: Token } | undefined;
  const authorization: Authorization = {
    async sign(request) {
      const token = await tokens.get();
      request.headers.set("Authorization", `Bearer ${token.value}`);
      signed = { request, token };
    },
    refuse() {
      if (signed) tokens.invalidate(signed.token);
    },
    middleware: {
      async onRequest({ request }) {
        const light = LightRequest.is(request) ? request : await LightRequest.copy(request);
        await authorization.sign(light);
        // The caller's middleware meets the request again with the answer, and may expect everything of it.
        return LightRequest.is(request) ? request : new Request(light.url, light);
      },
      async onResponse({ response, options }) {
        if (response.status !== 401 || !signed) return undefined;
        return (await loadLate()).resend(authorization, signed.request, response, options.fetch);
      },
    },
  };
  return authorization;
}
