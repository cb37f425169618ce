import { AuthenticationError, DecodeError, HttpError, type KofinError } from "../errors.js";
import { createHttp, send } from "../http.js";
import type { Token } from "../token.js";
import type { Transport } from "../transport.js";
import { readJson } from "./envelope.js";

/** Seconds a token lives when CODEF does not say: one week. */
const WEEK_SECONDS = 604_800;

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/**
 * Asks CODEF's OAuth host for a token (client credentials). A client of its own, without any middleware: nobody is to see the
 * secret, and a refused token request must not ask for a token.
 * @throws AuthenticationError `CLIENT_REFUSED` when id or secret are wrong; HttpError, DecodeError.
 */
export function tokenIssuer(url: string, credentials: Credentials, transport: Transport, now: () => number) {
  const http = createHttp(url, String);
  const headers = {
    Authorization: `Basic ${btoa(`${credentials.clientId}:${credentials.clientSecret}`)}`,
    "Content-Type": "application/x-www-form-urlencoded",
    Accept: "application/json",
  };
  const body = "grant_type=client_credentials&scope=read";

  return async (signal: AbortSignal): Promise<Token> => {
    const { response, body: answer } = await send(http, transport, {
      method: "post",
      path: "/oauth/token",
      body,
      headers,
      signal,
    });
    if (!response.ok) throw refused(response);
    const token = readJson(answer);
    if (typeof token?.access_token !== "string") {
      throw new DecodeError("DECODE", "CODEF's token answer has no access_token", { provider: "codef", response });
    }
    return { value: token.access_token, expiresAt: now() + (Number(token.expires_in) || WEEK_SECONDS) * 1000 };
  };
}

function refused(response: Response): KofinError {
  const context = { provider: "codef", response };
  if (response.status >= 500)
    return new HttpError(`HTTP_${response.status}`, `CODEF's OAuth host answered ${response.status}`, context);
  const mend = "check clientId and clientSecret: demo and production have different pairs (codef.io → 키관리)";
  return new AuthenticationError(
    "CLIENT_REFUSED",
    `CODEF refused the client (HTTP ${response.status}): ${mend}`,
    context,
  );
}
