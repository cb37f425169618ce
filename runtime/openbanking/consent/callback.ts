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
  const error = query.get("error");
  if (error) {
    const description = query.get("error_description")?.slice(0, LONGEST_DESCRIPTION);
    throw new ConsentError(error, `the center refused: ${[error, description].filter(Boolean).join(" ")}`, description);
  }
  const twice = ["code", "state"].find((name) => query.getAll(name).length > 1);
  if (twice) throw new ConsentError("CALLBACK_INVALID", `the callback carries ${twice} twice`);
  if (!sameState(query.get("state") ?? "", expectedState ?? "")) {
    const what = "the callback's state is not the one of this browser's consent: do not use its code";
    throw new ConsentError("STATE_MISMATCH", what);
  }
  const code = query.get("code");
  if (!code) throw new ConsentError("CALLBACK_INVALID", "the callback carries no code");
  return { code, scope: query.get("scope") ?? undefined, clientInfo: query.get("client_info") ?? undefined };
}

/** Compares without telling by its time how much of it fits. Nothing equals nothing: an empty state is no state. */
function sameState(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    difference |= (one.charCodeAt(at) || 0) ^ (other.charCodeAt(at) || 0);
  }
  return difference === 0 && one.length > 0;
}
