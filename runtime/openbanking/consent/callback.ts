import { ConsentError } from "./consent-error.js";

/** What the browser brought back from the consent. */
export interface Callback {
  /** For `exchangeCode`, once and soon. */
  code: string;
  /** What the user granted, separated by spaces; undefined when the center does not say. */
  scope: string | undefined;
  /** `client_info` of the authorization. */
  clientInfo: string | undefined;
}

/** No provider's description is longer. */
const LONGEST_DESCRIPTION = 300;

/**
 * Reads the callback of a consent. `url` is the URL that was called, whole or from its path on, and `expectedState` the state that
 * `authorizeUrl` returned for this browser.
 * @throws ConsentError `STATE_MISMATCH`, `CALLBACK_INVALID`, or the center's own `error`
 * @example const { code } = readCallback(request.url, session.state);
 */
export function readCallback(url: string | URL, expectedState: string): Callback {
  const query = new URL(url, "http://callback.invalid").searchParams;
  const twice = ["code", "state", "error"].find((name) => query.getAll(name).length > 1);
  if (twice) throw new ConsentError("CALLBACK_INVALID", `the callback carries ${twice} twice`);
  const error = query.get("error");
  const state = query.get("state");
  // A refusal may come without a state; whatever comes with one has to have this browser's.
  if (!(error && state === null) && !sameState(state ?? "", expectedState ?? "")) {
    const what = "the callback's state is not the one of this browser's consent: do not use its code";
    throw new ConsentError("STATE_MISMATCH", what);
  }
  if (error) throw refusal(error, query.get("error_description") ?? undefined);
  const code = query.get("code");
  if (!code) throw new ConsentError("CALLBACK_INVALID", "the callback carries no code");
  return { code, scope: query.get("scope") ?? undefined, clientInfo: query.get("client_info") ?? undefined };
}

/** The errors of RFC 6749 (4.1.2.1), and the center's own codes: anybody may have written another one. */
const KNOWN_ERROR =
  /^(access_denied|invalid_request|invalid_scope|unauthorized_client|unsupported_response_type|server_error|temporarily_unavailable|[AO]\d{4})$/;

function refusal(error: string, told: string | undefined): ConsentError {
  const description = told?.replace(/\p{Cc}+/gu, " ").slice(0, LONGEST_DESCRIPTION);
  if (!KNOWN_ERROR.test(error)) {
    return new ConsentError("CALLBACK_INVALID", "the callback carries an error that nobody knows", description);
  }
  return new ConsentError(error, `the center refused: ${[error, description].filter(Boolean).join(" ")}`, description);
}

/** Compares without telling by its time how much of it fits. Nothing equals nothing: an empty state is no state. */
function sameState(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    difference |= (one.charCodeAt(at) || 0) ^ (other.charCodeAt(at) || 0);
  }
  return difference === 0 && one.length > 0;
}
