import type { Operation, Schema } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { specs } from "../../sandbox/shared/specs.js";
import { complaints } from "../contract/validator.js";
import {
  type Answer,
  authorizeUrl,
  type Connection,
  connect,
  deposit,
  TRAN_DTIME,
  useCode,
  withdrawal,
} from "./openbanking-client.js";

const operations = specs("openbanking")?.documents.flatMap(({ operations }) => operations) ?? [];

const EVERYTHING = "login inquiry transfer cardinfo fintechinfo insuinfo loaninfo";
const PERIOD = { from_date: "20251001", to_date: "20260115" };
const TIMES = { from_time: "000000", to_time: "235959" };

/** Something that every operation can be asked; `who` where the institution's token does not do. */
type Question = (here: Connection) => { who?: "user"; input: Record<string, unknown> };

const numbered = (here: Connection) => ({
  bank_tran_id: here.tranId(),
  user_seq_no: here.userSeqNo,
  bank_code_std: "097",
  account_num: here.accountNum,
});
const statement = { inquiry_type: "A", inquiry_base: "D", ...PERIOD, sort_order: "D", tran_dtime: TRAN_DTIME };
const asset = (here: Connection, bank_code_std: string) => ({
  bank_tran_id: here.tranId(),
  user_seq_no: here.userSeqNo,
  bank_code_std,
});
const card = (here: Connection) => ({ ...asset(here, "381"), member_bank_code: "381" });
const person = (here: Connection) => ({ user_seq_no: here.userSeqNo });
const leaving = (here: Connection) => ({ client_use_code: useCode, ...person(here) });
const first = async (here: Connection, path: string, query: Record<string, string>, list: string): Promise<Answer> =>
  (await here.get(path, query, "institution"))[list][0];

const QUESTIONS: Record<string, Question> = {
  userMe: (here) => ({ input: person(here) }),
  userUnlink: (here) => ({ who: "user", input: leaving(here) }),
  userClose: (here) => ({ input: leaving(here) }),
  userRegister: (here) => ({
    input: {
      bank_tran_id: here.tranId(),
      bank_code_std: "097",
      register_account_num: "1000000000021",
      user_info: "19951224",
      user_name: "김한빛",
      user_ci: here.openBanking.users[1]?.ci,
      scope: "inquiry",
      info_prvd_agmt_yn: "Y",
    },
  }),
  userRegisterCard: (here) => ({
    input: {
      bank_tran_id: here.tranId(),
      bank_code_std: "381",
      member_bank_code: "381",
      user_name: "홍길동",
      user_ci: here.openBanking.users[0]?.ci,
      user_email: "gildong@example.com",
      scope: "cardinfo",
      info_prvd_agmt_yn: "Y",
    },
  }),
  accountList: (here) => ({ input: { ...person(here), include_cancel_yn: "Y", sort_order: "D" } }),
  accountUpdateInfo: (here) => ({
    who: "user",
    input: { fintech_use_num: here.fintechUseNum, account_alias: "생활비" },
  }),
  accountUpdate: (here) => ({ input: { ...numbered(here), scope: "inquiry", update_user_email: "new@example.com" } }),
  accountInfo: (here) => ({ input: { ...numbered(here), scope: "inquiry" } }),
  accountCancel: (here) => ({
    input: { bank_tran_id: here.tranId(), scope: "inquiry", fintech_use_num: here.fintechUseNum },
  }),
  accountBalanceFinNum: (here) => ({
    input: { bank_tran_id: here.tranId(), fintech_use_num: here.fintechUseNum, tran_dtime: TRAN_DTIME },
  }),
  accountBalanceAcntNum: (here) => ({ input: { ...numbered(here), tran_dtime: TRAN_DTIME } }),
  accountTransactionListFinNum: (here) => ({
    input: { bank_tran_id: here.tranId(), fintech_use_num: here.fintechUseNum, ...statement },
  }),
  accountTransactionListAcntNum: (here) => ({ input: { ...numbered(here), ...statement } }),
  inquiryRealName: (here) => ({
    input: {
      bank_tran_id: here.tranId(),
      bank_code_std: "097",
      account_num: "1000000000021",
      account_holder_info_type: " ",
      account_holder_info: "951224",
      tran_dtime: TRAN_DTIME,
    },
  }),
  inquiryReceive: (here) => ({
    input: {
      bank_tran_id: here.tranId(),
      cntr_account_type: "N",
      cntr_account_num: here.openBanking.contractAccounts.paying,
      bank_code_std: "097",
      account_num: "1000000000021",
      print_content: "환급",
      tran_amt: "10000",
      req_client_name: "김한빛",
      req_client_fintech_use_num: here.fintechUseNum,
      req_client_num: "KIM",
      transfer_purpose: "TR",
    },
  }),
  inquiryRemitList: (here) => ({
    input: {
      bank_tran_id: here.tranId(),
      bank_code_std: "097",
      account_num: here.openBanking.contractAccounts.collecting,
      ...PERIOD,
      ...TIMES,
      sort_order: "D",
      tran_dtime: TRAN_DTIME,
    },
  }),
  transferWithdrawFinNum: (here) => ({ input: withdrawal(here) }),
  transferWithdrawAcntNum: (here) => ({
    input: {
      ...withdrawal(here, { fintech_use_num: undefined }),
      wd_bank_code_std: "097",
      wd_account_num: here.accountNum,
      ...person(here),
    },
  }),
  transferDepositFinNum: (here) => ({
    input: deposit(here, { fintech_use_num: here.fintechUseNum, bank_code_std: undefined, account_num: undefined }),
  }),
  transferDepositAcntNum: (here) => ({ input: deposit(here) }),
  transferResult: () => ({
    input: {
      check_type: "1",
      tran_dtime: TRAN_DTIME,
      req_cnt: "1",
      req_list: [{ tran_no: "1", org_bank_tran_id: SENT, org_bank_tran_date: "20260115", org_tran_amt: "10000" }],
    },
  }),
  transferUserRemainAmt: (here) => ({ input: person(here) }),
  returnClaim: (here) => ({
    input: {
      bank_tran_id: CLAIM,
      org_bank_tran_date: "20260115",
      org_bank_tran_id: PAID,
      org_dps_bank_code_std: "097",
      org_dps_account_num: "1000000000021",
      org_tran_amt: "10000",
      org_wd_bank_code_std: "097",
      claim_code: "02",
      total_return_yn: "Y",
      return_account_num: here.openBanking.contractAccounts.paying,
      use_org_contact: "0200000000",
      use_org_email: "ops@example.com",
    },
  }),
  returnResult: () => ({ input: { claim_bank_tran_date: "20260115", claim_bank_tran_id: CLAIM } }),
  bankStatus: () => ({ input: {} }),
  manageFee: () => ({ input: PERIOD }),
  manageCount: () => ({ input: { inquiry_date: "20260115" } }),
  manageWdLimit: () => ({ input: {} }),
  manageTerms: () => ({ input: {} }),
  inquiryFdsDetect: () => ({ input: { inquiry_date: "20260115", ...TIMES } }),
  cards: (here) => ({ input: card(here) }),
  cardsIssueInfo: (here) => ({ input: { ...card(here), card_id: FOUND.card } }),
  cardsBills: (here) => ({ input: { ...card(here), from_month: "202511", to_month: "202601" } }),
  cardsBillsDetail: (here) => ({ input: { ...card(here), charge_month: "202512", settlement_seq_no: "001" } }),
  cardsCancel: (here) => ({ input: card(here) }),
  pays: (here) => ({ input: asset(here, "474") }),
  paysReload: (here) => ({ input: { ...asset(here, "474"), faceofbill_id: FOUND.pay } }),
  paysBalances: (here) => ({ input: { ...asset(here, "474"), faceofbill_id: FOUND.pay } }),
  paysTransactions: (here) => ({ input: { ...asset(here, "474"), faceofbill_id: FOUND.pay, ...PERIOD } }),
  paysCancel: (here) => ({ input: asset(here, "474") }),
  insurances: (here) => ({ input: asset(here, "436") }),
  insurancesPayment: (here) => ({ input: { ...asset(here, "436"), insu_num: FOUND.insurance } }),
  insurancesCancel: (here) => ({ input: asset(here, "436") }),
  loans: (here) => ({ input: asset(here, "304") }),
  loansBasic: (here) => ({ input: { ...asset(here, "304"), account_num: FOUND.loan, ...PERIOD } }),
  loansCancel: (here) => ({ input: asset(here, "304") }),
  accountinfoList: () => ({
    input: { auth_code: FOUND.code, inquiry_bank_type: "1", trace_no: "1", inquiry_record_cnt: "30" },
  }),
  accountinfoIdentification: () => ({ input: {} }),
};

const OAUTH = ["authorize", "authorizeAccount", "token", "revoke"];
const SENT = `${useCode}UAAAAAAAA1`;
const PAID = `${useCode}UAAAAAAAA2`;
const CLAIM = `${useCode}UAAAAAAAA3`;
const FOUND: Record<"card" | "pay" | "insurance" | "loan" | "code", string> = {
  card: "",
  pay: "",
  insurance: "",
  loan: "",
  code: "",
};

/** An sa institution with a user who consented to everything, after a withdrawal and a deposit. */
async function setUp(claimed: boolean) {
  const here = await connect({ scope: "sa", consents: EVERYTHING });
  await here.post("/v2.0/transfer/withdraw/fin_num", withdrawal(here, { bank_tran_id: SENT }));
  await here.post("/v2.0/transfer/deposit/acnt_num", deposit(here, { bank_tran_id: PAID }));
  if (claimed) await here.post("/v2.0/return/claim", QUESTIONS.returnClaim?.(here).input ?? {});
  FOUND.card = (await first(here, "/v2.0/cards", card(here), "card_list")).card_id;
  FOUND.pay = (await first(here, "/v2.0/pays", asset(here, "474"), "faceofbill_list")).faceofbill_id;
  FOUND.insurance = (await first(here, "/v2.0/insurances", asset(here, "436"), "insu_list")).insu_num;
  FOUND.loan = (await first(here, "/v2.0/loans", asset(here, "304"), "loan_list")).account_num;
  const info = { accountinfo_yn: "Y", accountinfo_api_tran_id: "x", accountinfo_list_num: "1" };
  FOUND.code = new URL(await here.openBanking.consent(authorizeUrl(info))).searchParams.get("code") ?? "";
  return here;
}

async function ask(here: Connection, { id, method, path }: Operation): Promise<Answer> {
  const { who = "institution", input } = QUESTIONS[id]?.(here) ?? { input: {} };
  return method === "GET" ? here.get(path, input as Record<string, string>, who) : here.post(path, input, who);
}

/** Fields of an answer of which its spec knows nothing; an answer that is left open may hold anything. */
function strangers(schema: Schema, value: unknown, path = ""): string[] {
  if (schema.additionalProperties === true) return [];
  if (Array.isArray(value)) return value.flatMap((row) => strangers(schema.items ?? {}, row, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = schema.properties?.[name];
    return field ? strangers(field, inner, `${path}.${name}`) : [`${path}.${name}`];
  });
}

/** Named fields of the spec that an answer leaves out, lists looked into by their first row. */
function lacking(schema: Schema, value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((row) => lacking(schema.items ?? {}, row, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    name in value ? lacking(field, (value as Record<string, unknown>)[name], `${path}.${name}`) : [`${path}.${name}`],
  );
}

describe("every operation of the business APIs", () => {
  const business = operations.filter(({ id }) => !OAUTH.includes(id));

  test("is asked here", () => {
    expect(operations).toHaveLength(53);
    expect(business.map(({ id }) => id).sort()).toEqual(Object.keys(QUESTIONS).sort());
  });

  test.each(business.map((operation) => [operation.path, operation] as const))(
    "%s answers by its spec",
    async (_, operation) => {
      const here = await setUp(operation.id === "returnResult");
      const answer = await ask(here, operation);
      expect(answer).toMatchObject({
        api_tran_id: expect.stringMatching(/^[\w-]{36}$/),
        api_tran_dtm: "20260115103000000",
        rsp_code: "A0000",
        rsp_message: "",
      });
      expect(complaints(operation.response, answer)).toEqual([]);
      expect(strangers(operation.response, answer)).toEqual([]);
      expect(lacking(operation.response, answer).filter((path) => !OPTIONAL.includes(path))).toEqual([]);
    },
  );

  /** Only with a linked withdrawal. */
  const OPTIONAL = [".res_list[].withdraw_bank_tran_id"];

  test.each(business.map((operation) => [operation.path, operation] as const))(
    "%s answers the same under the other names of the documents",
    async (_, operation) => {
      const here = await setUp(operation.id === "returnResult");
      here.openBanking.otherNames(true);
      const text = JSON.stringify(await ask(here, operation));
      for (const [name, others] of namesIn(operation.response)) {
        expect(text).not.toContain(`"${name}":`);
        expect(text).toContain(`"${others[0]}":`);
      }
    },
  );
});

function namesIn(schema: Schema): [string, string[]][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, string[]][] => [
    ...(field["x-also"] ? [[name, field["x-also"]] as [string, string[]]] : []),
    ...namesIn(field),
  ]);
  return [...own, ...(schema.items ? namesIn(schema.items) : [])];
}

test("the paths of OAuth answer as well", async () => {
  const here = await connect();
  const page = await here.raw(new URL(authorizeUrl()).pathname + new URL(authorizeUrl()).search);
  expect(page.headers.get("Content-Type")).toContain("text/html");
  const token = operations.find(({ id }) => id === "token");
  expect(complaints(token?.response ?? {}, here.user)).toEqual([]);
  expect(strangers(token?.response ?? {}, here.user)).toEqual([]);
  expect(complaints(token?.response ?? {}, here.institution)).toEqual([]);
});

test("an oob institution is not told account numbers, an sa one is", async () => {
  const own = await connect({ scope: "sa", consents: EVERYTHING });
  const other = await connect({ consents: EVERYTHING });
  for (const [here, numbers] of [
    [own, true],
    [other, false],
  ] as const) {
    const { card_id } = (await here.get("/v2.0/cards", card(here))).card_list[0];
    const info = await here.get("/v2.0/cards/issue_info", { ...card(here), card_id });
    expect("settlement_account_num" in info).toBe(numbers);
    expect(info.settlement_account_num_masked).toBe("100000***0011");
  }
});
