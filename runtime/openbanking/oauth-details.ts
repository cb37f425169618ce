import type { Advice } from "../errors/advice.js";

interface Detail {
  advice: Advice;
  /** What to do about it, in words. */
  mend: string;
}

const CONSENT = "send the user to consent again";

/** What stands behind O0001: the number in brackets at the end of its message. Sources: facts of the testbed, seen in public code. */
const DETAILS: Readonly<Record<string, Detail>> = {
  "119": { advice: "fix-request", mend: "a header of the authorization is missing" },
  "801": { advice: "fix-request", mend: "user_seq_no and token belong to different users" },
  "803": { advice: "ask-user", mend: `consent and code come from different sessions: ${CONSENT}` },
  "804": { advice: "ask-user", mend: `the user did not consent: ${CONSENT}` },
  "992": { advice: "fix-request", mend: "there is no Authorization: Bearer header" },
  "3000103": { advice: "fix-request", mend: "a parameter is missing or sent twice; is redirect_uri percent-encoded?" },
  "3000113": { advice: "ask-user", mend: `the code has ended or was used already: ${CONSENT}` },
  "3000114": { advice: "fix-request", mend: "redirect_uri is not the callback URL of the portal" },
  "3000115": { advice: "fix-request", mend: "the scope does not fit" },
  "3000116": { advice: "fix-request", mend: "response_type is wrong" },
  "3000117": { advice: "fix-request", mend: "grant_type is wrong" },
  "3000201": { advice: "fix-request", mend: "clientId or clientSecret is wrong or suspended" },
  "3002110": { advice: "ask-user", mend: `the session has ended: ${CONSENT}` },
};

/** The errors of RFC 6749, which the center's gateway answers with as well. */
const STANDARD: Readonly<Record<string, Detail>> = {
  invalid_client: { advice: "fix-request", mend: "clientId or clientSecret is wrong" },
  unauthorized_client: { advice: "fix-request", mend: "the client may not use this grant" },
  invalid_grant: { advice: "ask-user", mend: `code or refresh token is worth nothing any more: ${CONSENT}` },
  invalid_scope: { advice: "fix-request", mend: "the scope goes beyond what was granted" },
  invalid_request: { advice: "fix-request", mend: "a parameter is missing or wrong" },
  unsupported_grant_type: { advice: "fix-request", mend: "grant_type is wrong" },
  invalid_token: { advice: "renew-token", mend: "the token was refused" },
  insufficient_scope: { advice: "apply", mend: "the token does not have the scope" },
  access_denied: { advice: "ask-user", mend: CONSENT },
  server_error: { advice: "retry", mend: "the center is in trouble" },
  temporarily_unavailable: { advice: "retry", mend: "the center is in trouble" },
};

/** What the number at the end of an O0001 message means. */
export function detailOf(message: string | undefined): Detail | undefined {
  return DETAILS[/\[(\d+)\]\s*$/.exec(message ?? "")?.[1] ?? ""];
}

/** What an `error` of RFC 6749 means. */
export function standardError(error: string): Detail | undefined {
  return Object.hasOwn(STANDARD, error) ? STANDARD[error] : undefined;
}
