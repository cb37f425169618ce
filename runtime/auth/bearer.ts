import type { Auth } from "../call/protocol.js";
import type { TokenSource } from "./token.js";

/** `Authorization: Bearer …`, with a token that is fetched when a request is about to leave. */
export function bearer(tokens: TokenSource): Auth {
  return {
    tokens: () => tokens,
    sign({ headers }, { token }) {
      if (token) headers.set("Authorization", `Bearer ${token.value}`);
    },
  };
}
