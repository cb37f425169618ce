/**
 * Cards, prepaid balances, insurances and loans: lists, and the details that they lead to.
 * @module
 */
import { isRecord, type Json } from "../../shared/json.js";
import { assetId, assetRow, COMPANIES, madeUp, OWNED } from "../assets.js";
import { masked } from "../bank.js";
import { type Bill, billsOf, purchasesOf } from "../bills.js";
import { bankHead, type Call, type Handler, memberOf, refusedByBank } from "../call.js";
import { type Page, pageOf, placed } from "../paging.js";
import { payHistory, repayments } from "../past-payments.js";
import type { AssetKind } from "../registrations.js";
import { periodOf } from "../statement.js";
import type { User } from "../users.js";

const PAGE_SIZE = 20;

export const assetHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/cards": (call) => list(call, "cards", "card_list", "card_cnt", (id) => ({ card_id: id })),
  "/v2.0/cards/issue_info": issueInfo,
  "/v2.0/cards/bills": bills,
  "/v2.0/cards/bills/detail": billDetail,
  "/v2.0/cards/cancel": (call) => cancel(call, "cards"),
  "/v2.0/pays": (call) => list(call, "pays", "faceofbill_list", "faceofbill_cnt", (id) => ({ faceofbill_id: id })),
  "/v2.0/pays/reload": reload,
  "/v2.0/pays/balances": payBalance,
  "/v2.0/pays/transactions": payTransactions,
  "/v2.0/insurances": (call) => list(call, "insurances", "insu_list", "insu_cnt", (id) => ({ insu_num: id })),
  "/v2.0/insurances/payment": insurancePayment,
  "/v2.0/loans": (call) => list(call, "loans", "loan_list", "loan_cnt", loanIds),
  "/v2.0/loans/basic": loan,
};

/**
 * The user whose assets of a kind are asked for.
 * @throws Refusal bank 555 for a company at which nobody has anything, 556 when the user has not let the institution look
 */
function ownerOf(call: Call, kind: AssetKind): User {
  const { user, assets } = memberOf(call, call.input.user_seq_no);
  if (call.input.bank_code_std !== COMPANIES[kind]) throw refusedByBank(call, "555");
  if (!assets.has(kind)) throw refusedByBank(call, "556");
  return user;
}

/** Which one of the user's. @throws Refusal bank 412 for none of them */
function rowOf(call: Call, kind: AssetKind, user: User, id: unknown): number {
  const row = assetRow(kind, user.userSeqNo, id);
  if (row === undefined) throw refusedByBank(call, "412");
  return row;
}

function list(call: Call, kind: AssetKind, field: string, count: string, ids: (id: string) => Json) {
  const user = ownerOf(call, kind);
  const made = rowsIn(madeUp(call, `${kind}/${user.userSeqNo}`, OWNED), field);
  const rows = made.map((row, index) => ({ ...row, ...ids(assetId(kind, user.userSeqNo, index)) }));
  return paged(call, pageOf(placed(rows), PAGE_SIZE, call.input.befor_inquiry_trace_info), field, count);
}

function loanIds(id: string): Json {
  return { account_num: id, account_seq: "", account_num_masked: `${id.slice(0, 12)}****` };
}

function paged(call: Call, { rows, more, trace }: Page<Json>, field: string, count: string, beside: Json = {}) {
  return {
    data: {
      ...bankHead(call),
      ...("user_seq_no" in (call.data.properties ?? {}) && { user_seq_no: call.input.user_seq_no }),
      ...beside,
      next_page_yn: more ? "Y" : "N",
      befor_inquiry_trace_info: trace,
      [count]: String(rows.length),
      [field]: rows,
    },
  };
}

function issueInfo(call: Call) {
  const user = ownerOf(call, "cards");
  const row = rowOf(call, "cards", user, call.input.card_id);
  const made = madeUp(call, `issue/${user.userSeqNo}/${row}`, 1);
  return {
    data: {
      ...made,
      ...bankHead(call),
      ...settlementAccount(call, user, "settlement_account_num", "settlement_bank_code"),
    },
  };
}

/** The user's own first account, from which things are paid. Its number is for institutions with 자체인증. */
function settlementAccount({ holder }: Call, user: User, field: string, bankField: string): Json {
  const [account] = user.accounts;
  if (!account) return {};
  return {
    [bankField]: account.bankCode,
    [field]: holder.institution.scope === "sa" ? account.accountNum : undefined,
    [`${field}_masked`]: masked(account.accountNum),
  };
}

function bills(call: Call) {
  const user = ownerOf(call, "cards");
  const { from_month: from, to_month: to, befor_inquiry_trace_info: trace } = call.input;
  const all = billsOf(call.center.beginning, user.userSeqNo, String(from), String(to));
  const page = pageOf(placed(all), PAGE_SIZE, trace);
  return paged(call, { ...page, rows: page.rows.map(billFields) }, "bill_list", "bill_cnt");
}

function billFields({ month, seq, cardId, settlementDate, purchases }: Bill): Json {
  const charge = purchases.reduce((sum, { amount, fee }) => sum + amount + fee, 0);
  return {
    charge_month: month,
    settlement_seq_no: seq,
    card_id: cardId,
    charge_amt: String(charge),
    settlement_day: settlementDate.slice(6),
    settlement_date: settlementDate,
    credit_check_type: "01",
  };
}

function billDetail(call: Call) {
  const user = ownerOf(call, "cards");
  const { charge_month: month, settlement_seq_no: seq, befor_inquiry_trace_info: trace } = call.input;
  const bill = billsOf(call.center.beginning, user.userSeqNo, String(month), String(month)).find(
    (one) => one.seq === seq,
  );
  if (!bill) throw refusedByBank(call, "412");
  const made = rowsIn(
    madeUp(call, `bill/${user.userSeqNo}/${month}/${seq}`, bill.purchases.length),
    "bill_detail_list",
  );
  const rows = purchasesOf(bill).map((purchase, index) => ({ ...made[index], ...purchase }));
  return paged(call, pageOf(placed(rows), PAGE_SIZE, trace), "bill_detail_list", "bill_detail_cnt");
}

function cancel(call: Call, kind: AssetKind) {
  ownerOf(call, kind);
  memberOf(call, call.input.user_seq_no).assets.delete(kind);
  return { data: bankHead(call) };
}

function reload(call: Call) {
  const user = ownerOf(call, "pays");
  const row = rowOf(call, "pays", user, call.input.faceofbill_id);
  const made = rowsIn(madeUp(call, `reload/${user.userSeqNo}/${row}`, 1), "reload_list");
  const account = settlementAccount(call, user, "reload_account_num", "reload_org_code");
  return {
    data: {
      ...bankHead(call),
      reload_cnt: String(made.length),
      reload_list: made.map((one) => ({ ...one, ...account })),
    },
  };
}

function payBalance(call: Call) {
  const user = ownerOf(call, "pays");
  const row = rowOf(call, "pays", user, call.input.faceofbill_id);
  const { total, reserve } = payHistory(call.center.beginning, user.userSeqNo, row);
  return {
    data: {
      ...madeUp(call, `pay/${user.userSeqNo}/${row}`, 1),
      ...bankHead(call),
      total_balance_amt: String(total),
      charge_balance_amt: String(total - reserve),
      reserve_balance_amt: String(reserve),
    },
  };
}

function payTransactions(call: Call) {
  const user = ownerOf(call, "pays");
  const row = rowOf(call, "pays", user, call.input.faceofbill_id);
  const { from, to } = periodOf({ ...call.input, inquiry_base: "D" });
  const { lines } = payHistory(call.center.beginning, user.userSeqNo, row);
  const made = rowsIn(madeUp(call, `pay/${user.userSeqNo}/${row}`, lines.length), "trans_list");
  const rows = placed(lines.map((line, index) => ({ ...made[index], ...line })));
  const wanted = rows.filter(({ row: { trans_dtime: at } }) => at >= from && at <= to);
  return paged(call, pageOf(wanted, PAGE_SIZE, call.input.befor_inquiry_trace_info), "trans_list", "trans_cnt");
}

function insurancePayment(call: Call) {
  const user = ownerOf(call, "insurances");
  const row = rowOf(call, "insurances", user, call.input.insu_num);
  return {
    data: {
      ...madeUp(call, `insurance/${user.userSeqNo}/${row}`, 1),
      ...bankHead(call),
      user_seq_no: user.userSeqNo,
      ...settlementAccount(call, user, "pay_account_num", "pay_org_code"),
    },
  };
}

function loan(call: Call) {
  const { input } = call;
  const user = ownerOf(call, "loans");
  const row = rowOf(call, "loans", user, input.account_num);
  const { from, to } = periodOf({ ...input, inquiry_base: "D" });
  const { lines, next } = repayments(call.center.beginning, user.userSeqNo, row);
  const wanted = placed(lines).filter(({ row: line }) => {
    const at = line.trans_date + line.trans_time;
    return at >= from && at <= to;
  });
  const { res_list: _, ...made } = madeUp(call, `loan/${user.userSeqNo}/${row}`, 1);
  const beside = {
    ...made,
    ...bankHead(call),
    account_num: input.account_num,
    account_seq: input.account_seq ?? "",
    next_repay_date: next,
    repay_date: next.slice(6),
    ...settlementAccount(call, user, "repay_account_num", "repay_org_code"),
  };
  return paged(call, pageOf(wanted, PAGE_SIZE, input.befor_inquiry_trace_info), "res_list", "page_record_cnt", beside);
}

function rowsIn(data: Json, field: string): Json[] {
  const rows = data[field];
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}
