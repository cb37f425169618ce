/**
 * What an institution asks about the center and itself, and what it asks about everything that a person owns.
 * @module
 */
import { ymd } from "../../shared/clock.js";
import { branchOf } from "../bank.js";
import type { Call, Handler } from "../call.js";
import { TEST_BANK, TEST_SECURITIES } from "../people.js";
import { lastMoved } from "../statement.js";
import { badFormat, Refusal } from "../wire.js";

export const manageHandlers: Readonly<Record<string, Handler>> = {
  "/v2.0/bank/status": status,
  "/v2.0/accountinfo/list": owned,
};

function status({ texts }: Call) {
  const rows = [TEST_BANK, TEST_SECURITIES].map((code) => ({
    bank_code_std: code,
    bank_name: texts.bankName(code),
    bank_status: "Y",
  }));
  return { data: { res_cnt: String(rows.length), res_list: rows } };
}

const AT_ONCE = 30;

/** 계좌통합조회: all accounts of whoever consented to it, at institutions of one sector. */
function owned(call: Call) {
  const { input, center, now } = call;
  const consent = center.tokens.lookUp(input.auth_code);
  if (!consent?.accountinfo || consent.institution !== call.holder.institution) throw new Refusal("A0332");
  const start = Number(input.trace_no);
  const count = Number(input.inquiry_record_cnt);
  if (!Number.isInteger(start) || start < 1) throw badFormat("trace_no");
  if (!Number.isInteger(count) || count < 1 || count > AT_ONCE) throw badFormat("inquiry_record_cnt");
  const type = input.inquiry_bank_type;
  if (type !== "1" && type !== "2" && type !== "4") throw badFormat("inquiry_bank_type");
  const all = (center.users.find(consent.userSeqNo)?.accounts ?? []).filter(
    ({ bankCode }) => sectorOf(bankCode) === type,
  );
  const rows = all.slice(start - 1, start - 1 + count).map((account) => {
    const moved = lastMoved(account, center.beginning);
    return {
      bank_code_std: account.bankCode,
      activity_type: "A",
      account_type: account.type,
      account_num: account.accountNum,
      account_seq: "",
      account_local_code: branchOf(account.bankCode),
      account_issue_date: account.issued,
      maturity_date: account.maturity,
      last_tran_date: moved === undefined ? "" : ymd(moved),
      product_name: account.product,
      product_sub_name: "",
      dormancy_yn: "N",
      balance_amt: String(account.balance),
    };
  });
  return {
    data: {
      ainfo_tran_id: `A${center.ids.hex(11).toUpperCase()}`,
      ainfo_tran_date: ymd(now),
      rsp_type: "0",
      ainfo_rsp_code: "0000",
      ainfo_rsp_message: "",
      inquiry_bank_type: type,
      exclude_cnt: "0",
      exclude_list: [],
      org_ainfo_tran_id: input.org_ainfo_tran_id ?? "",
      trace_no: input.trace_no,
      total_record_cnt: String(all.length),
      page_record_cnt: String(rows.length),
      res_list: rows,
    },
  };
}

/** 업권: securities companies have codes in the 200s, 상호금융 these. */
const MUTUAL = ["012", "030", "045", "048", "050", "064", "071"];

function sectorOf(bankCode: string): "1" | "2" | "4" {
  if (/^2\d\d$/.test(bankCode)) return "4";
  return MUTUAL.includes(bankCode) ? "2" : "1";
}
