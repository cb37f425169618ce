/** The two environments. Credentials, 이용기관코드 and tokens of one are worth nothing in the other. */
export const ENVIRONMENTS = {
  test: "https://testapi.openbanking.or.kr",
  production: "https://openapi.openbanking.or.kr",
} as const;

/** `test`: the testbed of the developer portal; `production`: real accounts, for institutions with a contract. */
export type OpenBankingEnvironment = keyof typeof ENVIRONMENTS;

/** What an institution's contract lets it do by itself: `oob` 센터인증 (its users consent at the center), `sa` 자체인증. */
export type InstitutionScope = "oob" | "sa";
