/**
 * Registered accounts: the list, balances, transactions, and what can be changed about them.
 * @module
 */
import { hms, ymd } from "../../shared/clock.js";
import type { Json } from "../../shared/json.js";
import { branchOf, masked, type Posting } from "../bank.js";
import {
  bankHead,
  type Call,
  type Handler,
  memberOf,
  needAgreement,
  refusedByBank,
  registrationAt,
  registrationOf,
} from "../call.js";
import { type Agreement, type AgreementKind, cancelAgreement, type Registration } from "../registrations.js";
import { lastMoved, statementPage } from "../statement.js";
import { seconds } from "../time.js";
import { badFormat, Refusal } from "../wire.js";

const PAGE_SIZE = 25;

export const accountHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/account/list": list,
  "/v2.0/account/update_info": rename,
  "/v2.0/account/update": changeEmail,
  "/v2.0/account/info": info,
  "/v2.0/account/cancel": cancel,
  "/v2.0/account/balance/fin_num": (call) => balance(call, registrationOf(call)),
  "/v2.0/account/balance/acnt_num": (call) => balance(call, numbered(call)),
  "/v2.0/account/transaction_list/fin_num": (call) => transactions(call, registrationOf(call)),
  "/v2.0/account/transaction_list/acnt_num": (call) => transactions(call, numbered(call)),
};

function list(call: Call) {
  const { include_cancel_yn: withCancelled, sort_order: order, user_seq_no: userSeqNo } = call.input;
  if (withCancelled !== "Y" && withCancelled !== "N") throw badFormat("include_cancel_yn");
  if (order !== "A" && order !== "D") throw badFormat("sort_order");
  const { user } = memberOf(call, userSeqNo);
  const all = call.center.registrations
    .list(call.useCode, userSeqNo)
    .filter(({ cancelled }) => withCancelled === "Y" || !cancelled)
    .map((registration) => ({
      ...registeredAccount(call, registration),
      account_state: registration.cancelled ? "09" : "01",
    }));
  const rows = order === "A" ? all : all.reverse();
  return { data: { user_name: user.name, res_cnt: String(rows.length), res_list: rows } };
}

/** A registered account as lists show it. Account numbers are for institutions that do their own authentication. */
export function registeredAccount({ texts, holder }: Call, registration: Registration): Json {
  const { account, fintechUseNum, alias, inquiry, transfer } = registration;
  return {
    fintech_use_num: fintechUseNum,
    account_alias: alias,
    bank_code_std: account.bankCode,
    bank_code_sub: branchOf(account.bankCode),
    bank_name: texts.bankName(account.bankCode),
    savings_bank_name: "",
    ...(holder.institution.scope === "sa" && { account_num: account.accountNum, account_seq: "" }),
    account_num_masked: masked(account.accountNum),
    account_holder_name: account.holder,
    account_holder_type: "P",
    account_type: account.type,
    ...agreementFields("inquiry", inquiry),
    ...agreementFields("transfer", transfer),
  };
}

function agreementFields(kind: AgreementKind, { state, at }: Agreement): Json {
  return {
    [`${kind}_agree_yn`]: state === "agreed" ? "Y" : "N",
    [`${kind}_agree_dtime`]: at === undefined ? "" : seconds(at),
  };
}

function rename(call: Call) {
  registrationOf(call).alias = String(call.input.account_alias);
  return {};
}

function changeEmail(call: Call) {
  numbered(call).user.email = String(call.input.update_user_email);
  return { data: bankHead(call) };
}

function info(call: Call) {
  const registration = numbered(call);
  if (registration[kindOf(call)].state !== "agreed") throw refusedByBank(call, "556");
  const { account, fintechUseNum, payerNum } = registration;
  return {
    data: {
      ...bankHead(call),
      fintech_use_num: fintechUseNum,
      payer_num: payerNum,
      account_type: account.type,
      savings_bank_name: "",
    },
  };
}

/** 해지 of what was allowed with an account; of both, and it is no longer registered. */
function cancel(call: Call) {
  const { fintech_use_num: fintechUseNum, account_seq: seq } = call.input;
  const kind = kindOf(call);
  if (kind === "transfer" && seq !== undefined) throw badFormat("account_seq");
  const registration = fintechUseNum === undefined ? cancelling(call) : registered(call);
  if (registration[kind].state === "missing") throw refusedByBank(call, "556");
  cancelAgreement(registration, kind);
  return { data: bankHead(call) };
}

/** What is to be cancelled may have been cancelled before: that is the bank's to say. */
function registered(call: Call): Registration {
  const found = call.center.registrations.find(call.input.fintech_use_num);
  if (!found || found.useCode !== call.useCode) throw new Refusal("A0304");
  memberOf(call, found.user.userSeqNo);
  return found;
}

function cancelling(call: Call): Registration {
  const { user_seq_no: userSeqNo, bank_code_std: bankCode, account_num: accountNum } = call.input;
  for (const field of ["user_seq_no", "bank_code_std", "account_num"]) {
    if (call.input[field] === undefined) throw badFormat(field);
  }
  const { user } = memberOf(call, userSeqNo);
  const found = call.center.registrations.of(call.useCode, call.center.bank.find(bankCode, accountNum));
  if (!found || found.user !== user) throw refusedByBank(call, "555");
  return found;
}

function balance(call: Call, registration: Registration) {
  needAgreement(registration, "inquiry");
  const { account, fintechUseNum } = registration;
  const moved = lastMoved(account, call.center.beginning);
  return {
    data: {
      ...bankHead(call),
      ...ofBank(call, registration),
      ...(call.input.fintech_use_num !== undefined && { fintech_use_num: fintechUseNum }),
      balance_amt: String(account.balance),
      available_amt: String(Math.max(0, account.balance)),
      account_type: account.type,
      product_name: account.product,
      account_issue_date: account.issued,
      maturity_date: account.maturity,
      last_tran_date: moved === undefined ? "" : ymd(moved),
    },
  };
}

function transactions(call: Call, registration: Registration) {
  needAgreement(registration, "inquiry");
  const { account, fintechUseNum } = registration;
  const page = statementPage(account, call.input, call.center.beginning, PAGE_SIZE);
  if (page.rows.length === 0) throw new Refusal("A0018", { data: bankHead(call) });
  return {
    data: {
      ...bankHead(call),
      ...ofBank(call, registration),
      ...(call.input.fintech_use_num !== undefined && { fintech_use_num: fintechUseNum }),
      balance_amt: String(account.balance),
      page_record_cnt: String(page.rows.length),
      next_page_yn: page.more ? "Y" : "N",
      befor_inquiry_trace_info: page.trace,
      res_list: page.rows.map((row) => transaction(row, call.texts.bankName(account.bankCode))),
    },
  };
}

function transaction({ at, into, amount, after, type, print }: Posting, bankName: string): Json {
  return {
    tran_date: ymd(at),
    tran_time: hms(at),
    inout_type: into ? "입금" : "출금",
    tran_type: type,
    print_content: print,
    tran_amt: String(amount),
    after_balance_amt: String(after),
    branch_name: bankName,
  };
}

function ofBank({ texts }: Call, { account }: Registration): Json {
  return { bank_name: texts.bankName(account.bankCode), savings_bank_name: "" };
}

function numbered(call: Call): Registration {
  const { user_seq_no: userSeqNo, bank_code_std: bankCode, account_num: accountNum } = call.input;
  return registrationAt(call, { userSeqNo, bankCode, accountNum });
}

function kindOf({ input: { scope } }: Call): AgreementKind {
  if (scope !== "inquiry" && scope !== "transfer") throw badFormat("scope");
  return scope;
}
