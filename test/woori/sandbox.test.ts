import { AuthenticationError, type KofinError, OutcomeUnknownError, ProviderError } from "kofin";
import { createSandbox, WOORI_SMS_CODE } from "kofin/sandbox";
import { amount, call, createWoori, day } from "kofin/woori";
import { legacyGetCreditLoanBasicInfo } from "kofin/woori/credit";
import { getAccBasicInfo, getAccTransList, getIndivAllAccInfo } from "kofin/woori/finance";
import { leaseLoanLimitInqury } from "kofin/woori/lease-loan";
import { executeCellCerti, getCellCerti } from "kofin/woori/login";
import { getNewCarLoanAm } from "kofin/woori/newcar";
import { tokencheck } from "kofin/woori/oauth";
import {
  executeFrgnRemittance,
  getFrgnRemittanceAvlAm,
  getFrgnRemittanceList,
  getFrgnRemittanceSumAm,
  getWithdrawAccnt,
} from "kofin/woori/remittance";
import {
  executeWooriAcctToOtherAcct,
  executeWooriAcctToWooriAcct,
  getWooriAcctToOtherAcct,
  getWooriAcctToWooriAcct,
} from "kofin/woori/trans";
import { beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { specsOf } from "./specs.js";

const NOON = Date.UTC(2026, 10, 21, 3);
let now = NOON;
const sandbox = createSandbox({ now: () => now });
const clientOf = (changes = {}) => createWoori({ ...sandbox.woori.options, retryDelayMs: 1, ...changes });
let woori = clientOf();
beforeEach(() => {
  now = NOON;
  sandbox.reset();
  woori = clientOf();
});

const MAIN = "1002123456789";
const OTHER = "1002987654321";
const order = { WDR_ACNO: MAIN, TRN_AM: 50_000, RCV_BKCD: "020", RCV_ACNO: OTHER, PTN_PBOK_PRNG_TXT: "보너스" };
const abroad = {
  WDR_ACNO: MAIN,
  CUCD: "USD",
  RMT_FC_AM: 1_000,
  RNPE_ACT_MSTX: "000123456789",
  RCVG_BK_BIC_CD: "EXMPUS33XXX",
};

const balanceOf = (account: string) =>
  sandbox.woori.ledger().accounts.find(({ ACNO }) => ACNO === account)?.balance ?? Number.NaN;
const moved = () => sandbox.woori.ledger().transfers;

describe("accounts", () => {
  it("agree wherever they are asked for", async () => {
    const { data: all } = await getIndivAllAccInfo(woori);
    expect(all.GRID_CNT).toBe(4);
    const listed = all.GRID?.find(({ ACNO }) => ACNO === MAIN);
    const { data: one } = await getAccBasicInfo(woori, { INQ_ACNO: MAIN, INQ_BAS_DT: "2026-11-21" });
    const { data: payable } = await getWithdrawAccnt(woori);
    const held = payable.GRID?.find(({ ACNO }) => ACNO === MAIN);
    expect([listed?.PBOK_BAL, one.CT_BAL, held?.WDR_AVL_AM]).toEqual([3_014_050, 3_014_050, 3_014_050]);
    expect(balanceOf(MAIN)).toBe(3_014_050);
  });

  it("have transactions that lie in the period, newest first, and add up to the balance", async () => {
    const { data } = await getAccTransList(woori, { INQ_ACNO: MAIN, INQ_STA_DT: "2026-09-01", INQ_END_DT: "20261121" });
    const rows = data.GRID ?? [];
    expect(rows.length).toBe(data.GRID_CNT);
    expect(rows.length).toBeGreaterThan(10);
    const dates = rows.map(({ TRN_DT = "" }) => day(TRN_DT));
    expect(dates).toEqual([...dates].sort().reverse());
    expect(dates.every((date) => date >= "20260901" && date <= "20261121")).toBe(true);
    expect(rows[0]?.DPS_BAL).toBe(balanceOf(MAIN));
    rows.slice(0, -1).forEach((row, index) => {
      expect(Number(row.DPS_BAL) - Number(row.RCV_AM) + Number(row.PAY_AM)).toBe(rows[index + 1]?.DPS_BAL);
    });
  });

  it("that nobody has are refused in the bank's own words", async () => {
    const error = await failure(
      getAccBasicInfo(woori, { INQ_ACNO: "1002000000000", INQ_BAS_DT: "20261121" }),
      ProviderError,
    );
    expect(error).toMatchObject({ code: "SYSCD01002", advice: "ask-user" });
    expect(error.extraMessage).toContain("계좌번호");
  });

  it("come with a reference, another one each time", async () => {
    const first = await getIndivAllAccInfo(woori);
    const second = await getIndivAllAccInfo(woori);
    expect(first.transactionId).toMatch(/^[\da-f]{32}$/);
    expect(second.transactionId).not.toBe(first.transactionId);
    expect(second.data).toEqual(first.data);
  });
});

describe("transfers", () => {
  it("say before what they come to, and move nothing", async () => {
    const { data } = await getWooriAcctToWooriAcct(woori, order);
    expect(data).toEqual({ OWAC_FNM: "홍길동", BFTR_AF_BAL: "2964050", RNPE_FNM: "홍길동", FEE_AM: "0" });
    const elsewhere = await getWooriAcctToOtherAcct(woori, { ...order, RCV_BKCD: "004", RCV_ACNO: "11022233344" });
    expect(elsewhere.data).toMatchObject({ BFTR_AF_BAL: "2963550", FEE_AM: "500" });
    expect(elsewhere.data.RNPE_FNM).not.toBe("홍길동");
    expect(moved()).toEqual([]);
  });

  it("move the money once, from one account to the other, and stand in both statements", async () => {
    const { data } = await executeWooriAcctToWooriAcct(woori, order);
    expect(data.BFTR_AF_BAL).toBe("2964050");
    expect([balanceOf(MAIN), balanceOf(OTHER)]).toEqual([2_964_050, 608_900]);
    expect(moved()).toEqual([
      { at: NOON, kind: "transfer", from: MAIN, bank: "020", to: OTHER, amount: 50_000, fee: 0 },
    ]);
    const today = { INQ_STA_DT: "20261121", INQ_END_DT: "20261121" };
    const out = await getAccTransList(woori, { INQ_ACNO: MAIN, ...today });
    const into = await getAccTransList(woori, { INQ_ACNO: OTHER, ...today });
    expect(out.data.GRID).toMatchObject([{ PAY_AM: 50_000, RCV_AM: 0, DPS_BAL: 2_964_050, TRN_TXT: "보너스" }]);
    expect(into.data.GRID).toMatchObject([{ PAY_AM: 0, RCV_AM: 50_000, DPS_BAL: 608_900, TRN_TM: "120000" }]);
  });

  it("to another bank cost a fee", async () => {
    await executeWooriAcctToOtherAcct(woori, { ...order, RCV_BKCD: "004", RCV_ACNO: "11022233344" });
    expect(balanceOf(MAIN)).toBe(3_014_050 - 50_500);
    expect(moved()).toMatchObject([{ bank: "004", to: "11022233344", fee: 500 }]);
  });

  it.each([
    ["more than there is", { TRN_AM: "99999999" }, "SYSCD01002"],
    ["to an account that nobody has", { RCV_ACNO: "1002000000000" }, "SYSCD01002"],
    ["to itself", { RCV_ACNO: MAIN }, "SYSCD01002"],
    ["from savings", { WDR_ACNO: "1040470212345" }, "SYSCD01002"],
    ["of nothing", { TRN_AM: 0 }, "SYSCD01006"],
    ["of a fraction of a won", { TRN_AM: "0.5" }, "SYSCD01006"],
    ["of no number", { TRN_AM: "5만원" }, "SYSCD01006"],
    ["within the bank to another one", { RCV_BKCD: "004" }, "SYSCD01006"],
    ["with a blank amount", { TRN_AM: "" }, "SYSCD01000"],
  ])("%s are refused, and move nothing", async (_, change, code) => {
    const error: KofinError = await failure(executeWooriAcctToWooriAcct(woori, { ...order, ...change }));
    expect(error.code).toBe(code);
    expect(error).not.toBeInstanceOf(OutcomeUnknownError);
    expect(moved()).toEqual([]);
  });

  const lost = [
    { silent: true },
    { drop: true },
    { code: "SYSCD01003" },
    { code: "SYSCD01999" },
    { code: "SYSCD09999" },
    { status: 502 },
    { status: 200, body: "<html></html>" },
  ];

  it.each(lost.flatMap((fault) => [true, false].map((carriedOut) => [fault, carriedOut] as const)))(
    "whose answer is lost (%j, carried out: %s) are not sent again; the statement tells",
    async (fault, carriedOut) => {
      sandbox.woori.failNext({ ...fault, carriedOut });
      const error = await failure(executeWooriAcctToWooriAcct(woori, order, { timeoutMs: 40 }), OutcomeUnknownError);
      expect(error.settledBy).toBe("finance/getAccTransList");
      expect(moved()).toHaveLength(carriedOut ? 1 : 0);
      const { data } = await getAccTransList(woori, { INQ_ACNO: MAIN, INQ_STA_DT: "20261121", INQ_END_DT: "20261121" });
      expect(data.GRID).toHaveLength(carriedOut ? 1 : 0);
      const sent = sandbox.woori.requests.filter(({ path }) => path.endsWith("executeWooriAcctToWooriAcct"));
      expect(sent).toHaveLength(1);
    },
  );
});

describe("remittances", () => {
  it("cost what was said before, and are found again", async () => {
    const { data: quote } = await getFrgnRemittanceAvlAm(woori, abroad);
    expect(balanceOf(MAIN)).toBe(3_014_050);
    const { data } = await executeFrgnRemittance(woori, abroad);
    expect(data).toEqual(quote);
    expect(data).toMatchObject({ CUCD: "USD", RMT_FC_AM: 1_000, RNPE_ACT_MSTX: "000123456789" });
    const won = Number(data.RMT_KRW_AM);
    expect(balanceOf(MAIN)).toBe(3_014_050 - won - Number(data.TLGFE) - Number(data.RMT_FEE));
    expect((await getFrgnRemittanceSumAm(woori)).data.RMT_SUM_AM_1).toBe(won);
    const list = await getFrgnRemittanceList(woori, { UTZPE_NO: "1", ITCSNO: "2", FX_ACNO: "1081900123456" });
    expect(list.data).toMatchObject({
      TBRMT_DRFB_DT: "20261121",
      RMT_FC_AM: 1_000,
      PSTN_KRXC_AM: won,
      GRID_ROW_CNT: 2,
    });
  });

  it.each([
    ["a currency that is not sent", { CUCD: "XYZ" }, "SYSCD01002"],
    ["more than there is", { RMT_FC_AM: "1000000" }, "SYSCD01002"],
    ["a blank amount", { RMT_FC_AM: "" }, "SYSCD01000"],
  ])("of %s are refused", async (_, change, code) => {
    expect((await failure(executeFrgnRemittance(woori, { ...abroad, ...change }))).code).toBe(code);
    expect(moved()).toEqual([]);
  });

  it("whose answer is lost have no look-up", async () => {
    sandbox.woori.failNext({ drop: true, carriedOut: true });
    const error = await failure(executeFrgnRemittance(woori, abroad), OutcomeUnknownError);
    expect(error.settledBy).toBeUndefined();
    expect(error.message).toContain("find out from the provider");
    expect(moved()).toHaveLength(1);
  });
});

describe("휴대폰인증", () => {
  const person = { RRNO_BFNB: "900101", ENCY_RRNO_LSNM: "1234567" };
  const ask = { ...person, COMC_DIS: "1", HP_NO: "01012345678", HP_CRTF_AGR_YN: "Y", FNM: "홍길동" };
  const begin = async () => (await getCellCerti(woori, ask)).data.CRTF_UNQ_NO ?? "";

  it("returns the accounts of whoever types in the number", async () => {
    const confirmed = { ...person, CRTF_UNQ_NO: await begin(), ENCY_SMS_CRTF_NO: WOORI_SMS_CODE };
    expect((await executeCellCerti(woori, confirmed)).data.REPT_FA).toEqual([
      { CUS_USG_ACNO: MAIN },
      { CUS_USG_ACNO: OTHER },
    ]);
    // A number is good for one time.
    expect(await failure(executeCellCerti(woori, confirmed))).toMatchObject({ code: "SYSCD01002" });
  });

  it("ends with the third wrong number, and knows nobody else", async () => {
    const CRTF_UNQ_NO = await begin();
    const wrong = { ...person, CRTF_UNQ_NO, ENCY_SMS_CRTF_NO: "000000" };
    const right = { ...wrong, ENCY_SMS_CRTF_NO: WOORI_SMS_CODE };
    expect(await failure(executeCellCerti(woori, { ...right, RRNO_BFNB: "910101" }))).toBeInstanceOf(ProviderError);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect((await failure(executeCellCerti(woori, wrong), ProviderError)).extraMessage).toContain("일치하지");
    }
    expect((await failure(executeCellCerti(woori, right), ProviderError)).extraMessage).toContain("끝났습니다");
  });
});

describe("who may ask", () => {
  const body = (dataBody: object, dataHeader: object = woori2021) => JSON.stringify({ dataHeader, dataBody });
  const woori2021 = {
    UTZPE_CNCT_IPAD: "",
    UTZPE_CNCT_MCHR_UNQ_ID: "",
    UTZPE_CNCT_TEL_NO_TXT: "",
    UTZPE_CNCT_MCHR_IDF_SRNO: "",
    UTZ_MCHR_OS_DSCD: "",
    UTZ_MCHR_OS_VER_NM: "",
    UTZ_MCHR_MDL_NM: "",
    UTZ_MCHR_APP_VER_NM: "",
  };
  const PATH = "/oai/wb/v1/finance/getAccBasicInfo";
  const good = { INQ_ACNO: MAIN, INQ_BAS_DT: "20261121" };
  /** What the sandbox says to a request that kofin had no hand in. */
  const raw = async (text: string, { path = PATH, method = "POST", headers = {} as Record<string, string> } = {}) => {
    const response = await sandbox.fetch(`https://openapi.wooribank.com:444${path}`, {
      method,
      headers: { appKey: sandbox.woori.options.appKey, ...headers },
      ...(text && { body: text }),
    });
    const answer = (await response.json()) as { dataBody: { ERRORCODE?: string; ERRUSRMSG?: string } };
    return { status: response.status, code: answer.dataBody.ERRORCODE, message: answer.dataBody.ERRUSRMSG };
  };

  it("whoever has the app key: a token is optional, but must be right", async () => {
    expect(await raw(body(good))).toMatchObject({ status: 200, code: undefined });
    expect(await raw(body(good), { headers: { appKey: "" } })).toMatchObject({ status: 400, code: "SYSCD02001" });
    expect(await raw(body(good), { headers: { appKey: "wrong" } })).toMatchObject({ code: "SYSCD03003" });
    expect(await raw(body(good), { headers: { token: "wrong" } })).toMatchObject({ code: "SYSCD03001" });
    expect(await raw(body(good), { headers: { token: sandbox.woori.token } })).toMatchObject({ code: undefined });
  });

  it("the operations of 2019 ask for all three", async () => {
    const inquiry = { path: "/oai/wb/v1/leaseLoan/aptLoanIRInqury", method: "GET" };
    const { secretKey, token } = sandbox.woori.options;
    const Authorization = `Bearer ${token}`;
    const code = async (headers: Record<string, string>) => (await raw(body({}), { ...inquiry, headers })).code;
    expect(await code({ secretKey, Authorization })).toBeUndefined();
    expect(await code({ Authorization })).toBe("SYSCD02001");
    expect(await code({ secretKey })).toBe("SYSCD02001");
    expect(await code({ secretKey: "wrong", Authorization })).toBe("SYSCD03003");
    expect(await code({ secretKey, Authorization: "Bearer wrong" })).toBe("SYSCD03001");
  });

  it.each([
    ["no JSON", "{", "SYSCD01005"],
    ["nothing", "", "SYSCD01005"],
    ["no envelope", JSON.stringify(good), "SYSCD02101"],
    ["no dataBody", JSON.stringify({ dataHeader: woori2021 }), "SYSCD02101"],
    ["a device block with gaps", body(good, { UTZPE_CNCT_IPAD: "" }), "SYSCD01004"],
    ["a device block that is too long", body(good, { ...woori2021, UTZ_MCHR_OS_DSCD: "12" }), "SYSCD01008"],
    ["no account", body({ INQ_BAS_DT: "20261121" }), "SYSCD01000"],
    ["an account that is too long", body({ ...good, INQ_ACNO: "1".repeat(16) }), "SYSCD01008"],
    ["a number for a text", body({ ...good, INQ_ACNO: 1_002 }), "SYSCD02101"],
    ["a list for a text", body({ ...good, INQ_ACNO: ["1"] }), "SYSCD02101"],
    ["a day that does not exist", body({ ...good, INQ_BAS_DT: "20261131" }), "SYSCD01006"],
  ])("%s is refused", async (_, text, code) => {
    const refused = await raw(text);
    expect(refused).toMatchObject({ status: 400, code });
    expect(refused.message).not.toBe("");
  });

  it("both forms of a date and of a number are taken", async () => {
    expect(await raw(body({ ...good, INQ_BAS_DT: "2026-11-21" }))).toMatchObject({ code: undefined });
    const path = "/oai/wb/v1/newcar/getNewCarLoanAm";
    expect(await raw(body({ CAR_PR: "35000000.000" }), { path })).toMatchObject({ code: undefined });
    expect(await raw(body({ CAR_PR: 35_000_000 }), { path })).toMatchObject({ code: undefined });
    expect(await raw(body({ CAR_PR: "많이" }), { path })).toMatchObject({ code: "SYSCD01006" });
  });

  it("paths and methods that nobody serves", async () => {
    expect(await raw(body({}), { path: "/oai/wb/v1/finance/nothing" })).toMatchObject({
      status: 404,
      code: "SYSCD02901",
    });
    expect(await raw("", { path: "/oap/wb/v2/oauth/token" })).toMatchObject({ status: 404, code: "SYSCD02901" });
    expect(await raw(body(good), { method: "PUT" })).toMatchObject({ status: 405, code: "SYSCD02901" });
  });
});

describe("every operation of the specs", () => {
  const operations = specsOf("woori");

  it("is one of the 27, or a 2019 form of one", () => {
    expect(new Set(operations.map(({ operation }) => operation.path)).size).toBe(27);
    expect(operations.filter(({ operation }) => operation.method === "GET").length).toBeGreaterThan(4);
  });

  it.each(operations.map((one) => [`${one.operation.method} ${one.constant.id}`, one] as const))(
    "%s answers in process, with the fields that its spec names and no other",
    async (_, { constant, operation, input }) => {
      if (constant.id === "login.executeCellCerti") {
        const { data } = await getCellCerti(woori, {
          ...input,
          COMC_DIS: "1",
          HP_NO: "1",
          HP_CRTF_AGR_YN: "Y",
          FNM: "홍",
        } as never);
        Object.assign(input, { CRTF_UNQ_NO: data.CRTF_UNQ_NO, ENCY_SMS_CRTF_NO: WOORI_SMS_CODE });
      }
      const { data } = await call<Record<string, unknown>>(woori, constant, input);
      const known = operation.response.properties?.dataBody?.properties ?? {};
      expect(Object.keys(data).sort()).toEqual(Object.keys(known).sort());
    },
  );

  it("the loans of 2019 take their body with GET, and answer as those of 2021", async () => {
    const { data } = await leaseLoanLimitInqury(
      woori,
      specsOf("woori").find(({ constant }) => constant.id === "lease-loan.leaseLoanLimitInqury")?.input as never,
    );
    expect(data.FRCS_AVL_LN_AM).toBe(200_000_000);
    const sent = sandbox.woori.requests.at(-1);
    expect(sent).toMatchObject({ method: "GET", body: { dataBody: { SLF_ANL_ICM_AM: 60_000_000 } } });
  });
});

describe("what a test can arrange", () => {
  it("answers that look like the examples of 2021", async () => {
    sandbox.woori.printed(true);
    const { data } = await getIndivAllAccInfo(woori);
    expect(data.GRID_CNT).toBe("4");
    expect(data.GRID?.[0]).toMatchObject({ PBOK_BAL: "3014050.000", NEW_DT: "2021-02-15", XPR_DT: "" });
    expect(amount(data.GRID?.[0]?.PBOK_BAL)).toBe("3014050");
    sandbox.reset();
    expect((await getIndivAllAccInfo(woori)).data.GRID?.[0]).toMatchObject({ PBOK_BAL: 3_014_050, NEW_DT: "20210215" });
  });

  it("another token: the one so far is refused", async () => {
    expect((await tokencheck(woori)).code).toBe("HTTP_200");
    const token = sandbox.woori.expireToken();
    expect((await failure(tokencheck(woori), AuthenticationError)).code).toBe("SYSCD03001");
    expect((await tokencheck(clientOf({ token }))).code).toBe("HTTP_200");
  });

  it("a limit by the second, which look-ups wait out", async () => {
    sandbox.woori.limit(2);
    for (let count = 0; count < 2; count++) await getIndivAllAccInfo(woori);
    expect(await failure(getIndivAllAccInfo(woori))).toMatchObject({ code: "SYSCD03101", status: 503 });
    now += 1_001;
    await getIndivAllAccInfo(woori);
    sandbox.woori.limit(undefined);
    for (let count = 0; count < 5; count++) await getIndivAllAccInfo(woori);
  });

  it("failures by path, as often as wanted, as a partner's server words them", async () => {
    sandbox.woori.failNext({ code: "SYSCD01006", path: "newcar.getNewCarLoanAm", times: 2, wrapped: true });
    await getIndivAllAccInfo(woori);
    for (let count = 0; count < 2; count++) {
      expect(await failure(getNewCarLoanAm(woori), ProviderError)).toMatchObject({
        code: "SYSCD01006",
        providerMessage: "입력값 오류",
      });
    }
    await getNewCarLoanAm(woori);
    expect(() => sandbox.woori.failNext({})).toThrow(/say how to fail/);
    expect(() => sandbox.woori.failNext({ code: "SYSCD01006", path: "nothing" })).toThrow(/No operation/);
  });

  it("delays", async () => {
    sandbox.woori.delayNext(60, { path: "getIndivAllAccInfo" });
    expect(await failure(getIndivAllAccInfo(woori, undefined, { timeoutMs: 10 }))).toMatchObject({ code: "TIMEOUT" });
  });

  it("a new start", async () => {
    await executeWooriAcctToWooriAcct(woori, order);
    sandbox.woori.expireToken();
    sandbox.woori.limit(0);
    sandbox.reset();
    expect(moved()).toEqual([]);
    expect(balanceOf(MAIN)).toBe(3_014_050);
    expect(sandbox.woori.requests).toEqual([]);
    await legacyGetCreditLoanBasicInfo(woori, {
      CRINF_INQ_AGR_YN: "Y",
      CRINF_UTZ_OFR_YN: "Y",
      CRINF_OFR_AGR_YN: "Y",
      CUS_IDF_INF_AGR_YN: "Y",
    });
  });

  it("the same over HTTP", async () => {
    const control = async (name: string, body: object = {}) => {
      const init = { method: "POST", body: JSON.stringify(body) };
      return (await sandbox.fetch(`http://localhost/__sandbox/woori/${name}`, init)).json();
    };
    await control("printed", { on: true });
    await control("fail-next", { drop: true, carriedOut: true, path: "trans.executeWooriAcctToWooriAcct" });
    await failure(executeWooriAcctToWooriAcct(woori, order), OutcomeUnknownError);
    const told = await (await sandbox.fetch("http://localhost/__sandbox/woori")).json();
    expect(told).toMatchObject({ appKey: sandbox.woori.options.appKey, ledger: { transfers: [{ amount: 50_000 }] } });
    expect(await control("expire-token")).toEqual({ token: sandbox.woori.token });
    expect(await control("limit", { perSecond: 0 })).toEqual({});
    expect(await control("delay-next", { milliseconds: 1 })).toEqual({});
    expect(await control("printed", { on: "yes" })).toEqual({ error: "on: true or false is needed" });
    expect(await control("fail-next", { code: 7 })).toEqual({ error: "code: a text is needed" });
  });
});
