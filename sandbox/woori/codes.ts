/** What is wrong with a request, by the bank's system code. */
export interface Refusal {
  code: string;
  /** Default what the specs say of the code. */
  message?: string;
  /** What the bank's own system says about it. */
  reasons?: readonly Reason[];
}

export interface Reason {
  MSG_CD: string;
  MAIN_MSG_TXT: string;
}

/** Codes that are no fault of the request have a status of 500 and above; the documents leave the table of statuses empty. */
const STATUS: Readonly<Record<string, number>> = {
  SYSCD02901: 404,
  SYSCD03101: 503,
  SYSCD03102: 503,
  SYSCD01003: 500,
  SYSCD01999: 500,
  SYSCD03201: 500,
  SYSCD03901: 500,
  SYSCD09999: 500,
};

export function statusOf(code: string): number {
  return STATUS[code] ?? 400;
}

/** Why the bank's own system refuses. Its codes are not published: these are the sandbox's. */
const REASONS = {
  noMoney: { MSG_CD: "SANDBOX001", MAIN_MSG_TXT: "출금가능금액이 부족합니다." },
  noAccount: { MSG_CD: "SANDBOX002", MAIN_MSG_TXT: "계좌번호를 확인하십시오." },
  noRecipient: { MSG_CD: "SANDBOX003", MAIN_MSG_TXT: "입금계좌가 없습니다." },
  wrongCode: { MSG_CD: "SANDBOX004", MAIN_MSG_TXT: "인증번호가 일치하지 않습니다." },
  noCertification: { MSG_CD: "SANDBOX005", MAIN_MSG_TXT: "인증 요청이 없거나 끝났습니다." },
  noCurrency: { MSG_CD: "SANDBOX006", MAIN_MSG_TXT: "송금할 수 없는 통화입니다." },
} as const satisfies Record<string, Reason>;

/** What an operation comes to: fields of `dataBody`, or a refusal. */
export type Outcome = { fields: Fields; refusal?: undefined } | Refused;

export interface Refused {
  refusal: Refusal;
}

/** The bank's own system was asked, and refused. */
export function refusedByBank(reason: keyof typeof REASONS): Refused {
  return { refusal: { code: "SYSCD01002", reasons: [REASONS[reason]] } };
}

/** A field that cannot be used as it is. */
export function badInput(field: string, code = "SYSCD01006"): Refused {
  return { refusal: { code, reasons: [{ MSG_CD: code, MAIN_MSG_TXT: field }] } };
}

/** Values for fields of `dataBody`; what the spec does not name is left out, and what is missing is made up. */
export interface Fields {
  [field: string]: string | number | readonly Fields[];
}
