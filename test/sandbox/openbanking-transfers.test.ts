import { describe, expect, test } from "vitest";
import {
  type Answer,
  authorizeUrl,
  type ConnectOptions,
  connect,
  DEPOSIT,
  deposit,
  NOW,
  resultOf,
  TRAN_DTIME,
  WITHDRAW,
  withdrawal,
} from "./openbanking-client.js";

async function setUp(options?: ConnectOptions) {
  const here = await connect(options);
  const withdraw = (changes?: Record<string, unknown>): Promise<Answer> =>
    here.post(WITHDRAW, withdrawal(here, changes), "user");
  const pay = (item?: Record<string, unknown>, changes?: Record<string, unknown>): Promise<Answer> =>
    here.post(DEPOSIT, deposit(here, item, changes));
  const balances = () =>
    Object.fromEntries(here.openBanking.ledger().accounts.map(({ accountNum, balance }) => [accountNum, balance]));
  return { ...here, withdraw, pay, balances };
}

describe("withdrawing", () => {
  test("moves money from the user to the institution's 수납계좌", async () => {
    const { withdraw, balances, openBanking, accountNum, fintechUseNum } = await setUp();
    const before = openBanking.ledger().total;
    expect(await withdraw({ tran_amt: "00012000" })).toMatchObject({
      rsp_code: "A0000",
      bank_rsp_code: "000",
      bank_tran_date: "20260115",
      dps_bank_code_std: "097",
      dps_account_num_masked: "999000***0001",
      dps_print_content: "충전",
      dps_account_holder_name: "코핀 샌드박스",
      fintech_use_num: fintechUseNum,
      account_num_masked: "100000***0011",
      print_content: "오픈페이",
      account_holder_name: "홍길동",
      tran_amt: "12000",
      wd_limit_remain_amt: "9999988000",
    });
    expect(balances()).toMatchObject({
      [accountNum]: 2_988_000,
      [openBanking.contractAccounts.collecting]: 12_000,
    });
    expect(openBanking.ledger()).toMatchObject({
      total: before,
      transfers: [{ kind: "withdraw", amount: 12_000, from: accountNum, outcome: "000", date: "20260115" }],
    });
  });

  test("more than there is, is A0002 with 453, and is written down", async () => {
    const here = await setUp({ limits: { userOnce: 1e12, userDay: 1e12 } });
    const bank_tran_id = here.tranId();
    expect(await here.withdraw({ bank_tran_id, tran_amt: "3000001" })).toMatchObject({
      rsp_code: "A0002",
      bank_rsp_code: "453",
      bank_rsp_message: "예금잔액 부족",
    });
    expect(here.balances()[here.accountNum]).toBe(3_000_000);
    expect((await resultOf(here, "1", bank_tran_id, "3000001")).res_list[0].bank_rsp_code).toBe("453");
  });

  test("needs the user's agreement: A0306 without, A0319 when it has ended", async () => {
    const { withdraw, openBanking, fintechUseNum } = await setUp();
    openBanking.setAgreement(fintechUseNum, "transfer", "missing");
    expect((await withdraw()).rsp_code).toBe("A0306");
    openBanking.setAgreement(fintechUseNum, "transfer", "expired");
    expect((await withdraw()).rsp_code).toBe("A0319");
  });

  test("by a user who consented to inquiries only: O0011, and A0306 with the institution's token", async () => {
    const { withdraw, ...here } = await setUp({ scope: "sa", consents: "login inquiry" });
    expect((await withdraw()).rsp_code).toBe("O0011");
    expect((await here.post(WITHDRAW, withdrawal(here))).rsp_code).toBe("A0306");
  });

  test("into an account that is not registered for it is A0322", async () => {
    const { withdraw, openBanking } = await setUp();
    const { paying } = openBanking.contractAccounts;
    expect((await withdraw({ cntr_account_num: paying })).rsp_code).toBe("A0322");
    openBanking.setContractAccount("collecting", false);
    expect((await withdraw()).rsp_code).toBe("A0322");
    openBanking.setContractAccount("collecting", true);
    expect((await withdraw()).rsp_code).toBe("A0000");
  });

  test.each([
    ["no amount", { tran_amt: "0" }, "tran_amt"],
    ["an amount with a point", { tran_amt: "100.5" }, "tran_amt"],
    ["an amount of thirteen digits", { tran_amt: "1000000000000" }, "tran_amt"],
    ["a remittance that does not say to whom", { transfer_purpose: "TR" }, "recv_client_name"],
    ["nobody who asks", { req_client_fintech_use_num: "" }, "req_client_fintech_use_num"],
    [
      "two accounts of who asks",
      { req_client_account_num: "1", req_client_bank_code: "097" },
      "req_client_fintech_use_num",
    ],
    [
      "an account without its bank",
      { req_client_fintech_use_num: "", req_client_account_num: "1" },
      "req_client_bank_code",
    ],
  ])("%s is A0004", async (_, changes, field) => {
    const { withdraw } = await setUp();
    expect(await withdraw(changes)).toMatchObject({
      rsp_code: "A0004",
      rsp_message: expect.stringContaining(`(${field})`),
    });
  });

  test("as a remittance, with who gets it in the end", async () => {
    const { withdraw } = await setUp();
    const recipient = {
      recv_client_name: "김한빛",
      recv_client_bank_code: "097",
      recv_client_account_num: "1000000000021",
    };
    expect((await withdraw({ transfer_purpose: "TR", ...recipient })).rsp_code).toBe("A0000");
  });

  test("by account number", async () => {
    const { post, userSeqNo, accountNum, balances, ...here } = await setUp({ scope: "sa" });
    const { fintech_use_num: _, ...common } = withdrawal({ post, userSeqNo, accountNum, ...here });
    const body = { ...common, wd_bank_code_std: "097", wd_account_num: accountNum, user_seq_no: userSeqNo };
    const answer = await post("/v2.0/transfer/withdraw/acnt_num", body);
    expect(answer).toMatchObject({ rsp_code: "A0000", account_num: accountNum });
    expect(answer).not.toHaveProperty("fintech_use_num");
    expect(balances()[accountNum]).toBe(2_990_000);
    const other = { ...body, bank_tran_id: here.tranId(), wd_account_num: "1000000000021" };
    expect((await post("/v2.0/transfer/withdraw/acnt_num", other)).rsp_code).toBe("A0323");
  });
});

describe("depositing", () => {
  test("moves money from the institution's 지급계좌 to whomever", async () => {
    const { pay, balances, openBanking } = await setUp();
    const before = openBanking.ledger().total;
    const answer = await pay({ cms_num: "93848103221", withdraw_bank_tran_id: "M202600001U999999999" });
    expect(answer).toMatchObject({
      rsp_code: "A0000",
      wd_bank_code_std: "097",
      wd_account_num_masked: "999000***0002",
      wd_print_content: "환급",
      wd_account_holder_name: "코핀 샌드박스",
      res_cnt: "1",
      res_list: [
        {
          tran_no: "1",
          bank_rsp_code: "000",
          bank_tran_date: "20260115",
          account_num: "1000000000021",
          account_holder_name: "김한빛",
          bank_name: "오픈은행",
          tran_amt: "10000",
          cms_num: "93848103221",
          withdraw_bank_tran_id: "M202600001U999999999",
        },
      ],
    });
    expect(answer).not.toHaveProperty("bank_rsp_code");
    expect(balances()).toMatchObject({
      "1000000000021": 1_260_000,
      [openBanking.contractAccounts.paying]: 9_999_990_000,
    });
    expect(openBanking.ledger().total).toBe(before);
  });

  test("to a 핀테크이용번호 needs no name", async () => {
    const { post, fintechUseNum, balances, accountNum, ...here } = await setUp();
    const body = deposit({ post, fintechUseNum, accountNum, ...here });
    const [{ bank_code_std: _, account_num: __, account_holder_name: ___, ...item }] = body.req_list as [Answer];
    const request = { ...body, req_list: [{ ...item, fintech_use_num: fintechUseNum }] };
    const answer = await post("/v2.0/transfer/deposit/fin_num", request);
    expect(answer.res_list[0]).toMatchObject({
      bank_rsp_code: "000",
      fintech_use_num: fintechUseNum,
      account_alias: "오픈 입출금통장",
    });
    expect(balances()[accountNum]).toBe(3_010_000);
  });

  test("checks the name, unless told not to", async () => {
    const { pay } = await setUp();
    expect((await pay({ account_holder_name: "홍길동" })).rsp_code).toBe("A0312");
    expect(await pay({ account_holder_name: "" })).toMatchObject({
      rsp_code: "A0004",
      rsp_message: expect.stringContaining("(account_holder_name)"),
    });
    expect((await pay({ account_holder_name: "" }, { name_check_option: "off" })).rsp_code).toBe("A0000");
    expect((await pay({}, { name_check_option: "maybe" })).rsp_code).toBe("A0004");
  });

  test("fails by row: A0009 with 412 for no account, 453 for no money", async () => {
    const here = await setUp({ payingBalance: 5_000 });
    const bank_tran_id = here.tranId();
    const nobody = { bank_tran_id, account_num: "1", account_holder_name: "김한빛" };
    expect(await here.pay(nobody)).toMatchObject({ rsp_code: "A0009", res_list: [{ bank_rsp_code: "412" }] });
    expect((await resultOf(here, "2", bank_tran_id)).res_list[0].bank_rsp_code).toBe("412");
    expect(await here.pay()).toMatchObject({ rsp_code: "A0009", res_list: [{ bank_rsp_code: "453" }] });
    expect((await here.pay({ tran_amt: "5000" })).rsp_code).toBe("A0000");
    const { paying } = here.openBanking.contractAccounts;
    expect(await here.pay({ account_num: paying, account_holder_name: "코핀 샌드박스" })).toMatchObject({
      res_list: [{ bank_rsp_code: "499" }],
    });
  });

  test("needs the pass phrase (A0307), the paying account (A0322), and one row (A0004)", async () => {
    const { pay, openBanking } = await setUp();
    expect((await pay({}, { wd_pass_phrase: "none" })).rsp_code).toBe("A0307");
    expect((await pay({}, { cntr_account_num: openBanking.contractAccounts.collecting })).rsp_code).toBe("A0322");
    expect((await pay({}, { req_cnt: "2" })).rsp_code).toBe("A0004");
    expect((await pay({}, { req_list: [] })).rsp_code).toBe("A0004");
    expect((await pay({}, { req_list: "none" })).rsp_code).toBe("A0004");
    const own = await setUp({ passPhrase: "790d56ed" });
    expect((await own.pay({}, { wd_pass_phrase: "790d56ed" })).rsp_code).toBe("A0000");
  });

  test("uses its row's bank_tran_id up", async () => {
    const { pay, tranId, balances } = await setUp();
    const bank_tran_id = tranId();
    await pay({ bank_tran_id });
    expect((await pay({ bank_tran_id })).rsp_code).toBe("A0326");
    expect((await pay({ bank_tran_id: "" })).rsp_message).toContain("(bank_tran_id)");
    expect(balances()["1000000000021"]).toBe(1_260_000);
  });
});

describe("limits", () => {
  test.each([
    ["withdrawOnce", "A0105"],
    ["withdrawDay", "A0103"],
    ["withdrawMonth", "A0104"],
    ["userOnce", "A0111"],
    ["userDay", "A0112"],
  ] as const)("of withdrawals: %s is %s", async (limit, code) => {
    const { withdraw, balances, accountNum } = await setUp({ limits: { [limit]: 15_000 } });
    expect((await withdraw({ tran_amt: "15001" })).rsp_code).toBe(code);
    expect((await withdraw()).rsp_code).toBe("A0000");
    const isSum = /Day|Month/.test(limit);
    expect((await withdraw()).rsp_code).toBe(isSum ? code : "A0000");
    expect(balances()[accountNum]).toBe(isSum ? 2_990_000 : 2_980_000);
  });

  test.each([
    ["depositOnce", "A0106"],
    ["depositDay", "A0101"],
    ["depositMonth", "A0102"],
  ] as const)("of deposits: %s is %s", async (limit, code) => {
    const { pay } = await setUp({ limits: { [limit]: 15_000 } });
    expect((await pay({ tran_amt: "15001" })).rsp_code).toBe(code);
    expect((await pay()).rsp_code).toBe("A0000");
  });

  test("of a day are new the next day, in Seoul; a month's are not", async () => {
    const { withdraw, clock } = await setUp({ limits: { userDay: 10_000, withdrawMonth: 20_000 } });
    expect((await withdraw()).rsp_code).toBe("A0000");
    expect((await withdraw()).rsp_code).toBe("A0112");
    clock.now = NOW + 14 * 3_600_000;
    expect((await withdraw()).rsp_code).toBe("A0000");
    clock.now = NOW + 38 * 3_600_000;
    expect((await withdraw()).rsp_code).toBe("A0104");
  });

  test("of the user can be asked for", async () => {
    const { withdraw, get, userSeqNo } = await setUp();
    const ask = () => get("/v2.0/transfer/user_remain_amt", { user_seq_no: userSeqNo });
    expect(await ask()).toMatchObject({
      day_wd_limit_amt: "10000000",
      day_wd_amt: "0",
      wd_limit_remain_amt: "10000000",
    });
    await withdraw();
    expect(await ask()).toMatchObject({ day_wd_amt: "10000", wd_limit_remain_amt: "9990000" });
    expect((await get("/v2.0/transfer/user_remain_amt", { user_seq_no: "1100000002" })).rsp_code).toBe("A0313");
    const unlimited = await setUp({ limits: { userDay: Number.POSITIVE_INFINITY } });
    expect(await unlimited.get("/v2.0/transfer/user_remain_amt", { user_seq_no: userSeqNo })).toMatchObject({
      wd_limit_remain_amt: "999999999999",
    });
  });
});

describe("transfer/result", () => {
  test("tells what became of several transfers at once", async () => {
    const here = await setUp();
    const ids = [here.tranId(), here.tranId()];
    for (const bank_tran_id of ids) await here.withdraw({ bank_tran_id });
    const rows = [...ids, here.tranId()].map((id, index) => ({
      tran_no: String(index + 1),
      org_bank_tran_id: id,
      org_bank_tran_date: "20260115",
      org_tran_amt: "10000",
    }));
    const request = { check_type: "1", tran_dtime: TRAN_DTIME, req_cnt: "3", req_list: rows };
    const answer = await here.post("/v2.0/transfer/result", request);
    expect(answer).toMatchObject({ rsp_code: "A0000", res_cnt: "3" });
    expect(answer.res_list.map(({ bank_rsp_code }: Answer) => bank_rsp_code)).toEqual(["000", "000", "701"]);
    expect(answer.res_list[0]).toMatchObject({
      tran_no: "1",
      bank_tran_id: ids[0],
      bank_tran_date: "20260115",
      wd_fintech_use_num: here.fintechUseNum,
      wd_account_holder_name: "홍길동",
      dps_account_holder_name: "코핀 샌드박스",
      tran_amt: "10000",
    });
    expect((await here.post("/v2.0/transfer/result", { ...request, req_cnt: "2" })).rsp_code).toBe("A0004");
    expect((await here.post("/v2.0/transfer/result", { ...request, check_type: "3" })).rsp_code).toBe("A0004");
    const many = { ...request, req_cnt: "26", req_list: Array.from({ length: 26 }, () => rows[0]) };
    expect((await here.post("/v2.0/transfer/result", many)).rsp_code).toBe("A0004");
  });

  test("knows a transfer by number, day, amount and direction: 701 otherwise", async () => {
    const here = await setUp();
    const bank_tran_id = here.tranId();
    await here.withdraw({ bank_tran_id });
    const codeOf = async (...which: [kind: "1" | "2", id: string, amount?: string]) =>
      (await resultOf(here, ...which)).res_list[0].bank_rsp_code;
    expect(await codeOf("1", bank_tran_id)).toBe("000");
    expect(await codeOf("1", bank_tran_id, "000000010000")).toBe("000");
    expect(await codeOf("2", bank_tran_id)).toBe("701");
    expect(await codeOf("1", bank_tran_id, "9999")).toBe("701");
    expect(await codeOf("1", here.tranId())).toBe("701");
  });

  test.each([
    ["A0000", { rsp_code: "A0000", res_list: [{ bank_rsp_code: "701" }] }],
    ["A0009", { rsp_code: "A0009", res_list: [{ bank_rsp_code: "701" }] }],
    ["A0310", { rsp_code: "A0310", rsp_message: "이체내역 없음" }],
  ] as const)("says of what never happened, as %s", async (missingTransfer, expected) => {
    const here = await setUp({ missingTransfer });
    expect(await resultOf(here, "1", here.tranId())).toMatchObject(expected);
  });
});

describe("claiming a deposit back", () => {
  async function claimed() {
    const here = await setUp();
    const org_bank_tran_id = here.tranId();
    await here.pay({ bank_tran_id: org_bank_tran_id });
    const claim = (changes: object = {}): Promise<Answer> =>
      here.post("/v2.0/return/claim", {
        bank_tran_id: here.tranId(),
        org_bank_tran_date: "20260115",
        org_bank_tran_id,
        org_dps_bank_code_std: "097",
        org_dps_account_num: "1000000000021",
        org_tran_amt: "10000",
        org_wd_bank_code_std: "097",
        claim_code: "05",
        claim_message: "시스템오류",
        total_return_yn: "Y",
        return_account_num: here.openBanking.contractAccounts.paying,
        use_org_contact: "0200000000",
        use_org_email: "ops@example.com",
        ...changes,
      });
    const result = (claim_bank_tran_id: string) =>
      here.post("/v2.0/return/result", { claim_bank_tran_date: "20260115", claim_bank_tran_id });
    return { ...here, claim, result };
  }

  test("waits until whoever has the money answers", async () => {
    const { claim, result, openBanking, balances } = await claimed();
    const total = openBanking.ledger().total;
    const made = await claim();
    expect(made).toMatchObject({
      rsp_code: "A0000",
      bank_rsp_code: "000",
      org_tran_amt: "10000",
      wd_bank_name: "오픈은행",
    });
    expect((await result(made.bank_tran_id)).bank_rsp_code).toBe("400");
    openBanking.answerClaim(made.bank_tran_id, true);
    expect((await result(made.bank_tran_id)).bank_rsp_code).toBe("000");
    expect(balances()).toMatchObject({
      "1000000000021": 1_250_000,
      [openBanking.contractAccounts.paying]: 10_000_000_000,
    });
    expect(openBanking.ledger().total).toBe(total);
    expect(() => openBanking.answerClaim(made.bank_tran_id, true)).toThrow("waits for an answer");
    expect((await claim()).rsp_code).toBe("A0008");
  });

  test("can be refused, and made again", async () => {
    const { claim, result, openBanking } = await claimed();
    const { bank_tran_id } = await claim();
    openBanking.answerClaim(bank_tran_id, false);
    expect(await result(bank_tran_id)).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "499" });
    expect((await claim()).rsp_code).toBe("A0000");
  });

  test("is for a deposit that happened, to that account, and comes back to the institution", async () => {
    const { claim, result, tranId } = await claimed();
    expect((await claim({ org_tran_amt: "1" })).bank_rsp_code).toBe("701");
    expect((await claim({ org_bank_tran_id: tranId() })).bank_rsp_code).toBe("701");
    expect((await claim({ org_dps_account_num: "1000000000022" })).bank_rsp_code).toBe("701");
    expect((await claim({ return_account_num: "1000000000011" })).rsp_code).toBe("A0322");
    expect((await result(tranId())).rsp_code).toBe("A0310");
  });
});

describe("names behind accounts", () => {
  test("real_name checks what the institution knows of the holder", async () => {
    const { post, tranId } = await setUp();
    const ask = (account_holder_info_type: string, account_holder_info: string, account_num = "1000000000021") =>
      post("/v2.0/inquiry/real_name", {
        bank_tran_id: tranId(),
        bank_code_std: "097",
        account_num,
        account_holder_info_type,
        account_holder_info,
        tran_dtime: TRAN_DTIME,
      });
    expect(await ask(" ", "951224")).toMatchObject({
      rsp_code: "A0000",
      account_holder_name: "김한빛",
      account_type: "1",
    });
    expect(await ask(" ", "900101")).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "463" });
    expect(await ask(" ", "951224", "1")).toMatchObject({ rsp_code: "A0002", bank_rsp_code: "412" });
    expect((await ask("N", "0")).account_holder_name).toBe("김한빛");
    expect((await ask("1", "9512242000000")).rsp_code).toBe("A0320");
    expect((await ask(" ", "9512")).rsp_code).toBe("A0321");
    expect((await ask("6", "0000000000", "9990000000001")).account_holder_name).toBe("코핀 샌드박스");
  });

  test("receive tells who would get the money", async () => {
    const { post, tranId, openBanking, fintechUseNum } = await setUp();
    const ask = (changes: object) =>
      post("/v2.0/inquiry/receive", {
        bank_tran_id: tranId(),
        cntr_account_type: "N",
        cntr_account_num: openBanking.contractAccounts.paying,
        print_content: "환급",
        tran_amt: "10000",
        req_client_name: "김한빛",
        req_client_fintech_use_num: fintechUseNum,
        req_client_num: "KIM",
        transfer_purpose: "TR",
        ...changes,
      });
    const byNumber = { bank_code_std: "097", account_num: "1000000000021" };
    expect((await ask(byNumber)).account_holder_name).toBe("김한빛");
    expect((await ask({ fintech_use_num: fintechUseNum })).account_holder_name).toBe("홍길동");
    expect((await ask({ ...byNumber, account_num: "1" })).bank_rsp_code).toBe("412");
    expect((await ask({ ...byNumber, cntr_account_num: "1" })).rsp_code).toBe("A0322");
  });

  test("remit_list tells who paid into the institution's account", async () => {
    const { post, tranId, openBanking, withdraw } = await setUp();
    const ask = (account_num = openBanking.contractAccounts.collecting) =>
      post("/v2.0/inquiry/remit_list", {
        bank_tran_id: tranId(),
        bank_code_std: "097",
        account_num,
        from_date: "20260115",
        from_time: "000000",
        to_date: "20260115",
        to_time: "235959",
        sort_order: "D",
        tran_dtime: TRAN_DTIME,
      });
    expect((await ask()).rsp_code).toBe("A0018");
    await withdraw();
    expect((await ask()).res_list).toMatchObject([
      { tran_amt: "10000", remitter_name: "홍길동", print_content: "충전" },
    ]);
    expect((await ask("1000000000011")).rsp_code).toBe("A0322");
  });
});

test("money is never made and never lost", async () => {
  const { withdraw, pay, openBanking } = await setUp({ limits: { userDay: Number.POSITIVE_INFINITY } });
  await openBanking.consent(authorizeUrl(), { user: "김한빛" });
  const { total } = openBanking.ledger();
  let state = 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  for (let count = 0; count < 200; count++) {
    const tran_amt = String(1 + next(2_000_000));
    if (next(2) === 0) await withdraw({ tran_amt });
    else await pay({ tran_amt });
    const ledger = openBanking.ledger();
    expect(ledger.total).toBe(total);
    expect(ledger.accounts.every(({ balance }) => balance >= 0)).toBe(true);
  }
  const { transfers } = openBanking.ledger();
  expect(new Set(transfers.map(({ outcome }) => outcome))).toEqual(new Set(["000", "453"]));
});
