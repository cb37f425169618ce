/** Real trading and mock trading (모의투자): two servers that know nothing of each other's keys and accounts. */
export type Environment = "real" | "mock";

export const ENVIRONMENTS: readonly Environment[] = ["real", "mock"];

/** The keys of an app at KIS Developers. */
export interface KisCredentials {
  /** 36 characters, as at KIS. */
  appKey: string;
  /** 180 characters, as at KIS. */
  appSecret: string;
}

/** The keys that every sandbox knows. They open nothing else. */
export const CREDENTIALS: Readonly<Record<Environment, KisCredentials>> = {
  real: { appKey: "PSkofinSandboxReal".padEnd(36, "0"), appSecret: "kofin/sandbox/real/".padEnd(180, "R") },
  mock: { appKey: "PSkofinSandboxMock".padEnd(36, "0"), appSecret: "kofin/sandbox/mock/".padEnd(180, "M") },
};

/** The customer that both environments have, and the user's id at KIS. */
export const CUSTOMER = "12345678";
export const HTS_ID = "sandbox";

/** Products that a customer has an account for: 위탁, 국내선물옵션, 해외선물옵션, 투자계좌자산, 개인연금, 퇴직연금. */
export const PRODUCTS: ReadonlySet<string> = new Set(["01", "03", "08", "21", "22", "29"]);
