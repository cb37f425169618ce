/**
 * 출금이체, 입금이체 and 이체결과조회.
 * @module
 */
import { isRecord, type Json } from "../../shared/json.js";
import { type BankAccount, branchOf, masked } from "../bank.js";
import {
  bankHead,
  type Call,
  contractAccount,
  type Handler,
  memberOf,
  needAgreement,
  registrationAt,
  registrationOf,
} from "../call.js";
import type { Transfer, TransferKind } from "../journal.js";
import { amountOf, needRequester } from "../money.js";
import type { Registration } from "../registrations.js";
import { carryOut } from "../transfer.js";
import { type Answer, BANK_SUCCESS, BY_BANK, BY_ROW, badFormat, Refusal } from "../wire.js";

const NO_SUCH_TRANSFER = "701";
const STILL_PROCESSING = "400";
const RESULTS_AT_ONCE = 25;

export const transferHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/transfer/withdraw/fin_num": (call) => withdraw(call, registrationOf(call)),
  "/v2.0/transfer/withdraw/acnt_num": (call) => withdraw(call, numbered(call)),
  "/v2.0/transfer/deposit/fin_num": deposit,
  "/v2.0/transfer/deposit/acnt_num": deposit,
  "/v2.0/transfer/result": result,
  "/v2.0/transfer/user_remain_amt": userLimit,
};

function numbered(call: Call): Registration {
  const { user_seq_no: userSeqNo, wd_bank_code_std: bankCode, wd_account_num: accountNum } = call.input;
  return registrationAt(call, { userSeqNo, bankCode, accountNum });
}

/** From a user's account to the institution's 수납계좌. */
function withdraw(call: Call, registration: Registration): Answer {
  const { input, center, useCode, now } = call;
  needRequester(input);
  needRecipient(input);
  const amount = amountOf(input.tran_amt);
  const to = contractAccount(call, "collecting");
  needAgreement(registration, "transfer");
  const { account, alias, user, fintechUseNum } = registration;
  const mover = { useCode, userSeqNo: user.userSeqNo };
  const fromPrint = String(input.wd_print_content ?? to.holder);
  const outcome = carryOut(call, {
    kind: "withdraw",
    bankTranId: String(input.bank_tran_id),
    mover,
    amount,
    from: account,
    to,
    fromPrint,
    toPrint: String(input.dps_print_content),
    registration,
  });
  return {
    ...(outcome !== BANK_SUCCESS && { code: BY_BANK }),
    data: {
      ...bankHead(call, outcome),
      ...sideFields(call, "dps", to),
      dps_print_content: input.dps_print_content,
      dps_account_holder_name: to.holder,
      ...(input.fintech_use_num === undefined
        ? { account_num: account.accountNum }
        : { fintech_use_num: fintechUseNum }),
      account_alias: alias,
      bank_code_std: account.bankCode,
      bank_code_sub: branchOf(account.bankCode),
      bank_name: call.texts.bankName(account.bankCode),
      savings_bank_name: "",
      account_num_masked: masked(account.accountNum),
      print_content: fromPrint,
      account_holder_name: account.holder,
      tran_amt: String(amount),
      wd_limit_remain_amt: String(center.quotas.institutionLeft(useCode, now)),
    },
  };
}

/** 송금 needs to say who gets the money in the end. */
function needRecipient(input: Json): void {
  if (input.transfer_purpose !== "TR") return;
  for (const field of ["recv_client_name", "recv_client_bank_code", "recv_client_account_num"]) {
    if (input[field] === undefined) throw badFormat(field);
  }
}

/** From the institution's 지급계좌 to whomever. */
function deposit(call: Call): Answer {
  const { input, center, useCode } = call;
  const [item, ...others] = rowsOf(input);
  if (!item || others.length > 0) throw badFormat("req_list");
  const { name_check_option: nameCheck } = input;
  if (nameCheck !== "on" && nameCheck !== "off") throw badFormat("name_check_option");
  needRequester(item);
  const amount = amountOf(item.tran_amt);
  const from = contractAccount(call, "paying");
  if (input.wd_pass_phrase !== center.settings.passPhrase) throw new Refusal("A0307");
  const registration = item.fintech_use_num === undefined ? undefined : registrationOf(call, item.fintech_use_num);
  const to = registration?.account ?? center.bank.find(item.bank_code_std, item.account_num);
  if (to && !registration && nameCheck === "on") checkName(item.account_holder_name, to);
  const outcome = carryOut(call, {
    kind: "deposit",
    bankTranId: String(item.bank_tran_id),
    mover: { useCode },
    amount,
    from,
    to,
    fromPrint: String(input.wd_print_content),
    toPrint: String(item.print_content),
    registration,
  });
  return {
    ...(outcome !== BANK_SUCCESS && { code: BY_ROW }),
    data: {
      ...sideFields(call, "wd", from),
      wd_print_content: input.wd_print_content,
      wd_account_holder_name: from.holder,
      res_cnt: "1",
      res_list: [{ ...bankHead(call, outcome, item.bank_tran_id), ...depositFields(call, item, to, registration) }],
    },
  };
}

/** The name that the institution has must be the account's. */
function checkName(name: unknown, { holder }: BankAccount): void {
  if (name === undefined) throw badFormat("account_holder_name");
  if (name !== holder) throw new Refusal("A0312");
}

function depositFields(
  { texts }: Call,
  item: Json,
  to: BankAccount | undefined,
  registration: Registration | undefined,
): Json {
  const bankCode = to?.bankCode ?? String(item.bank_code_std);
  return {
    tran_no: item.tran_no,
    ...(registration
      ? { fintech_use_num: registration.fintechUseNum, account_alias: registration.alias }
      : { account_num: item.account_num, account_seq: item.account_seq ?? "" }),
    bank_code_std: bankCode,
    bank_code_sub: branchOf(bankCode),
    bank_name: texts.bankName(bankCode),
    savings_bank_name: "",
    account_num_masked: masked(to?.accountNum ?? String(item.account_num)),
    print_content: item.print_content,
    account_holder_name: to?.holder ?? "",
    tran_amt: String(Number(item.tran_amt)),
    cms_num: item.cms_num ?? "",
    ...(item.withdraw_bank_tran_id !== undefined && { withdraw_bank_tran_id: item.withdraw_bank_tran_id }),
  };
}

/** The account of one side: `dps_bank_code_std`, `wd_bank_code_std`, … */
function sideFields({ texts }: Call, side: "dps" | "wd", { bankCode, accountNum }: BankAccount): Json {
  return {
    [`${side}_bank_code_std`]: bankCode,
    [`${side}_bank_code_sub`]: branchOf(bankCode),
    [`${side}_bank_name`]: texts.bankName(bankCode),
    [`${side}_account_num_masked`]: masked(accountNum),
  };
}

/** What became of transfers: the truth, whatever was answered at the time. */
function result(call: Call): Answer {
  const { input, center } = call;
  const kind = KINDS[String(input.check_type)];
  if (!kind) throw badFormat("check_type");
  const rows = rowsOf(input);
  if (rows.length > RESULTS_AT_ONCE || input.req_cnt !== String(rows.length)) throw badFormat("req_cnt");
  const answers = rows.map((row) => resultOf(call, kind, row));
  const isMissing = answers.every(({ bank_rsp_code }) => bank_rsp_code === NO_SUCH_TRANSFER);
  const { missingTransfer } = center.settings;
  if (isMissing && missingTransfer === "A0310") throw new Refusal("A0310");
  return {
    ...(isMissing && { code: missingTransfer }),
    data: { res_cnt: String(answers.length), res_list: answers },
  };
}

const KINDS: Record<string, TransferKind | undefined> = { "1": "withdraw", "2": "deposit" };

function resultOf(call: Call, kind: TransferKind, row: Json): Json {
  const bankTranId = String(row.org_bank_tran_id);
  const date = String(row.org_bank_tran_date);
  const amount = amountOf(row.org_tran_amt, "org_tran_amt");
  const transfer = call.center.journal.find({ kind, bankTranId, date, useCode: call.useCode });
  const found = transfer?.amount === amount ? transfer : undefined;
  const head = { ...bankHead(call, found ? tell(found) : NO_SUCH_TRANSFER, bankTranId), bank_tran_date: date };
  return { tran_no: row.tran_no, ...head, ...(found && transferFields(call, found)), tran_amt: String(amount) };
}

function tell(transfer: Transfer): string {
  if (transfer.stillProcessing === 0) return transfer.outcome;
  transfer.stillProcessing -= 1;
  return STILL_PROCESSING;
}

function transferFields(call: Call, { kind, from, to, fromPrint, toPrint, registration }: Transfer): Json {
  const fintechUseNum = registration?.fintechUseNum ?? "";
  return {
    ...sideFields(call, "wd", from),
    wd_savings_bank_name: "",
    wd_fintech_use_num: kind === "withdraw" ? fintechUseNum : "",
    wd_print_content: fromPrint,
    wd_account_holder_name: from.holder,
    ...(to && { ...sideFields(call, "dps", to), dps_account_holder_name: to.holder }),
    dps_savings_bank_name: "",
    dps_fintech_use_num: kind === "deposit" ? fintechUseNum : "",
    dps_print_content: toPrint,
  };
}

function userLimit(call: Call): Answer {
  const { user } = memberOf(call, call.input.user_seq_no);
  const { limit, moved, left } = call.center.quotas.user(user.userSeqNo, call.now);
  return {
    data: { day_wd_limit_amt: String(limit), day_wd_amt: String(moved), wd_limit_remain_amt: String(left) },
  };
}

function rowsOf({ req_list: list }: Json): Json[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
