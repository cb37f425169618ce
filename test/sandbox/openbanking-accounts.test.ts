import { describe, expect, test } from "vitest";
import { type Answer, authorizeUrl, type ConnectOptions, connect, TRAN_DTIME, useCode } from "./openbanking-client.js";

async function setUp(options?: ConnectOptions) {
  const here = await connect(options);
  const { get, post, tranId, userSeqNo, fintechUseNum, accountNum } = here;
  const list = (changes: Record<string, string> = {}) =>
    get("/v2.0/account/list", { user_seq_no: userSeqNo, include_cancel_yn: "N", sort_order: "A", ...changes });
  const balance = () =>
    get("/v2.0/account/balance/fin_num", {
      bank_tran_id: tranId(),
      fintech_use_num: fintechUseNum,
      tran_dtime: TRAN_DTIME,
    });
  const transactions = (changes: Record<string, string> = {}): Promise<Answer> =>
    get("/v2.0/account/transaction_list/fin_num", {
      bank_tran_id: tranId(),
      fintech_use_num: fintechUseNum,
      inquiry_type: "A",
      inquiry_base: "D",
      from_date: "20251001",
      to_date: "20260115",
      sort_order: "D",
      tran_dtime: TRAN_DTIME,
      ...changes,
    });
  const cancel = (scope: string, changes: Record<string, string> = {}) =>
    post("/v2.0/account/cancel", { bank_tran_id: tranId(), scope, fintech_use_num: fintechUseNum, ...changes }, "user");
  const numbered = () => ({
    bank_tran_id: tranId(),
    user_seq_no: userSeqNo,
    bank_code_std: "097",
    account_num: accountNum,
  });
  return { ...here, list, balance, transactions, cancel, numbered };
}

/** An sa institution, whose own token asks for what the user's would not open. */
async function withLoginOnly() {
  const here = await setUp({ scope: "sa", consents: "login" });
  const { get, tranId, fintechUseNum } = here;
  const query = () => ({ bank_tran_id: tranId(), fintech_use_num: fintechUseNum, tran_dtime: TRAN_DTIME });
  const balance = () => get("/v2.0/account/balance/fin_num", query(), "institution");
  return { list: here.list, balance, scope: here.user.scope };
}

describe("the list of accounts", () => {
  test("shows what was registered, in either order", async () => {
    const { list, openBanking } = await setUp();
    const answer = await list();
    expect(answer).toMatchObject({ rsp_code: "A0000", user_name: "홍길동", res_cnt: "3" });
    expect(answer.res_list[0]).toEqual({
      fintech_use_num: openBanking.users[0]?.accounts[0]?.fintechUseNum,
      account_alias: "오픈 입출금통장",
      bank_code_std: "097",
      bank_code_sub: "0970001",
      bank_name: "오픈은행",
      savings_bank_name: "",
      account_num_masked: "100000***0011",
      account_holder_name: "홍길동",
      account_holder_type: "P",
      account_type: "1",
      inquiry_agree_yn: "Y",
      inquiry_agree_dtime: "20260115103000",
      transfer_agree_yn: "Y",
      transfer_agree_dtime: "20260115103000",
      account_state: "01",
    });
    expect((await list({ sort_order: "D" })).res_list).toEqual([...answer.res_list].reverse());
    expect((await list({ sort_order: "X" })).rsp_code).toBe("A0004");
    expect((await list({ include_cancel_yn: "X" })).rsp_code).toBe("A0004");
  });

  test("fintech_use_num has 24 characters, and differs from institution to institution", async () => {
    const other = { clientId: "b", clientSecret: "b", useCode: "T888888888", name: "다른 기관", scope: "sa" as const };
    const { fintechUseNum, openBanking, token, post, tranId } = await setUp({ institutions: [other] });
    expect(fintechUseNum).toMatch(/^\d{24}$/);
    const [hong] = openBanking.users;
    const client = { client_id: "b", client_secret: "b" };
    const { access_token } = await token({ grant_type: "client_credentials", scope: "sa", ...client });
    const body = {
      bank_tran_id: tranId().replace(useCode, other.useCode),
      bank_code_std: "097",
      register_account_num: "1000000000011",
      user_info: "19900101",
      user_name: "홍길동",
      user_ci: hong?.ci,
      scope: "inquiry",
      info_prvd_agmt_yn: "Y",
    };
    const registered = await post("/v2.0/user/register", body, { token: access_token });
    expect(registered.fintech_use_num).toMatch(/^\d{24}$/);
    expect(registered.fintech_use_num).not.toBe(fintechUseNum);
  });

  test("another user's number is A0313, nobody's A0337", async () => {
    const { list } = await setUp();
    expect((await list({ user_seq_no: "1100000002" })).rsp_code).toBe("A0313");
    const own = await connect({ scope: "sa" });
    const ask = (user_seq_no: string) =>
      own.get("/v2.0/account/list", { user_seq_no, include_cancel_yn: "N", sort_order: "A" }, "institution");
    expect((await ask("1100000002")).rsp_code).toBe("A0337");
    expect((await ask(own.userSeqNo)).res_list[0]).toMatchObject({ account_num: own.accountNum });
  });
});

describe("the balance", () => {
  test("is the account's, with what is known of it", async () => {
    const { balance, fintechUseNum } = await setUp();
    expect(await balance()).toMatchObject({
      rsp_code: "A0000",
      bank_code_tran: "097",
      bank_tran_date: "20260115",
      bank_rsp_code: "000",
      fintech_use_num: fintechUseNum,
      balance_amt: "3000000",
      available_amt: "3000000",
      account_type: "1",
      product_name: "오픈 입출금통장",
      maturity_date: "",
    });
  });

  test("needs the user's agreement: A0305 without, A0316 when it has ended", async () => {
    const { balance, openBanking, fintechUseNum } = await setUp();
    openBanking.setAgreement(fintechUseNum, "inquiry", "expired");
    expect((await balance()).rsp_code).toBe("A0316");
    openBanking.setAgreement(fintechUseNum, "inquiry", "missing");
    expect((await balance()).rsp_code).toBe("A0305");
    openBanking.setAgreement(fintechUseNum, "inquiry", "agreed");
    expect((await balance()).rsp_code).toBe("A0000");
    expect(() => openBanking.setAgreement("1", "inquiry", "agreed")).toThrow("No account is registered as 1");
  });

  test("of a user who consented to login alone is A0305: the account is registered, and nothing else", async () => {
    const { balance, list, scope } = await withLoginOnly();
    expect(scope).toBe("login");
    expect((await list()).res_list[0]).toMatchObject({
      account_state: "01",
      inquiry_agree_yn: "N",
      inquiry_agree_dtime: "",
    });
    expect((await balance()).rsp_code).toBe("A0305");
  });

  test("of an account that is not the institution's, or not the token's user's", async () => {
    const { get, tranId, openBanking } = await setUp();
    const ask = async (fintech_use_num: string) =>
      (await get("/v2.0/account/balance/fin_num", { bank_tran_id: tranId(), fintech_use_num, tran_dtime: TRAN_DTIME }))
        .rsp_code;
    const kim = openBanking.users[1]?.accounts[0]?.fintechUseNum ?? "";
    expect(await ask("1".repeat(24))).toBe("A0304");
    expect(await ask(kim)).toBe("A0304");
    await openBanking.consent(authorizeUrl(), { user: "김한빛" });
    expect(await ask(kim)).toBe("A0313");
  });

  test("by account number is for accounts that the user registered: A0323", async () => {
    const { post, numbered } = await setUp({ scope: "sa" });
    const ask = (changes: object) =>
      post("/v2.0/account/balance/acnt_num", { ...numbered(), tran_dtime: TRAN_DTIME, ...changes });
    expect((await ask({})).balance_amt).toBe("3000000");
    expect(await ask({})).not.toHaveProperty("fintech_use_num");
    expect((await ask({ account_num: "1000000000021" })).rsp_code).toBe("A0323");
    expect((await ask({ account_num: "1" })).rsp_code).toBe("A0323");
  });
});

describe("transactions", () => {
  async function all(ask: (changes: Record<string, string>) => Promise<Answer>, changes: Record<string, string> = {}) {
    const pages: Answer[] = [];
    for (let trace: string | undefined; pages.length < 20; ) {
      const page: Answer = await ask({ ...changes, ...(trace !== undefined && { befor_inquiry_trace_info: trace }) });
      pages.push(page);
      if (page.next_page_yn !== "Y") break;
      trace = page.befor_inquiry_trace_info;
    }
    return { pages, rows: pages.flatMap((page) => page.res_list) };
  }

  test("come in pages of 25, newest first, and add up to the balance", async () => {
    const { transactions } = await setUp();
    const { pages, rows } = await all(transactions);
    expect(pages.map((page) => [page.page_record_cnt, page.next_page_yn])).toEqual([
      ["25", "Y"],
      ["25", "Y"],
      ["10", "N"],
    ]);
    expect(pages[0]?.befor_inquiry_trace_info).toMatch(/^\d{20}$/);
    expect(pages[2]?.befor_inquiry_trace_info).toBe("");
    expect(rows[0].after_balance_amt).toBe("3000000");
    const times = rows.map((row) => row.tran_date + row.tran_time);
    expect(times).toEqual([...times].sort().reverse());
    rows.slice(0, -1).forEach((row, index) => {
      const moved = Number(row.tran_amt) * (row.inout_type === "입금" ? 1 : -1);
      expect(Number(rows[index + 1].after_balance_amt) + moved).toBe(Number(row.after_balance_amt));
    });
  });

  test("are the same every time, and in the other order the other way round", async () => {
    const { transactions } = await setUp();
    const { rows } = await all(transactions);
    expect((await all(transactions)).rows).toEqual(rows);
    expect((await all(transactions, { sort_order: "A" })).rows).toEqual([...rows].reverse());
  });

  test("can be asked for by direction and by time", async () => {
    const { transactions } = await setUp();
    const { rows } = await all(transactions);
    const inward = (await all(transactions, { inquiry_type: "I" })).rows;
    const outward = (await all(transactions, { inquiry_type: "O" })).rows;
    expect(inward).toEqual(rows.filter((row) => row.inout_type === "입금"));
    expect(inward.length + outward.length).toBe(rows.length);
    const [, row] = rows;
    const moment = { inquiry_base: "T", from_date: row.tran_date, to_date: row.tran_date };
    expect((await transactions({ ...moment, from_time: row.tran_time, to_time: row.tran_time })).res_list).toEqual([
      row,
    ]);
    expect((await transactions(moment)).rsp_code).toBe("A0004");
  });

  test("that happen between two pages shift nothing", async () => {
    const { transactions, openBanking, post, tranId, fintechUseNum } = await setUp();
    const first = await transactions();
    const { rows } = await all(transactions);
    await post(
      "/v2.0/transfer/withdraw/fin_num",
      {
        bank_tran_id: tranId(),
        cntr_account_type: "N",
        cntr_account_num: openBanking.contractAccounts.collecting,
        dps_print_content: "충전",
        fintech_use_num: fintechUseNum,
        tran_amt: "700",
        tran_dtime: TRAN_DTIME,
        req_client_name: "홍길동",
        req_client_fintech_use_num: fintechUseNum,
        req_client_num: "H",
        transfer_purpose: "RC",
      },
      "user",
    );
    const second = await transactions({ befor_inquiry_trace_info: first.befor_inquiry_trace_info });
    expect(second.res_list).toEqual(rows.slice(25, 50));
    expect((await transactions()).res_list[0]).toMatchObject({
      tran_amt: "700",
      inout_type: "출금",
      after_balance_amt: "2999300",
      print_content: "코핀 샌드박스",
      tran_date: "20260115",
      tran_time: "103000",
    });
  });

  test("that are not there are A0018", async () => {
    const { transactions } = await setUp();
    expect((await transactions({ from_date: "20200101", to_date: "20200131" })).rsp_code).toBe("A0018");
  });

  test.each([
    ["an empty trace, which a first page must not have", { befor_inquiry_trace_info: "" }],
    ["a trace that no page gave", { befor_inquiry_trace_info: "99999999999999999999" }],
    ["a period that ends before it begins", { from_date: "20260102", to_date: "20260101" }],
    ["no such day", { from_date: "20260230" }],
    ["no such kind", { inquiry_type: "X" }],
    ["no such base", { inquiry_base: "X" }],
    ["no such order", { sort_order: "X" }],
  ])("%s: A0004", async (_, changes) => {
    const { transactions } = await setUp();
    expect((await transactions(changes as Record<string, string>)).rsp_code).toBe("A0004");
  });

  test("by account number", async () => {
    const { post, numbered } = await setUp({ scope: "sa" });
    const period = {
      inquiry_type: "A",
      inquiry_base: "D",
      from_date: "20251001",
      to_date: "20260115",
      sort_order: "D",
    };
    const answer = await post("/v2.0/account/transaction_list/acnt_num", {
      ...numbered(),
      ...period,
      tran_dtime: TRAN_DTIME,
    });
    expect(answer).toMatchObject({ rsp_code: "A0000", page_record_cnt: "25", next_page_yn: "Y" });
  });
});

describe("changing a registration", () => {
  test("an account can be given another name", async () => {
    const { post, fintechUseNum, list } = await setUp();
    await post("/v2.0/account/update_info", { fintech_use_num: fintechUseNum, account_alias: "생활비" }, "user");
    expect((await list()).res_list[0].account_alias).toBe("생활비");
  });

  test("cancelling ends one agreement, both end the registration, twice is bank 556", async () => {
    const { cancel, balance, list } = await setUp();
    expect((await cancel("transfer", { account_seq: "001" })).rsp_code).toBe("A0004");
    expect((await cancel("transfer")).bank_rsp_code).toBe("000");
    expect((await list()).res_list[0]).toMatchObject({ transfer_agree_yn: "N", inquiry_agree_yn: "Y" });
    expect((await balance()).rsp_code).toBe("A0000");
    expect(await cancel("transfer")).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "556" });
    expect((await cancel("inquiry")).rsp_code).toBe("A0000");
    expect((await balance()).rsp_code).toBe("A0323");
    expect((await list()).res_cnt).toBe("2");
    const withCancelled = await list({ include_cancel_yn: "Y" });
    expect(withCancelled.res_list.map(({ account_state }: Answer) => account_state)).toEqual(["09", "01", "01"]);
  });

  test("an sa institution cancels, looks up and updates by account number", async () => {
    const { post, numbered, get, userSeqNo, fintechUseNum } = await setUp({ scope: "sa" });
    const info = () => post("/v2.0/account/info", { ...numbered(), scope: "inquiry" });
    expect(await info()).toMatchObject({ rsp_code: "A0000", fintech_use_num: fintechUseNum, account_type: "1" });
    const update = { ...numbered(), scope: "inquiry", update_user_email: "later@example.com" };
    expect((await post("/v2.0/account/update", update)).bank_rsp_code).toBe("000");
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).user_email).toBe("later@example.com");
    const { fintech_use_num: _, ...byNumber } = { ...numbered(), scope: "inquiry", fintech_use_num: "" };
    expect((await post("/v2.0/account/cancel", byNumber)).rsp_code).toBe("A0000");
    expect(await info()).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "556" });
    const unknown = { ...numbered(), scope: "inquiry", account_num: "1000000000021" };
    expect(await post("/v2.0/account/cancel", unknown)).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "555" });
  });
});

describe("users", () => {
  test("me: who it is, with accounts and whose assets may be looked at", async () => {
    const { get, userSeqNo, openBanking } = await setUp({ consents: "login inquiry cardinfo" });
    const me = await get("/v2.0/user/me", { user_seq_no: userSeqNo });
    expect(me).toMatchObject({
      user_seq_no: userSeqNo,
      user_ci: openBanking.users[0]?.ci,
      user_name: "홍길동",
      user_info: "19900101",
      user_gender: "M",
      res_cnt: "3",
      inquiry_card_cnt: "1",
      inquiry_card_list: [{ bank_code_std: "381", member_bank_code: "381", inquiry_agree_dtime: "20260115103000" }],
      inquiry_loan_cnt: "0",
      inquiry_loan_list: [],
    });
    expect(me.res_list[0]).not.toHaveProperty("account_num");
  });

  test("closing ends everything: A0014 from then on, until the user consents anew", async () => {
    const { post, get, userSeqNo, balance, userToken } = await setUp();
    const close = () => post("/v2.0/user/close", { client_use_code: useCode, user_seq_no: userSeqNo }, "user");
    expect(
      (await post("/v2.0/user/close", { client_use_code: "M000000000", user_seq_no: userSeqNo }, "user")).rsp_code,
    ).toBe("A0004");
    expect((await close()).rsp_code).toBe("A0000");
    expect((await close()).rsp_code).toBe("A0014");
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("A0014");
    expect((await balance()).rsp_code).toBe("A0014");
    await userToken({}, { accounts: ["1000000000012"] });
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).res_cnt).toBe("1");
  });

  test("unlinking ends the user's tokens", async () => {
    const { post, get, userSeqNo } = await setUp();
    const body = { client_use_code: useCode, user_seq_no: userSeqNo };
    expect((await post("/v2.0/user/unlink", body, "user")).rsp_code).toBe("A0000");
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("O0002");
  });

  test("register: an sa institution registers an account that the bank confirms", async () => {
    const { post, tranId, openBanking } = await connect({ scope: "sa" });
    const kim = openBanking.users[1];
    const register = (changes: object = {}): Promise<Answer> =>
      post("/v2.0/user/register", {
        bank_tran_id: tranId(),
        bank_code_std: "097",
        register_account_num: "1000000000021",
        user_info: "19951224",
        user_name: "김한빛",
        user_ci: kim?.ci,
        scope: "inquiry",
        info_prvd_agmt_yn: "Y",
        ...changes,
      });
    expect((await register({ info_prvd_agmt_yn: "N" })).rsp_code).toBe("A0305");
    expect((await register({ scope: "transfer" })).rsp_code).toBe("A0306");
    expect((await register({ user_name: "홍길동" })).rsp_code).toBe("A0312");
    expect((await register({ user_info: "19900101" })).bank_rsp_code).toBe("463");
    expect((await register({ user_ci: "other" })).rsp_code).toBe("A0313");
    expect((await register({ register_account_num: "1" })).bank_rsp_code).toBe("412");
    const registered = await register();
    expect(registered).toMatchObject({ rsp_code: "A0000", user_seq_no: kim?.userSeqNo, transfer_bank_tran_id: "" });
    expect(registered.fintech_use_num).toBe(kim?.accounts[0]?.fintechUseNum);
    expect((await register()).rsp_code).toBe("A0324");
    const withdrawals = { scope: "transfer", wd_agmt_yn: "Y", agmt_data_type: "2" };
    expect((await register(withdrawals)).transfer_bank_tran_date).toBe("20260115");
    expect((await register(withdrawals)).rsp_code).toBe("A0325");
  });

  test("register_card opens a user's cards", async () => {
    const { post, get, tranId, openBanking, userSeqNo } = await connect({ scope: "sa" });
    const cards = () =>
      get(
        "/v2.0/cards",
        { bank_tran_id: tranId(), user_seq_no: userSeqNo, bank_code_std: "381", member_bank_code: "381" },
        "institution",
      );
    expect(await cards()).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "556" });
    const body = {
      bank_tran_id: tranId(),
      bank_code_std: "381",
      member_bank_code: "381",
      user_name: "홍길동",
      user_ci: openBanking.users[0]?.ci,
      user_email: "gildong@example.com",
      scope: "cardinfo",
      info_prvd_agmt_yn: "Y",
    };
    expect((await post("/v2.0/user/register_card", body)).user_seq_no).toBe(userSeqNo);
    expect((await cards()).card_cnt).toBe("2");
  });
});

test("people can be added, and options can bring others", async () => {
  const { openBanking, balance } = await setUp({
    people: [
      {
        name: "박하늘",
        birth: "20000229",
        gender: "F",
        cellNo: "01000000009",
        email: "haneul@example.com",
        accounts: [{ accountNum: "110000000001", balance: 42 }],
      },
    ],
  });
  expect((await balance()).balance_amt).toBe("42");
  const person = { name: "최바다", birth: "19700101", gender: "M" as const, cellNo: "0", email: "b@example.com" };
  const added = openBanking.addPerson({ ...person, accounts: [{ accountNum: "110000000002" }] });
  expect(added).toMatchObject({
    name: "최바다",
    userSeqNo: "1100000002",
    accounts: [{ balance: 3_000_000, registered: false }],
  });
  expect(() => openBanking.addPerson({ ...person, accounts: [{ accountNum: "110000000001" }] })).toThrow(
    "There is an account 110000000001 at 097",
  );
});
