import type { WooriOperation } from "kofin/woori";

/** Operation constants as the generator writes them, made by hand where a test is about the runtime alone. */
export const transactions: WooriOperation = {
  id: "finance.getAccTransList",
  method: "POST",
  path: "/oai/wb/v1/finance/getAccTransList",
  retry: "safe",
  headers: { appKey: "appKey", token: "token" },
  required: ["INQ_ACNO", "INQ_STA_DT", "INQ_END_DT"],
  sensitive: ["INQ_ACNO"],
};

export const period = { INQ_ACNO: "1002123456789", INQ_STA_DT: "20260101", INQ_END_DT: "20260131" };

export const transfer: WooriOperation = {
  id: "trans.executeWooriAcctToWooriAcct",
  method: "POST",
  path: "/oai/wb/v1/trans/executeWooriAcctToWooriAcct",
  retry: "never",
  settledBy: "finance/getAccTransList",
  headers: { appKey: "appKey", token: "token" },
  sensitive: ["WDR_ACNO", "RCV_ACNO"],
};

export const order = {
  WDR_ACNO: "1002123456789",
  TRN_AM: 50_000,
  RCV_BKCD: "020",
  RCV_ACNO: "1002987654321",
  PTN_PBOK_PRNG_TXT: "보너스",
};

/** Of 2019: a body with GET, and every header required. */
export const consultation: WooriOperation = {
  id: "lease-loan.leaseLoanLimitInqury",
  method: "GET",
  path: "/oai/wb/v1/leaseLoan/leaseLoanLimitInqury",
  retry: "safe",
  headers: { appKey: "appKey", secretKey: "secretKey", Authorization: "token" },
  numbers: ["SLF_ANL_ICM_AM", "OBJT_SQM", "HSHR_CN"],
  successor: "lease/getLeaseHouseLoanAm",
};

/** Its document names headers that only callers know. */
export const rates: WooriOperation = {
  id: "apt.getAptLoanInterestRate",
  method: "POST",
  path: "/oai/wb/v1/apt/getAptLoanInterestRate",
  retry: "safe",
  headers: { appKey: "appKey", authorization: "token", itcsno: "input", ebnk_utzpe_no: "input" },
  sensitive: ["itcsno", "ebnk_utzpe_no"],
};

/** GET without a body, and no envelope. */
export const tokencheck: WooriOperation = {
  id: "oauth.tokencheck",
  method: "GET",
  path: "/oap/wb/v2/oauth/tokencheck",
  retry: "safe",
  headers: { appKey: "appKey", Authorization: "token" },
};
