import type { CodefOperation } from "kofin/codef";

/** Operation constants as the generator writes them, made by hand where a test is about the runtime alone. */
export const reading: CodefOperation = {
  id: "bank.accountList",
  method: "POST",
  path: "/v1/kr/bank/p/account/account-list",
  retry: "safe",
};

export const moving: CodefOperation = {
  id: "bank.accountTransferAuthentication",
  method: "POST",
  path: "/v1/kr/bank/a/account/transfer-authentication",
  retry: "never",
};

export const registering: CodefOperation = {
  id: "account.createAccount",
  method: "POST",
  path: "/v1/account/create",
  retry: "never",
  required: ["accountList", "accountList[].organization", "accountList[].password"],
  defaults: { "accountList[].countryCode": "KR" },
  encrypted: ["accountList[].password"],
  files: ["accountList[].derFile", "accountList[].keyFile"],
  sensitive: ["accountList[].id", "accountList[].birthDate"],
  success: ["CF-04012"],
};

export const asking: CodefOperation = {
  id: "public-nts.corporateRegistration",
  method: "POST",
  path: "/v1/kr/public/nt/proof-issue/corporate-registration",
  retry: "safe",
  sensitive: ["userName", "phoneNo"],
  encrypted: ["password"],
  twoWay: true,
};
