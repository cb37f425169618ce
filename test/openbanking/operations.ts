import type { OpenBankingOperation } from "kofin/openbanking";

/** Operation constants as the generator writes them, made by hand where a test is about the runtime alone. */
export const balance: OpenBankingOperation = {
  id: "account.accountBalanceFinNum",
  method: "GET",
  path: "/v2.0/account/balance/fin_num",
  retry: "safe",
  auth: { user: "inquiry", institution: ["sa"] },
  required: ["fintech_use_num"],
  from: { bank_tran_id: "bankTranId", tran_dtime: "tranDtime" },
  sensitive: ["fintech_use_num"],
};

export const realName: OpenBankingOperation = {
  id: "inquiry.inquiryRealName",
  method: "POST",
  path: "/v2.0/inquiry/real_name",
  retry: "safe",
  auth: { institution: ["oob", "sa"] },
  required: ["bank_code_std", "account_num"],
  from: { bank_tran_id: "bankTranId", tran_dtime: "tranDtime" },
  sensitive: ["account_num", "account_holder_info"],
};

export const transactions: OpenBankingOperation = {
  id: "account.accountTransactionListFinNum",
  method: "GET",
  path: "/v2.0/account/transaction_list/fin_num",
  retry: "safe",
  auth: { user: "inquiry", institution: ["sa"] },
  required: ["fintech_use_num", "from_date", "to_date"],
  from: { bank_tran_id: "bankTranId", tran_dtime: "tranDtime" },
  sensitive: ["fintech_use_num"],
  many: ["res_list"],
};

export const userMe: OpenBankingOperation = {
  id: "user.userMe",
  method: "GET",
  path: "/v2.0/user/me",
  retry: "safe",
  auth: { user: "login", institution: ["sa"] },
  required: ["user_seq_no"],
  sensitive: ["user_seq_no"],
};

export const loans: OpenBankingOperation = {
  id: "loan.loans",
  method: "GET",
  path: "/v2.0/loans",
  retry: "safe",
  auth: { user: ["insuinfo", "loaninfo"], institution: ["sa"] },
  from: { bank_tran_id: "bankTranId" },
};

export const unlink: OpenBankingOperation = {
  id: "user.userUnlink",
  method: "POST",
  path: "/v2.0/user/unlink",
  retry: "never",
  auth: { user: "login" },
  required: ["user_seq_no"],
  from: { client_use_code: "clientUseCode" },
};

export const register: OpenBankingOperation = {
  id: "user.userRegister",
  method: "POST",
  path: "/v2.0/user/register",
  retry: "never",
  auth: { institution: ["sa"] },
  from: { bank_tran_id: "bankTranId" },
};

export const withdraw: OpenBankingOperation = {
  id: "transfer.transferWithdrawFinNum",
  method: "POST",
  path: "/v2.0/transfer/withdraw/fin_num",
  retry: "never",
  settledBy: "transfer/transferResult",
  auth: { user: "transfer", institution: ["sa"] },
  required: ["cntr_account_num", "fintech_use_num", "tran_amt", "transfer_purpose"],
  from: { bank_tran_id: "bankTranId", tran_dtime: "tranDtime" },
  sensitive: ["fintech_use_num", "recv_client_account_num"],
};

export const deposit: OpenBankingOperation = {
  id: "transfer.transferDepositAcntNum",
  method: "POST",
  path: "/v2.0/transfer/deposit/acnt_num",
  retry: "never",
  settledBy: "transfer/transferResult",
  auth: { institution: ["oob", "sa"] },
  required: ["cntr_account_num", "req_list", "req_list[].account_num", "req_list[].tran_amt"],
  defaults: { name_check_option: "on", req_cnt: "1" },
  from: { tran_dtime: "tranDtime", "req_list[].bank_tran_id": "bankTranId" },
  sensitive: ["req_list[].account_num", "wd_pass_phrase"],
};

export const result: OpenBankingOperation = {
  id: "transfer.transferResult",
  method: "POST",
  path: "/v2.0/transfer/result",
  retry: "safe",
  auth: { institution: ["oob", "sa"] },
  from: { tran_dtime: "tranDtime" },
};

export const token: OpenBankingOperation = {
  id: "oauth.token",
  method: "POST",
  path: "/oauth/2.0/token",
  retry: "never",
  auth: "none",
  from: { client_id: "clientId", client_secret: "clientSecret" },
  bodyType: "form",
};

export const authorize: OpenBankingOperation = {
  id: "oauth.authorize",
  method: "GET",
  path: "/oauth/2.0/authorize",
  retry: "never",
  auth: "none",
  from: { client_id: "clientId" },
};

export const withdrawal = {
  cntr_account_type: "N",
  cntr_account_num: "1000123456789",
  dps_print_content: "오픈페이",
  fintech_use_num: "120260001088941120000001",
  tran_amt: 50_000,
  req_client_name: "홍길동",
  req_client_num: "HONG1234",
  req_client_fintech_use_num: "120260001088941120000001",
  transfer_purpose: "TR",
  recv_client_name: "김철수",
  recv_client_bank_code: "097",
  recv_client_account_num: "1104560000912",
};

export const depositItem = {
  tran_no: 1,
  bank_code_std: "097",
  account_num: "1101230000678",
  account_holder_name: "홍길동",
  print_content: "환급",
  tran_amt: "50000",
  req_client_name: "홍길동",
  req_client_bank_code: "097",
  req_client_account_num: "1101230000678",
  req_client_num: "HONG1234",
  transfer_purpose: "TR",
};

export const depositing = {
  cntr_account_type: "N",
  cntr_account_num: "1000123456789",
  wd_pass_phrase: "NONE-planted",
  wd_print_content: "오픈페이",
  req_list: [depositItem],
};

/** What a bank answers to a deposit. */
export function deposited(bankCode: string, more: object = {}) {
  return { res_cnt: "1", res_list: [{ tran_no: "1", bank_rsp_code: bankCode, bank_rsp_message: "", ...more }] };
}
