import type { CallOptions, OpenBanking } from "kofin/openbanking";
import {
  transferDepositAcntNum,
  transferDepositFinNum,
  transferWithdrawAcntNum,
  transferWithdrawFinNum,
} from "kofin/openbanking/transfer";
import type { Payment } from "./payments.js";
import type { Account, SimulatedBank } from "./simulated-bank.js";

export interface SendOptions extends CallOptions {
  /** A bank_tran_id of one's own. */
  id?: string;
}

/** Sends one attempt at a payment. Returns the bank_tran_id under which the money has moved. */
export async function send(
  openBanking: OpenBanking,
  { center, accounts }: SimulatedBank,
  { memo, way, account, amount }: Payment,
  { id, ...options }: SendOptions,
): Promise<string> {
  const { collecting, paying } = center.contractAccounts;
  const { userSeqNo, holder, bankCode, accountNum, fintechUseNum } = accounts[account] as Account;
  const order = {
    ...{ tran_amt: amount, transfer_purpose: "RC", req_client_name: holder, req_client_num: "CLIENT01" },
    ...{ req_client_account_num: accountNum, req_client_bank_code: bankCode as "097" },
    ...(id !== undefined && { bank_tran_id: id }),
  };
  if (way === "withdraw fin_num" || way === "withdraw acnt_num") {
    const withdrawal = { ...order, cntr_account_type: "N", cntr_account_num: collecting, dps_print_content: memo };
    const numbers = { user_seq_no: userSeqNo, wd_bank_code_std: bankCode as "097", wd_account_num: accountNum };
    const { data } =
      way === "withdraw fin_num"
        ? await transferWithdrawFinNum(
            openBanking.user(userSeqNo),
            { ...withdrawal, fintech_use_num: fintechUseNum },
            options,
          )
        : await transferWithdrawAcntNum(openBanking, { ...withdrawal, ...numbers }, options);
    return String(data.bank_tran_id);
  }
  const from = {
    ...{ cntr_account_type: "N", cntr_account_num: paying, wd_pass_phrase: "NONE", wd_print_content: memo },
    name_check_option: "on",
  };
  const item = { ...order, tran_no: "1", print_content: memo };
  const numbers = { bank_code_std: bankCode as "097", account_num: accountNum, account_holder_name: holder };
  const { data } =
    way === "deposit fin_num"
      ? await transferDepositFinNum(
          openBanking,
          { ...from, req_list: [{ ...item, fintech_use_num: fintechUseNum }] },
          options,
        )
      : await transferDepositAcntNum(openBanking, { ...from, req_list: [{ ...item, ...numbers }] }, options);
  return String(data.res_list?.[0]?.bank_tran_id);
}
