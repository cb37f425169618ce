/**
 * Who there is to consent, when a test brings nobody of its own. All of them are made up.
 * @module
 */

/** 오픈은행 and 오픈증권: the institutions of the center's test environment. */
export const TEST_BANK = "097";
export const TEST_SECURITIES = "296";

export interface SandboxAccount {
  accountNum: string;
  /** 개설기관 표준코드. Default 097, 오픈은행. */
  bankCode?: string;
  /** 계좌종류: `1` 수시입출금, `2` 예적금, `6` 수익증권, `T` 종합계좌. Default `1`. */
  type?: "1" | "2" | "6" | "T";
  /** Default: what such an account is called. */
  product?: string;
  /** In won, at the beginning. Default 3,000,000. */
  balance?: number;
}

export interface SandboxPerson {
  name: string;
  /** `yyyymmdd` */
  birth: string;
  gender: "M" | "F";
  cellNo: string;
  email: string;
  accounts: readonly SandboxAccount[];
}

export const PEOPLE: readonly SandboxPerson[] = [
  {
    name: "홍길동",
    birth: "19900101",
    gender: "M",
    cellNo: "01000000001",
    email: "gildong@example.com",
    accounts: [
      { accountNum: "1000000000011", product: "오픈 입출금통장" },
      { accountNum: "1000000000012", type: "2", product: "오픈 정기적금", balance: 12_000_000 },
      {
        accountNum: "2960000000011",
        bankCode: TEST_SECURITIES,
        type: "T",
        product: "오픈 종합계좌",
        balance: 5_400_000,
      },
    ],
  },
  {
    name: "김한빛",
    birth: "19951224",
    gender: "F",
    cellNo: "01000000002",
    email: "hanbit@example.com",
    accounts: [
      { accountNum: "1000000000021", product: "오픈 급여통장", balance: 1_250_000 },
      { accountNum: "1000000000022", product: "오픈 모임통장", balance: 480_000 },
    ],
  },
  {
    name: "이가람",
    birth: "19880503",
    gender: "F",
    cellNo: "01000000003",
    email: "garam@example.com",
    accounts: [{ accountNum: "1000000000031", product: "오픈 입출금통장", balance: 70_000 }],
  },
];
