/**
 * The two forms in which the documents write numbers and dates: JSON numbers and `20210215` in 2019 and in the swagger files, texts
 * such as `3014050.000` and `2021-02-15` in the examples of 2021. Answers are left as they come; these make one form of them.
 * @module
 */
import { plainDigits } from "../decimal.js";

const DECIMAL = /^([+-]?)(?=\.?\d)0*(\d*?)(?:\.(\d*?)0*)?$/;

/**
 * The plain digits of an amount or a rate, in whichever form it came: `71888`, `"71888"` and `"071888.000"` are all `"71888"`,
 * `"-0.50"` is `"-0.5"`. Nothing is rounded, so D(18,3) keeps its eighteen digits; `Number(amount(value))` is for display.
 * @returns undefined for what is not there or empty
 * @throws RangeError for what is no decimal number, or a JSON number that has lost digits on its way
 * @example if (amount(account.PBOK_BAL) === "0") …
 */
export function amount(value: string | number | null | undefined): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = typeof value === "number" ? plainDigits(value) : value.trim().replaceAll(",", "");
  const [found, sign, whole, fraction] = DECIMAL.exec(text) ?? [];
  if (found === undefined) throw new RangeError("not a decimal number");
  const digits = fraction ? `${whole || "0"}.${fraction}` : whole || "0";
  return sign === "-" && digits !== "0" ? `-${digits}` : digits;
}

const HYPHENED = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A date as eight digits, in whichever form it came: `2021-02-15` and `20210215` are both `20210215`. Anything else stays as it is.
 * @example transactions.filter(({ TRN_DT }) => day(TRN_DT) >= "20210101")
 */
export function day(value: string): string {
  return value.replace(HYPHENED, "$1$2$3");
}
