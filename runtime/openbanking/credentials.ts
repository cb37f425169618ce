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

const USE_CODE = { test: [/^[TM][A-Z\d]{9}$/, "T or M"], production: [/^F[A-Z\d]{9}$/, "F"] } as const;

/** @throws InvalidInputError `CREDENTIALS_MISSING`, `INPUT_MISSING`, `INPUT_INVALID` */
export function checkCredentials(given: Credentials): void {
  const { environment, useCode, institutionScope, redirectUri } = given;
  const check = (name: keyof Credentials, isGood: boolean, what: string, missing = "CREDENTIALS_MISSING") => {
    if (isGood) return;
    const fault = faultAt({ id: "createOpenBanking" }, name);
    throw given[name] ? fault("INPUT_INVALID", what) : fault(missing, `is missing: it ${what}`);
  };
  const environments = Object.keys(ENVIRONMENTS).join(" or ");
  check("environment", Object.hasOwn(ENVIRONMENTS, environment ?? ""), `must be ${environments}`, "INPUT_MISSING");
  for (const name of ["clientId", "clientSecret"] as const) {
    // A line break at the end comes with copying and costs an hour.
    const isGood = /^[\x21-\x7e]{1,40}$/.test(given[name] ?? "");
    check(name, isGood, "must be up to 40 characters, no spaces, no line breaks (developers.kftc.or.kr)");
  }
  const [pattern, first] = USE_CODE[environment];
  check("useCode", pattern.test(useCode), `must be ten capitals and digits, ${first} first in ${environment}`);
  const isScope = institutionScope === "oob" || institutionScope === "sa";
  check("institutionScope", isScope, "must be oob (센터인증) or sa (자체인증)", "INPUT_MISSING");
  check("redirectUri", redirectUri === undefined || URL.canParse(redirectUri), "must be a URL");
}

/** @throws InvalidInputError `INPUT_INVALID` */
export function checkUserSeqNo(userSeqNo: string): string {
  if (typeof userSeqNo === "string" && /^[A-Z\d]{1,10}$/i.test(userSeqNo)) return userSeqNo;
  throw faultAt({ id: "openBanking.user" }, "user_seq_no")("INPUT_INVALID", "must be up to ten letters and digits");
}
