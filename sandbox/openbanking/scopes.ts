/** What can be agreed to: scopes of a user's token. */
export const USER_SCOPES = ["login", "inquiry", "transfer", "cardinfo", "fintechinfo", "insuinfo", "loaninfo"] as const;
export type UserScope = (typeof USER_SCOPES)[number];

/** Which of the two contracts an institution has, which is the scope of its own token: 센터인증 or 자체인증. */
export const INSTITUTION_SCOPES = ["oob", "sa"] as const;
export type InstitutionScope = (typeof INSTITUTION_SCOPES)[number];
