/**
 * Names behind accounts: 계좌실명조회, 수취조회 and 송금인정보조회.
 * @module
 */
import { hms, ymd } from "../../shared/clock.js";
import type { Json } from "../../shared/json.js";
import { type BankAccount, branchOf } from "../bank.js";
import { bankHead, type Call, contractAccount, type Handler, refusedByBank, registrationOf } from "../call.js";
import { amountOf, needRequester } from "../money.js";
import { statementPage } from "../statement.js";

import { Refusal } from "../wire.js";

/** The page of 송금인정보조회 is nowhere documented: that of 거래내역조회. */
const PAGE_SIZE = 25;

export const inquiryHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/inquiry/real_name": realName,
  "/v2.0/inquiry/receive": receive,
  "/v2.0/inquiry/remit_list": senders,
};

function realName(call: Call) {
  const {
    bank_code_std,
    account_num,
    account_seq = "",
    account_holder_info_type: type,
    account_holder_info: info,
  } = call.input;
  checkHolderInfo(String(type), String(info));
  const account = call.center.bank.find(bank_code_std, account_num);
  if (!account) throw refusedByBank(call, "412");
  if (type !== "N" && info !== account.holderInfo) throw refusedByBank(call, "463");
  return {
    data: {
      ...bankHead(call),
      ...accountFields(call, account),
      account_seq,
      account_holder_info_type: type,
      account_holder_info: info,
      account_type: account.type,
      account_holder_name: account.holder,
    },
  };
}

/** How long each kind of 실명번호 is. Whole numbers of a person need a right of their own. */
const INFO_FORMS: Record<string, RegExp | undefined> = {
  " ": /^\d{6}$/,
  "6": /^\d{10}$/,
  E: /^[A-Z0-9]{1,13}$/,
  N: /^[A-Z0-9]{0,13}$/,
};
const WHOLE_NUMBERS = ["1", "2", "3", "4", "5"];

function checkHolderInfo(type: string, info: string): void {
  if (WHOLE_NUMBERS.includes(type)) throw new Refusal("A0320");
  if (!INFO_FORMS[type]?.test(info)) throw new Refusal("A0321");
}

/** Whether money could be sent there, and to whom. */
function receive(call: Call) {
  const { input, center } = call;
  contractAccount(call, "paying");
  needRequester(input);
  amountOf(input.tran_amt);
  const account =
    input.fintech_use_num === undefined
      ? center.bank.find(input.bank_code_std, input.account_num)
      : registrationOf(call).account;
  if (!account) throw refusedByBank(call, "412");
  return {
    data: {
      ...bankHead(call),
      ...accountFields(call, account),
      ...(input.fintech_use_num !== undefined && { fintech_use_num: input.fintech_use_num }),
      print_content: input.print_content,
      tran_amt: input.tran_amt,
      account_holder_name: account.holder,
    },
  };
}

/** What came into an account of the institution, and from whom. */
function senders(call: Call) {
  const { input, center, useCode } = call;
  const contract = center.contracts.get(useCode);
  const account = contract && [contract.collecting, contract.paying].find((own) => isAt(own, input));
  if (!account) throw new Refusal("A0322");
  const page = statementPage(account, { ...input, inquiry_type: "I", inquiry_base: "T" }, undefined, PAGE_SIZE);
  if (page.rows.length === 0) throw new Refusal("A0018", { data: bankHead(call) });
  return {
    data: {
      ...bankHead(call),
      page_record_cnt: String(page.rows.length),
      next_page_yn: page.more ? "Y" : "N",
      befor_inquiry_trace_info: page.trace,
      res_list: page.rows.map(({ at, amount, print, other, party = "" }) => ({
        tran_date: ymd(at),
        tran_time: hms(at),
        tran_amt: String(amount),
        print_content: print,
        remitter_name: party,
        remitter_bank_code: other?.bankCode ?? "",
        remitter_account_num: other?.accountNum ?? "",
      })),
    },
  };
}

function isAt({ bankCode, accountNum }: BankAccount, { bank_code_std, account_num }: Json): boolean {
  return bankCode === bank_code_std && accountNum === account_num;
}

function accountFields({ texts }: Call, { bankCode, accountNum }: BankAccount) {
  return {
    bank_code_std: bankCode,
    bank_code_sub: branchOf(bankCode),
    bank_name: texts.bankName(bankCode),
    savings_bank_name: "",
    account_num: accountNum,
  };
}
