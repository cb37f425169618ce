import type { TokenSource } from "../auth/token.js";
import type { Auth } from "../call/protocol.js";
import type { Credentials } from "./credentials.js";
import type { KisOperation } from "./operation.js";

/** The token, and with it the keys of the app and of a corporate customer; where no token goes, only what the operation names. */
export function appKeyAuth({ appKey, appSecret, corporate }: Credentials, tokens: TokenSource): Auth<KisOperation> {
  const named: Readonly<Record<string, string>> = { appKey, appSecret };
  return {
    tokens: ({ operation }) => (operation.auth === "none" ? undefined : tokens),
    sign({ headers }, { operation, token }) {
      for (const name in operation.headers) headers.set(name, named[operation.headers[name] ?? ""] ?? "");
      if (!token) return;
      headers.set("authorization", `Bearer ${token.value}`);
      headers.set("appkey", appKey);
      headers.set("appsecret", appSecret);
      if (corporate) headers.set("personalseckey", corporate.personalSecKey);
    },
  };
}
