/** What Kiwoom writes with a sign. */
export interface Signed {
  /** Digits without sign, padding and thousands separators: `70500`, `0.35`. A text, so that none is lost. */
  amount: string;
  /** What the sign means before a price: up or down against the close of the day before. None says nothing of it. */
  direction: "up" | "down" | "none";
  /** The value where the sign is a real one (changes, rates, net buying): `amount`, with `-` in front when it is negative. */
  value: string;
}

const SIGNED = /^([+-]*)0*(\d[\d,]*)(\.\d+)?\s*%?$/;

/**
 * Reads a number as Kiwoom writes it: `+70500`, `-61300`, `000000000061300`, `20,190`, `20%`, and `--23722054`, of whose two signs one
 * belongs to the format. Before a price the sign is a direction and no value: `-61300` is a price of 61,300 that has fallen.
 * Source: the official workbook's examples and what clients measured.
 * @returns undefined for blanks and for whatever is no number
 * @example signed("+70500") // { amount: "70500", direction: "up", value: "70500" }
 */
export function signed(text: string | null | undefined): Signed | undefined {
  const [found, sign = "", whole = "", fraction = ""] = SIGNED.exec((text ?? "").trim()) ?? [];
  if (found === undefined) return undefined;
  const amount = whole.replaceAll(",", "") + fraction;
  const isZero = !/[1-9]/.test(amount);
  const isDown = sign.includes("-");
  return {
    amount,
    direction: sign === "" ? "none" : isDown ? "down" : "up",
    value: isDown && !isZero ? `-${amount}` : amount,
  };
}
