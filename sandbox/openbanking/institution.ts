import type { InstitutionScope } from "./scopes.js";

/** An institution (이용기관) with an app of its own at the center. */
export interface SandboxInstitution {
  clientId: string;
  clientSecret: string;
  /** 이용기관코드, ten characters: what its bank_tran_ids begin with. */
  useCode: string;
  /** What its app is called on the consent screen. */
  name: string;
  /** Default `oob`. */
  scope?: InstitutionScope;
  /** Callback URLs of the portal. */
  redirectUris?: readonly string[];
  /** 수납계좌 at 오픈은행 that withdrawals (출금이체) go into. Default: a number of its own. */
  collectingAccount?: string;
  /** 지급계좌 at 오픈은행 that deposits (입금이체) come out of. Default: a number of its own. */
  payingAccount?: string;
}

/** The institution that is always there. Nothing about it is a secret. */
export const OPEN_BANKING_INSTITUTION = {
  clientId: "5c1e7a90-3b64-4d0f-8a2e-000000000001",
  clientSecret: "5c1e7a90-3b64-4d0f-8a2e-000000000002",
  useCode: "M202600001",
  name: "코핀 샌드박스",
  redirectUris: ["http://localhost:3000/callback"],
} as const satisfies SandboxInstitution;
