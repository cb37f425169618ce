/** An account before anything has happened on it. All of it is made up. */
export interface AccountPlan {
  ACNO: string;
  PDCD: string;
  PRD_NM: string;
  CUCD: string;
  /** 계좌구분: P demand, J instalment savings, U subscription savings, F foreign currency. */
  ACCT_KND: string;
  NEW_DT: string;
  XPR_DT: string;
  opening: number;
}

/** 예금주 */
export const CUSTOMER = "홍길동";

export const PLANS: readonly AccountPlan[] = [
  plan("1002123456789", "0020590000000", "WON 통장", "P", "20210215", "", 3_014_050),
  plan("1002987654321", "0021650000000", "우리 SUPER주거래 통장", "P", "20200406", "", 558_900),
  plan("1040470212345", "0030120000000", "우리 정기적금", "J", "20201023", "20291023", 600_000),
  { ...plan("1081900123456", "0050010000000", "외화보통예금", "F", "20190624", "", 1_250.5), CUCD: "USD" },
];

function plan(
  ACNO: string,
  PDCD: string,
  PRD_NM: string,
  ACCT_KND: string,
  NEW_DT: string,
  XPR_DT: string,
  opening: number,
): AccountPlan {
  return { ACNO, PDCD, PRD_NM, CUCD: "KRW", ACCT_KND, NEW_DT, XPR_DT, opening };
}

const NAMES = ["김우리", "이한빛", "박다온", "최가람", "정나래"] as const;

/** Whose an account elsewhere is. Numbers of digits exist, but for those that end in four zeros. */
export function recipientOf(number: string): string | undefined {
  if (!/^\d{10,15}$/.test(number) || number.endsWith("0000")) return undefined;
  return NAMES[Number(number.slice(-2)) % NAMES.length];
}
