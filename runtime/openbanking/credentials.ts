import type { EventListener } from "../call/events.js";
import type { Transport } from "../call/transport.js";
import { ENVIRONMENTS, faultAt, type InstitutionScope, type OpenBankingEnvironment } from "./operation.js";

/** What the center knows an institution by. Test and production have different ones. */
export interface Credentials {
  /** No default: nobody should move real money by leaving something out. */
  environment: OpenBankingEnvironment;
  /** developers.kftc.or.kr → 마이페이지 → API Key 관리 */
  clientId: string;
  clientSecret: string;
  /** 이용기관코드, ten characters: begins with T or M in test and with F in production. */
  useCode: string;
  /** The kind of contract: `oob` 센터인증, `sa` 자체인증. The institution's own token is asked for with it. */
  institutionScope: InstitutionScope;
  /** The Callback URL of the portal, exactly as it stands there; can be given with each consent instead. */
  redirectUri?: string;
}

/** What a client goes by: its credentials, and how it reaches the center. */
export interface ClientSettings extends Credentials {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly onEvent: EventListener | undefined;
  readonly now: () => number;
}

const USE_CODE = { test: /^[TM][A-Z\d]{9}$/, production: /^F[A-Z\d]{9}$/ } as const;

const here = { id: "createOpenBanking" };

/** @throws InvalidInputError `CREDENTIALS_MISSING`, `INPUT_MISSING`, `INPUT_INVALID` */
export function checkCredentials(given: Credentials): void {
  const { environment, clientId, clientSecret, useCode, institutionScope, redirectUri } = given;
  if (!Object.hasOwn(ENVIRONMENTS, environment ?? "")) {
    const what = `must be given: one of ${Object.keys(ENVIRONMENTS).join(", ")}`;
    throw faultAt(here, "environment")(environment === undefined ? "INPUT_MISSING" : "INPUT_INVALID", what);
  }
  for (const [name, value] of Object.entries({ clientId, clientSecret, useCode })) {
    if (!value)
      throw faultAt(here, name)("CREDENTIALS_MISSING", `is missing for ${environment} (developers.kftc.or.kr)`);
  }
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    // A line break at the end comes with copying and costs an hour.
    if (!/^[\x21-\x7e]{1,40}$/.test(value)) {
      throw faultAt(here, name)("INPUT_INVALID", "must be at most 40 characters without spaces and line breaks");
    }
  }
  if (!USE_CODE[environment].test(useCode)) {
    const first = environment === "production" ? "F" : "T or M";
    throw faultAt(here, "useCode")(
      "INPUT_INVALID",
      `must be ten capitals and digits, beginning with ${first} in ${environment}`,
    );
  }
  if (institutionScope !== "oob" && institutionScope !== "sa") {
    const what = "must be given: oob (센터인증) or sa (자체인증)";
    throw faultAt(here, "institutionScope")(institutionScope === undefined ? "INPUT_MISSING" : "INPUT_INVALID", what);
  }
  if (redirectUri !== undefined && !URL.canParse(redirectUri)) {
    throw faultAt(here, "redirectUri")("INPUT_INVALID", "must be a URL");
  }
}

/** @throws InvalidInputError `INPUT_INVALID` */
export function checkUserSeqNo(userSeqNo: string): string {
  if (typeof userSeqNo === "string" && /^[A-Z\d]{1,10}$/i.test(userSeqNo)) return userSeqNo;
  throw faultAt({ id: "openBanking.user" }, "user_seq_no")("INPUT_INVALID", "must be up to ten letters and digits");
}
