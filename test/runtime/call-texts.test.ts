import fc from "fast-check";
import { InvalidInputError } from "kofin";
import { describe, expect, it } from "vitest";
import { faults } from "../../runtime/call/fault.js";
import { asTexts } from "../../runtime/call/texts.js";
import { plainDigits } from "../../runtime/decimal.js";

const faultAt = (field: string) => faults("kis")({ id: "some.operation" }, field);
const texts = (input: Record<string, unknown>) => asTexts(input, faultAt);

describe("asTexts", () => {
  it("makes a text of every scalar, however deep, and leaves texts as they are", () => {
    expect(
      texts({ a: 1, b: " 007 ", c: true, d: false, e: 10n, list: [1, { f: 0.5 }, ["x", 2]], object: { g: -0 } }),
    ).toEqual({
      a: "1",
      b: " 007 ",
      c: "Y",
      d: "N",
      e: "10",
      list: ["1", { f: "0.5" }, ["x", "2"]],
      object: { g: "0" },
    });
  });

  it("leaves out what is not there", () => {
    expect(texts({ a: undefined, b: null, c: "" })).toEqual({ c: "" });
  });

  it("does not change what it is given", () => {
    const input = Object.freeze({ list: Object.freeze([1]) });
    expect(texts(input)).not.toBe(input);
    expect(input.list).toEqual([1]);
  });

  it.each([
    ["a", { a: Number.NaN }],
    ["a", { a: 2 ** 53 }],
    ["a.b", { a: { b: Number.NEGATIVE_INFINITY } }],
    ["a[]", { a: [() => {}] }],
    ["a[].b", { a: [{ b: Symbol("s") }] }],
  ])("names the field that cannot be one: %s", (field, input) => {
    expect(() => texts(input)).toThrow(expect.objectContaining({ code: "INPUT_INVALID", field, provider: "kis" }));
    expect(() => texts(input)).toThrow(InvalidInputError);
  });
});

describe("plainDigits", () => {
  it("are the number again, without an exponent, for any double that is not too large to be exact", () => {
    const doubles = fc
      .oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
        fc.constantFrom(5e-324, Number.MIN_VALUE, 1e-7, 1.5e-7, -1e-10, 0.1 + 0.2, 1e-300, 123456.789e-12, -0),
      )
      .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
    fc.assert(
      fc.property(doubles, (value) => {
        const digits = plainDigits(value);
        expect(digits).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
        expect(Number(digits)).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are all the digits of a bigint", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(BigInt(plainDigits(value))).toBe(value);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 60), 1e21])("do not exist for %s", (value) => {
    expect(() => plainDigits(value)).toThrow(RangeError);
  });
});
