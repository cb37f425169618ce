import { describe, expect, test } from "vitest";
import { type Answer, authorizeUrl, connect } from "./openbanking-client.js";

const COMPANY = { cards: "381", pays: "474", insurances: "436", loans: "304" } as const;

async function setUp(consents = "login cardinfo fintechinfo insuinfo loaninfo") {
  const here = await connect({ consents });
  const ask = (path: string, changes: Record<string, string> = {}): Promise<Answer> => {
    const kind = path.split("/")[2] as keyof typeof COMPANY;
    const query = {
      bank_tran_id: here.tranId(),
      user_seq_no: here.userSeqNo,
      bank_code_std: COMPANY[kind],
      ...(kind === "cards" && { member_bank_code: "381" }),
      ...changes,
    };
    const posted = ["/v2.0/insurances/payment", "/v2.0/loans/basic", "/v2.0/cards/cancel"];
    return posted.includes(path) ? here.post(path, query, "user") : here.get(path, query);
  };
  /** All rows of a list, page by page. */
  const all = async (path: string, list: string, changes: Record<string, string> = {}): Promise<Answer[]> => {
    const rows: Answer[] = [];
    for (let trace: string | undefined; ; ) {
      const page = await ask(path, { ...changes, ...(trace !== undefined && { befor_inquiry_trace_info: trace }) });
      expect(page.rsp_code).toBe("A0000");
      expect(page[list].length).toBeLessThanOrEqual(20);
      rows.push(...page[list]);
      if (page.next_page_yn !== "Y") return rows;
      trace = page.befor_inquiry_trace_info;
    }
  };
  return { ...here, ask, all };
}

const amount = (text: string) => Number(text);
const sum = (rows: Answer[], field: string) => rows.reduce((total, row) => total + amount(row[field]), 0);

describe("cards", () => {
  test("lead from the list to what is known of each", async () => {
    const { ask } = await setUp();
    const { card_list: cards, card_cnt } = await ask("/v2.0/cards");
    expect(card_cnt).toBe(String(cards.length));
    expect(new Set(cards.map(({ card_id }: Answer) => card_id)).size).toBe(cards.length);
    for (const { card_id } of cards) {
      const info = await ask("/v2.0/cards/issue_info", { card_id });
      expect(info).toMatchObject({ rsp_code: "A0000", settlement_account_num_masked: "100000***0011" });
    }
    expect(await ask("/v2.0/cards/issue_info", { card_id: "none" })).toMatchObject({ bank_rsp_code: "412" });
  });

  test("have bills that are the sum of what was bought, page by page", async () => {
    const { ask, all } = await setUp();
    const bills = await all("/v2.0/cards/bills", "bill_list", { from_month: "202501", to_month: "202612" });
    const ids = (await ask("/v2.0/cards")).card_list.map(({ card_id }: Answer) => card_id);
    expect(bills).toHaveLength(13 * ids.length);
    expect(bills[0]).toMatchObject({ charge_month: "202601", settlement_seq_no: "001", settlement_date: "20260125" });
    let pages = 0;
    for (const { charge_month, settlement_seq_no, charge_amt, card_id } of bills) {
      expect(ids).toContain(card_id);
      const bought = await all("/v2.0/cards/bills/detail", "bill_detail_list", { charge_month, settlement_seq_no });
      expect(sum(bought, "paid_amt") + sum(bought, "credit_fee_amt")).toBe(amount(charge_amt));
      expect(new Set(bought.map(({ card_value }) => card_value))).toEqual(new Set([card_id]));
      if (bought.length > 20) pages += 1;
    }
    expect(pages).toBeGreaterThan(0);
    expect((await ask("/v2.0/cards/bills", { from_month: "202613", to_month: "202601" })).rsp_code).toBe("A0004");
    expect((await ask("/v2.0/cards/bills", { from_month: "202602", to_month: "202601" })).rsp_code).toBe("A0004");
    const none = { charge_month: "202601", settlement_seq_no: "009" };
    expect((await ask("/v2.0/cards/bills/detail", none)).bank_rsp_code).toBe("412");
  });

  test("are closed by a cancellation", async () => {
    const { ask, get, userSeqNo } = await setUp();
    expect((await ask("/v2.0/cards/cancel")).bank_rsp_code).toBe("000");
    expect(await ask("/v2.0/cards")).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "556" });
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).inquiry_card_cnt).toBe("0");
  });
});

describe("prepaid balances", () => {
  test("agree with their transactions", async () => {
    const { ask, all } = await setUp();
    for (const { faceofbill_id } of (await ask("/v2.0/pays")).faceofbill_list) {
      const balance = await ask("/v2.0/pays/balances", { faceofbill_id });
      expect(amount(balance.charge_balance_amt) + amount(balance.reserve_balance_amt)).toBe(
        amount(balance.total_balance_amt),
      );
      const period = { from_date: "20251001", to_date: "20260115" };
      const rows = await all("/v2.0/pays/transactions", "trans_list", { faceofbill_id, ...period });
      expect(rows).toHaveLength(45);
      expect(rows[0].after_balance_amt).toBe(balance.total_balance_amt);
      rows.slice(0, -1).forEach((row, index) => {
        const moved = Math.abs(amount(row.after_balance_amt) - amount(rows[index + 1].after_balance_amt));
        expect(moved).toBe(amount(row.trans_amt));
      });
      const [, second] = rows;
      const day = second.trans_dtime.slice(0, 8);
      const some = await all("/v2.0/pays/transactions", "trans_list", { faceofbill_id, from_date: day, to_date: day });
      expect(some).toContainEqual(second);
      const reload = await ask("/v2.0/pays/reload", { faceofbill_id });
      expect(reload.reload_list[0]).toMatchObject({
        reload_org_code: "097",
        reload_account_num_masked: "100000***0011",
      });
    }
    expect((await ask("/v2.0/pays/balances", { faceofbill_id: "none" })).bank_rsp_code).toBe("412");
  });
});

test("insurances lead from the list to their premiums", async () => {
  const { ask } = await setUp();
  for (const { insu_num } of (await ask("/v2.0/insurances")).insu_list) {
    expect(await ask("/v2.0/insurances/payment", { insu_num })).toMatchObject({
      rsp_code: "A0000",
      pay_org_code: "097",
      pay_account_num_masked: "100000***0011",
    });
  }
  expect((await ask("/v2.0/insurances/payment", { insu_num: "0" })).bank_rsp_code).toBe("412");
});

test("loans lead from the list to what was paid back", async () => {
  const { ask, all } = await setUp();
  for (const { account_num, account_num_masked } of (await ask("/v2.0/loans")).loan_list) {
    expect(account_num_masked).toBe(`${account_num.slice(0, 12)}****`);
    const period = { account_num, from_date: "20200101", to_date: "20260115" };
    const basic = await ask("/v2.0/loans/basic", period);
    expect(basic).toMatchObject({ account_num, next_repay_date: "20260125", repay_date: "25", next_page_yn: "Y" });
    const rows = await all("/v2.0/loans/basic", "res_list", period);
    expect(rows.map(({ trans_type }) => trans_type)).toEqual([...Array.from({ length: 24 }, () => "02"), "01"]);
    expect(rows[0].trans_date).toBe("20251225");
    const december = { ...period, from_date: "20251201", to_date: "20251231" };
    expect(await all("/v2.0/loans/basic", "res_list", december)).toEqual([rows[0]]);
  }
});

describe("assets", () => {
  test("are the user's own, and the same every time", async () => {
    const here = await setUp();
    const first = await here.ask("/v2.0/cards");
    expect((await here.ask("/v2.0/cards")).card_list).toEqual(first.card_list);
    const kim = await here.userToken({ scope: "cardinfo" }, { user: "김한빛" });
    const query = {
      bank_tran_id: here.tranId(),
      user_seq_no: kim.user_seq_no,
      bank_code_std: "381",
      member_bank_code: "381",
    };
    const others = await here.get("/v2.0/cards", query, { token: kim.access_token });
    expect(others.card_list[0].card_id).not.toBe(first.card_list[0].card_id);
  });

  test("are at one company, and need a consent", async () => {
    const { ask, openBanking, userToken } = await setUp("login cardinfo");
    expect(await ask("/v2.0/cards", { bank_code_std: "366" })).toMatchObject({
      rsp_code: "A0002",
      bank_rsp_code: "555",
    });
    expect((await ask("/v2.0/loans")).rsp_code).toBe("O0011");
    expect((await userToken({ scope: "login", register_info: "L" })).scope).toBe("login");
    expect(openBanking.users[0]?.accounts[0]?.registered).toBe(true);
  });

  test("can be chosen without accounts: register_info", async () => {
    const { openBanking } = await connect();
    const url = authorizeUrl({ scope: "login cardinfo", register_info: "C" });
    await openBanking.consent(url, { user: "김한빛" });
    expect(openBanking.users[1]?.accounts.map(({ registered }) => registered)).toEqual([false, false]);
  });
});

describe("계좌통합조회", () => {
  const INFO = { accountinfo_yn: "Y", accountinfo_api_tran_id: "x", accountinfo_list_num: "1" };

  test("lists everything that a person owns, sector by sector, from a number on", async () => {
    const { codeFor, post } = await connect({ scope: "sa" });
    const auth_code = await codeFor(INFO);
    const ask = (changes: object) =>
      post("/v2.0/accountinfo/list", {
        auth_code,
        inquiry_bank_type: "1",
        trace_no: "1",
        inquiry_record_cnt: "30",
        ...changes,
      });
    expect(await ask({})).toMatchObject({ ainfo_rsp_code: "0000", total_record_cnt: "2", page_record_cnt: "2" });
    const second = await ask({ trace_no: "2", inquiry_record_cnt: "1", org_ainfo_tran_id: "A26011500001" });
    expect(second).toMatchObject({ page_record_cnt: "1", org_ainfo_tran_id: "A26011500001" });
    expect(second.res_list[0]).toMatchObject({ account_num: "1000000000012", product_name: "오픈 정기적금" });
    expect((await ask({ inquiry_bank_type: "4" })).res_list[0]).toMatchObject({ bank_code_std: "296" });
    expect((await ask({ inquiry_bank_type: "2" })).res_list).toEqual([]);
    for (const changes of [{ trace_no: "0" }, { inquiry_record_cnt: "31" }, { inquiry_bank_type: "3" }]) {
      expect((await ask(changes)).rsp_code).toBe("A0004");
    }
  });

  test("needs a code of a consent to it: A0332", async () => {
    const { codeFor, post } = await connect({ scope: "sa" });
    const ask = { inquiry_bank_type: "1", trace_no: "1", inquiry_record_cnt: "30" };
    expect((await post("/v2.0/accountinfo/list", { ...ask, auth_code: await codeFor() })).rsp_code).toBe("A0332");
    expect((await post("/v2.0/accountinfo/list", { ...ask, auth_code: "none" })).rsp_code).toBe("A0332");
  });
});
