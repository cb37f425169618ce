import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  connect,
  connectTo,
  DEPOSIT,
  deposit,
  NOW,
  posting,
  resultOf,
  WITHDRAW,
  withdrawal,
} from "./openbanking-client.js";

const CENTER = ["A0001", "A0003", "A0007", "A0017"] as const;
const BANK = ["400", "803", "804", "819", "822"] as const;

describe("the outcome of a transfer can stay open", () => {
  test.each([
    ...CENTER.map((code) => [code, { rsp_code: code }] as const),
    ...BANK.map((code) => [code, { rsp_code: "A0002", bank_rsp_code: code }] as const),
  ])("of a withdrawal, with %s", async (answer, expected) => {
    const here = await connect();
    for (const happens of [true, false]) {
      const bank_tran_id = here.tranId();
      here.openBanking.unknownNext({ happens, answer });
      expect(await here.post(WITHDRAW, withdrawal(here, { bank_tran_id }), "user")).toMatchObject(expected);
      const told = (await resultOf(here, "1", bank_tran_id)).res_list[0].bank_rsp_code;
      expect(told).toBe(happens ? "000" : "701");
    }
    expect(here.openBanking.users[0]?.accounts[0]?.balance).toBe(2_990_000);
  });

  test.each([
    ...CENTER.map((code) => [code, { rsp_code: code }] as const),
    ...BANK.map((code) => [code, { rsp_code: "A0009", res_list: [{ bank_rsp_code: code }] }] as const),
  ])("of a deposit, with %s", async (answer, expected) => {
    const here = await connect();
    for (const happens of [true, false]) {
      const bank_tran_id = here.tranId();
      here.openBanking.unknownNext({ happens, answer });
      expect(await here.post(DEPOSIT, deposit(here, { bank_tran_id }))).toMatchObject(expected);
      const told = (await resultOf(here, "2", bank_tran_id)).res_list[0].bank_rsp_code;
      expect(told).toBe(happens ? "000" : "701");
    }
    expect(here.openBanking.users[1]?.accounts[0]?.balance).toBe(1_260_000);
  });

  test("under an rsp_code that looks like success", async () => {
    const here = await connect();
    here.openBanking.unknownNext({ happens: true, answer: "400", code: "A0000" });
    expect(await here.post(DEPOSIT, deposit(here))).toMatchObject({
      rsp_code: "A0000",
      res_list: [{ bank_rsp_code: "400" }],
    });
  });

  test("with an HTTP status, a broken connection, or no answer", async () => {
    const here = await connect();
    const { openBanking, bearers, raw } = here;
    const send = (signal?: AbortSignal) =>
      raw(WITHDRAW, {
        ...posting(withdrawal(here), { Authorization: `Bearer ${bearers.user}` }),
        ...(signal && { signal }),
      });
    openBanking.unknownNext({ happens: true, answer: 503 });
    expect((await send()).status).toBe(503);
    openBanking.unknownNext({ happens: true, answer: "drop" });
    await expect(send()).rejects.toMatchObject({ name: "TypeError", cause: { code: "ECONNRESET" } });
    openBanking.unknownNext({ happens: true, answer: "silence" });
    await expect(send(AbortSignal.timeout(30))).rejects.toMatchObject({ name: "TimeoutError" });
    expect(openBanking.ledger().transfers).toHaveLength(3);
    expect(openBanking.users[0]?.accounts[0]?.balance).toBe(2_970_000);
  });

  test("on a port as well, where the connection really breaks", async () => {
    const sandbox = createSandbox({ now: () => NOW });
    const served = await serveSandbox(sandbox, { port: 0 });
    try {
      const here = await connectTo(sandbox, { host: served.url });
      const send = (init: RequestInit = {}) => {
        const request = posting(withdrawal(here), { Authorization: `Bearer ${here.bearers.user}` });
        return here.raw(WITHDRAW, { ...request, ...init });
      };
      here.openBanking.unknownNext({ happens: true, answer: "drop" });
      await expect(send()).rejects.toThrow("fetch failed");
      here.openBanking.unknownNext({ happens: false, answer: "silence" });
      await expect(send({ signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: "TimeoutError" });
      here.openBanking.unknownNext({ happens: true, answer: 500 });
      expect((await send()).status).toBe(500);
      expect(((await (await send()).json()) as Answer).rsp_code).toBe("A0000");
      expect(here.openBanking.ledger().transfers).toHaveLength(3);
    } finally {
      await served.close();
    }
  });

  test("while the bank is still at it, for as many questions as planned", async () => {
    const here = await connect();
    const bank_tran_id = here.tranId();
    here.openBanking.unknownNext({ happens: true, answer: "A0007", stillProcessing: 2 });
    await here.post(WITHDRAW, withdrawal(here, { bank_tran_id }), "user");
    const told: string[] = [];
    for (let count = 0; count < 4; count++)
      told.push((await resultOf(here, "1", bank_tran_id)).res_list[0].bank_rsp_code);
    expect(told).toEqual(["400", "400", "000", "000"]);
  });

  test("and hide that the bank refused", async () => {
    const here = await connect();
    const bank_tran_id = here.tranId();
    here.openBanking.unknownNext({ happens: true, answer: "A0001" });
    await here.post(WITHDRAW, withdrawal(here, { bank_tran_id, tran_amt: "9000000" }), "user");
    expect((await resultOf(here, "1", bank_tran_id, "9000000")).res_list[0].bank_rsp_code).toBe("453");
  });
});

describe("a plan", () => {
  test("waits for a transfer that gets through to the bank", async () => {
    const here = await connect();
    here.openBanking.unknownNext({ happens: true, answer: "A0001" });
    expect((await here.post(WITHDRAW, withdrawal(here, { tran_amt: "0" }), "user")).rsp_code).toBe("A0004");
    expect((await here.post(WITHDRAW, withdrawal(here, { cntr_account_num: "1" }), "user")).rsp_code).toBe("A0322");
    expect((await here.post(WITHDRAW, withdrawal(here), "user")).rsp_code).toBe("A0001");
    expect((await here.post(WITHDRAW, withdrawal(here), "user")).rsp_code).toBe("A0000");
  });

  test("can mean one operation, and several transfers", async () => {
    const here = await connect();
    here.openBanking.unknownNext({
      happens: false,
      answer: "A0007",
      path: "transfer.transferDepositAcntNum",
      times: 2,
    });
    expect((await here.post(WITHDRAW, withdrawal(here), "user")).rsp_code).toBe("A0000");
    for (const code of ["A0007", "A0007", "A0000"]) {
      expect((await here.post(DEPOSIT, deposit(here))).rsp_code).toBe(code);
    }
  });

  test("has to leave something open", async () => {
    const { openBanking } = await connect();
    for (const answer of ["A0000", "453", 404, "never"]) {
      // @ts-expect-error: what JavaScript may pass
      expect(() => openBanking.unknownNext({ happens: true, answer })).toThrow("A0001");
    }
    expect(() => openBanking.unknownNext({ happens: true, answer: 500, path: "nothing" })).toThrow("No operation");
  });
});
