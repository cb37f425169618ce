import * as fc from "fast-check";
import { signed } from "kofin/kiwoom";
import { expect, it, test } from "vitest";

it.each([
  ["+70500", { amount: "70500", direction: "up", value: "70500" }],
  ["-61300", { amount: "61300", direction: "down", value: "-61300" }],
  ["61300", { amount: "61300", direction: "none", value: "61300" }],
  ["000000000061300", { amount: "61300", direction: "none", value: "61300" }],
  ["-00000000001000", { amount: "1000", direction: "down", value: "-1000" }],
  ["--23722054", { amount: "23722054", direction: "down", value: "-23722054" }],
  ["20,190", { amount: "20190", direction: "none", value: "20190" }],
  ["20%", { amount: "20", direction: "none", value: "20" }],
  ["-0.35", { amount: "0.35", direction: "down", value: "-0.35" }],
  ["+0.00", { amount: "0.00", direction: "up", value: "0.00" }],
  ["-0", { amount: "0", direction: "down", value: "0" }],
  [" 4294967295 ", { amount: "4294967295", direction: "none", value: "4294967295" }],
])("reads %s", (text, expected) => {
  expect(signed(text)).toEqual(expected);
});

it.each([[""], ["   "], [undefined], [null], ["+"], ["A005930"], ["1-2"], ["."]])("finds no number in %j", (text) => {
  expect(signed(text)).toBeUndefined();
});

test("no digit is lost, however it is padded", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 30n }),
      fc.constantFrom("", "+", "-", "--"),
      fc.nat({ max: 15 }),
      (value, sign, padding) => {
        const read = signed(sign + "0".repeat(padding) + value);
        expect(read?.amount).toBe(String(value));
        expect(BigInt(read?.value ?? "x")).toBe(sign.includes("-") ? -value : value);
      },
    ),
  );
});
