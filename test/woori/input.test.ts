import fc from "fast-check";
import { InvalidInputError } from "kofin";
import { call } from "kofin/woori";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { consultation, order, period, transactions, transfer } from "./operations.js";
import { clientOf, success } from "./scripted.js";

const all = { secretKey: "s", token: "t" };

async function sentFor(operation: typeof transactions, input: object): Promise<Record<string, unknown>> {
  const { woori, sent } = clientOf(() => success(), all);
  await call(woori, operation, input);
  return sent[0]?.body.dataBody ?? {};
}

describe("dates", () => {
  it("leave as eight digits, in whichever form they come", async () => {
    const printed = { INQ_ACNO: "1002123456789", INQ_STA_DT: "2026-01-01", INQ_END_DT: "2026-01-31" };
    expect(await sentFor(transactions, printed)).toEqual(period);
    expect(await sentFor(transactions, period)).toEqual(period);
  });

  it("are told by their name: what only looks like one stays as it is", async () => {
    expect(await sentFor(transfer, { ...order, PTN_PBOK_PRNG_TXT: "2026-01-01" })).toMatchObject({
      PTN_PBOK_PRNG_TXT: "2026-01-01",
    });
    expect(await sentFor(transactions, { ...period, NEW_DT: "2026-1-1" })).toMatchObject({ NEW_DT: "2026-1-1" });
  });
});

describe("numbers", () => {
  it("leave as text where the document has texts", async () => {
    for (const amount of [50_000, 50_000n, "50000"]) {
      expect(await sentFor(transfer, { ...order, TRN_AM: amount })).toMatchObject({ TRN_AM: "50000" });
    }
    expect(await sentFor(transfer, { ...order, TRN_AM: 1e-7 })).toMatchObject({ TRN_AM: "0.0000001" });
  });

  it("leave as numbers where the document has numbers, in whichever form they come", async () => {
    const sent = await sentFor(consultation, { SLF_ANL_ICM_AM: "60000000", OBJT_SQM: 84.97, HSHR_CN: 3n });
    expect(sent).toEqual({ SLF_ANL_ICM_AM: 60_000_000, OBJT_SQM: 84.97, HSHR_CN: 3 });
  });

  it("no digit is lost for it: what a JSON number would write otherwise stays a text", async () => {
    for (const text of ["3014050.000", "123456789012345.678", "007", "1e3", "", "Infinity", "0x10"]) {
      expect(await sentFor(consultation, { OBJT_SQM: text })).toEqual({ OBJT_SQM: text });
    }
  });

  it("every number of a double arrives with the value it had", async () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    await fc.assert(
      fc.asyncProperty(doubles, async (value) => {
        const { OBJT_SQM: typed } = await sentFor(consultation, { OBJT_SQM: value });
        const { TRN_AM: text } = await sentFor(transfer, { ...order, TRN_AM: value });
        expect(Number(typed)).toBe(value + 0 === 0 ? 0 : value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value + 0 === 0 ? 0 : value);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])("%s is no amount", async (value) => {
    const { woori, sent } = clientOf(() => success());
    const error = await failure(call(woori, transfer, { ...order, TRN_AM: value }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "TRN_AM" });
    expect(sent).toEqual([]);
  });
});

describe("what must be there", () => {
  it("is missed by its name before anything is sent", async () => {
    const { woori, sent } = clientOf(() => success());
    const error = await failure(call(woori, transactions, { ...period, INQ_END_DT: undefined }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "INQ_END_DT", operation: "finance.getAccTransList" });
    await failure(call(woori, transactions, "text"), InvalidInputError);
    expect(sent).toEqual([]);
  });

  it("what is undefined or null is not sent at all", async () => {
    expect(await sentFor(transactions, { ...period, CUCD: undefined, ACCT_KND: null })).toEqual(period);
  });
});
