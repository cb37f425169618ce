import type { Advice } from "../errors/advice.js";
import type { Json } from "../paths.js";

type Table = { readonly [advice in Advice]?: string };

/** The advice of `specs/openbanking/result-codes.yaml`, in short: a test holds the two together. */
const CODES: Table = {
  success: "A0000 O0000",
  "fix-request": "A0004 A0005 A0304 A0307 A0313 A0321 A0324 A0325 A0335 O0001 O0010 O0011",
  apply: `
    A0010 A0011 A0012 A0013 A0015 A0301 A0302 A0303 A0308 A0317 A0318 A0320 A0322 A0327 A0336 O0004 O0005 O0006`,
  "ask-user": "A0305 A0306 A0312 A0314 A0315 A0316 A0319 A0332 A0334 O0014 O0015",
  "re-register": "A0014 A0323 A0337",
  limit: "A0101 A0102 A0103 A0104 A0105 A0106 A0111 A0112",
  empty: "A0018 A0309 A0310 A0311",
  unavailable: "A0019 A0020",
  retry: "A0331 O0007",
  "cool-down": "O0008 O0009 O0012 O0013",
  "check-outcome": "A0001 A0002 A0003 A0006 A0007 A0008 A0009 A0016 A0017 A0326",
  "renew-token": "O0002 O0003",
  report: "A0021",
};

/** The same of `specs/openbanking/bank-result-codes.yaml`. */
const BANK_CODES: Table = {
  success: "000",
  apply: "818",
  "ask-user": `
    412 413 414 415 416 417 418 419 420 421 422 424 425 426 427 428 431 432 433 452 453 454 458 461 462 463 467
    468 470 471 472 473 474 475 476 477 490`,
  "re-register": "464 551 555 556",
  limit: "455 456",
  empty: "701",
  "check-outcome": "400 803 804 819 822",
  report: "499",
};

/** What a program should do about a `rsp_code`; undefined when nobody knows the code. */
export function adviceOf(code: string): Advice | undefined {
  return find(CODES, code);
}

/** The same of a `bank_rsp_code`. */
export function bankAdviceOf(code: string): Advice | undefined {
  return find(BANK_CODES, code);
}

function find(table: Table, code: string): Advice | undefined {
  return (Object.keys(table) as Advice[]).find((advice) => table[advice]?.split(/\s+/).includes(code));
}

interface Detail {
  advice: Advice;
  /** What to do about it, in words. */
  mend: string;
}

const CONSENT = "send the user to consent again";

/** What stands behind O0001. Sources: facts of the test bed, seen in public code. */
const DETAILS: Readonly<Record<string, Detail>> = {
  "119": { advice: "fix-request", mend: "a header of the authorization is missing" },
  "801": { advice: "fix-request", mend: "user_seq_no and token belong to different users" },
  "803": { advice: "ask-user", mend: `consent and code come from different sessions: ${CONSENT}` },
  "804": { advice: "ask-user", mend: `the user did not consent: ${CONSENT}` },
  "992": { advice: "fix-request", mend: "there is no Authorization: Bearer header" },
  "3000103": {
    advice: "fix-request",
    mend: "a parameter is missing, sent twice, not one of its values, or cut off at a & or # that is not percent-encoded",
  },
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

/**
 * What the number behind an O0001 means. It ends the message, as in `인증 파라미터 오류([3000113])` (live probes of the test bed, and the
 * table of codes); one client reads it from `error_code`.
 */
export function detailOf({ rsp_message: message, error_code: code }: Json): Detail | undefined {
  const told = /\[(\d+)\][)\]\s]*$/.exec(typeof message === "string" ? message : "")?.[1] ?? code;
  return typeof told === "string" && Object.hasOwn(DETAILS, told) ? DETAILS[told] : undefined;
}

/** What an `error` of RFC 6749 means. */
export function standardError(error: string): Detail | undefined {
  return Object.hasOwn(STANDARD, error) ? STANDARD[error] : undefined;
}
