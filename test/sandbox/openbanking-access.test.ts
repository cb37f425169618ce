import { describe, expect, test } from "vitest";
import { connect, NOW, TRAN_DTIME } from "./openbanking-client.js";

const BALANCE = "/v2.0/account/balance/fin_num";
const REAL_NAME = "/v2.0/inquiry/real_name";

async function setUp(options?: Parameters<typeof connect>[0]) {
  const here = await connect(options);
  const question = (changes: Record<string, string> = {}) => ({
    bank_tran_id: here.tranId(),
    fintech_use_num: here.fintechUseNum,
    tran_dtime: TRAN_DTIME,
    ...changes,
  });
  const balance = (changes?: Record<string, string>) => here.get(BALANCE, question(changes));
  return { ...here, question, balance };
}

describe("access", () => {
  test("answers everything with HTTP 200 and a head", async () => {
    const { raw } = await setUp();
    const response = await raw(BALANCE);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("application/json; charset=UTF-8");
    expect(await response.json()).toEqual({
      api_tran_id: expect.stringMatching(/^[\w-]{36}$/),
      api_tran_dtm: "20260115103000000",
      rsp_code: "O0001",
      rsp_message: "인증 파라미터 오류([992])",
    });
  });

  test.each([
    ["no header", {}, "O0001"],
    ["no blank after Bearer", { Authorization: "Bearerxyz" }, "O0001"],
    ["another scheme", { Authorization: "Basic eDp5" }, "O0001"],
    ["a token that nobody issued", { Authorization: "Bearer xyz" }, "O0002"],
  ])("%s is refused", async (_, headers, code) => {
    const { raw, question } = await setUp();
    const path = `${BALANCE}?${new URLSearchParams(question())}`;
    expect(await (await raw(path, { headers })).json()).toMatchObject({ rsp_code: code });
  });

  test("a path that is not there is O0005, another method O0010", async () => {
    const { post, get } = await setUp();
    expect((await get("/v2.0/nothing", {})).rsp_code).toBe("O0005");
    expect((await post(BALANCE, {}, "user")).rsp_code).toBe("O0010");
    expect((await get(REAL_NAME, {}, "institution")).rsp_code).toBe("O0010");
  });

  test("a token without the scope is O0011, which says what it has and what is needed", async () => {
    const { get, question, userToken } = await setUp();
    const narrow = await userToken({ scope: "login transfer" });
    const answer = await get(BALANCE, question(), { token: narrow.access_token });
    expect(answer).toMatchObject({ rsp_code: "O0011", rsp_message: expect.stringMatching(/login transfer.*inquiry/) });
  });

  test("an oob institution's token opens neither balances nor account numbers; an sa one both", async () => {
    const here = await setUp();
    expect((await here.get(BALANCE, here.question(), "institution")).rsp_code).toBe("O0011");
    const own = await setUp({ scope: "sa" });
    expect((await own.get(BALANCE, own.question(), "institution")).rsp_code).toBe("A0000");
    const byNumber = {
      bank_tran_id: own.tranId(),
      bank_code_std: "097",
      account_num: own.accountNum,
      user_seq_no: own.userSeqNo,
      tran_dtime: TRAN_DTIME,
    };
    expect((await own.post("/v2.0/account/balance/acnt_num", byNumber)).balance_amt).toBe("3000000");
    expect((await own.post("/v2.0/account/balance/acnt_num", byNumber, "user")).rsp_code).toBe("O0011");
  });

  test("loans are open to either of the scopes that the documents leave in doubt", async () => {
    const { userToken, get, userSeqNo, tranId } = await setUp();
    for (const scope of ["loaninfo", "insuinfo"]) {
      const { access_token } = await userToken({ scope: `login ${scope}`, register_info: "L" });
      const query = { bank_tran_id: tranId(), user_seq_no: userSeqNo, bank_code_std: "304" };
      expect((await get("/v2.0/loans", query, { token: access_token })).rsp_code).toBe("A0000");
    }
  });
});

describe("bank_tran_id", () => {
  test.each([
    ["is needed", { bank_tran_id: "" }],
    ["begins with the institution's code", { bank_tran_id: "M999999999U000000001" }],
    ["has twenty characters", { bank_tran_id: "M202600001U0000001" }],
    ["says U for the institution", { bank_tran_id: "M202600001O000000001" }],
    ["has no small letters", { bank_tran_id: "M202600001Uabcdefghi" }],
  ])("%s: A0004", async (_, changes) => {
    const { balance } = await setUp();
    expect(await balance(changes)).toMatchObject({
      rsp_code: "A0004",
      rsp_message: expect.stringContaining("(bank_tran_id)"),
    });
  });

  test("is not used twice on a day of Seoul, whatever it was used for", async () => {
    const { balance, post, clock, tranId } = await setUp();
    const bank_tran_id = tranId();
    expect((await balance({ bank_tran_id })).rsp_code).toBe("A0000");
    expect((await balance({ bank_tran_id })).rsp_code).toBe("A0326");
    const name = { bank_code_std: "097", account_num: "1000000000021", account_holder_info_type: "N" };
    const body = { ...name, account_holder_info: "0", tran_dtime: TRAN_DTIME, bank_tran_id };
    expect((await post(REAL_NAME, body)).rsp_code).toBe("A0326");
    // 2026-01-15 10:30 in Seoul: the day ends 13.5 hours later.
    clock.now = NOW + 13 * 3_600_000;
    expect((await balance({ bank_tran_id })).rsp_code).toBe("A0326");
    clock.now = NOW + 14 * 3_600_000;
    expect((await balance({ bank_tran_id })).rsp_code).toBe("A0000");
  });

  test("is not used up by a request of the wrong form", async () => {
    const { balance, tranId } = await setUp();
    const bank_tran_id = tranId();
    expect((await balance({ bank_tran_id, tran_dtime: "now" })).rsp_code).toBe("A0004");
    expect((await balance({ bank_tran_id })).rsp_code).toBe("A0000");
  });

  test("used twice can be the bank's to refuse: A0002 with 822", async () => {
    const { balance, tranId } = await setUp({ duplicates: "822" });
    const bank_tran_id = tranId();
    await balance({ bank_tran_id });
    expect(await balance({ bank_tran_id })).toMatchObject({
      rsp_code: "A0002",
      bank_tran_id,
      bank_rsp_code: "822",
      bank_rsp_message: "거래고유번호 중복",
    });
  });
});

describe("the form of a request", () => {
  test.each(["", "2026011510300", "20260115253000", "20260230103000", "2026-01-15T10:"])(
    "tran_dtime %j is A0004",
    async (tran_dtime) => {
      const { balance } = await setUp();
      expect(await balance({ tran_dtime })).toMatchObject({
        rsp_code: "A0004",
        rsp_message: expect.stringContaining("(tran_dtime)"),
      });
    },
  );

  test("what is too long or missing is A0004, and says which field", async () => {
    const { balance, post, tranId } = await setUp();
    expect((await balance({ fintech_use_num: "1".repeat(25) })).rsp_message).toContain("(fintech_use_num)");
    expect((await post(REAL_NAME, { bank_tran_id: tranId() })).rsp_message).toContain("(bank_code_std)");
  });

  test("a body that is no JSON object is A0004", async () => {
    const { raw, bearers } = await setUp();
    const headers = { Authorization: `Bearer ${bearers.institution}` };
    for (const body of ["a=b", "[]", '"x"']) {
      expect(await (await raw(REAL_NAME, { method: "POST", headers, body })).json()).toMatchObject({
        rsp_code: "A0004",
      });
    }
  });

  test("numbers count as their digits, as hobby programs send them", async () => {
    const { post, tranId } = await setUp();
    const body = {
      bank_tran_id: tranId(),
      bank_code_std: "097",
      account_num: 1000000000021,
      account_holder_info_type: " ",
      account_holder_info: 951224,
      tran_dtime: Number(TRAN_DTIME),
    };
    expect((await post(REAL_NAME, body)).account_holder_name).toBe("김한빛");
  });
});

describe("test data, as in the center's test environment", () => {
  test("a bank call without registered data is A0002 with 818", async () => {
    const { balance, get, userSeqNo, fintechUseNum, openBanking } = await setUp({ strictTestData: true });
    expect(await balance()).toMatchObject({
      rsp_code: "A0002",
      bank_rsp_code: "818",
      bank_rsp_message: expect.stringContaining("시뮬레이터"),
    });
    expect((await get("/v2.0/user/me", { user_seq_no: userSeqNo })).rsp_code).toBe("A0000");
    openBanking.testData("account.accountBalanceFinNum", { request: { fintech_use_num: fintechUseNum } });
    expect((await balance()).balance_amt).toBe("3000000");
    openBanking.strictTestData(false);
    expect((await balance()).rsp_code).toBe("A0000");
  });

  test("registered data can say what the answer holds", async () => {
    const { balance, fintechUseNum, openBanking } = await setUp();
    const request = { fintech_use_num: fintechUseNum };
    openBanking.testData(BALANCE, { request, answer: { balance_amt: "-500", product_name: "마이너스통장" } });
    expect(await balance()).toMatchObject({ rsp_code: "A0000", balance_amt: "-500", product_name: "마이너스통장" });
    expect(() => openBanking.testData("account.nothing", { request })).toThrow(
      "No operation is called account.nothing",
    );
  });
});
