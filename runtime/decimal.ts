/** A quantity, a price or an amount: digits, or a number that a program has calculated. Sent as plain digits. */
export type Decimal = string | number | bigint;

/**
 * Plain digits of a number, never in exponent form: `0.0000001`, not `1e-7`.
 * @throws RangeError for what is no finite number, and for whole numbers that a double cannot hold exactly
 */
export function plainDigits(value: number | bigint): string {
  if (typeof value === "bigint") return value.toString();
  if (!Number.isFinite(value)) throw new RangeError(`is ${value}, not a number that can be sent`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError("is too large for a number without losing digits: pass a string or a bigint");
  }
  const text = String(Object.is(value, -0) ? 0 : value);
  const [digits = "", exponent] = text.split("e");
  return exponent === undefined ? text : shifted(digits, Number(exponent));
}

/** `1.5` and -7 → `0.00000015`. Safe integers are never written with an exponent, so it is always negative. */
function shifted(digits: string, exponent: number): string {
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  return `${sign}0.${"0".repeat(-exponent - whole.length)}${whole}${fraction}`;
}
