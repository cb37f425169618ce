import fc from "fast-check";
import { amount, day } from "kofin/woori";
import { describe, expect, it } from "vitest";

describe("amount", () => {
  it.each([
    [71_888, "71888"],
    ["71888", "71888"],
    ["3014050.000", "3014050"],
    ["060000.000", "60000"],
    ["0.000", "0"],
    ["-0.000", "0"],
    [0, "0"],
    ["-0.50", "-0.5"],
    [".5", "0.5"],
    ["12.", "12"],
    ["1,234,567.80", "1234567.8"],
    [" 100 ", "100"],
    ["+7", "7"],
    ["123456789012345.678", "123456789012345.678"],
    [1e-7, "0.0000001"],
  ])("%j is %s", (value, digits) => {
    expect(amount(value)).toBe(digits);
  });

  it.each([undefined, null, ""])("%j is nothing", (value) => {
    expect(amount(value)).toBeUndefined();
  });

  it.each(["abc", "1e3", "--1", ".", "1.2.3", "-", "12원", 2 ** 60, Number.NaN])("%j is no amount", (value) => {
    expect(() => amount(value)).toThrow(RangeError);
  });

  it("is the same for every way to write a number", () => {
    const digits = fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat(999), fc.nat(4));
    fc.assert(
      fc.property(digits, ([negative, whole, fraction, zeros]) => {
        const text = `${whole}.${String(fraction).padStart(3, "0")}`;
        const written = `${negative ? "-" : ""}${"0".repeat(zeros)}${text}${"0".repeat(zeros)}`;
        const plain = text.replace(/\.?0+$/, "");
        expect(amount(written)).toBe(negative && plain !== "0" ? `-${plain}` : plain);
      }),
    );
  });
});

describe("day", () => {
  it.each([
    ["2021-02-15", "20210215"],
    ["20210215", "20210215"],
    ["", ""],
    ["2021-2-15", "2021-2-15"],
  ])("%j is %j", (value, digits) => {
    expect(day(value)).toBe(digits);
  });
});
