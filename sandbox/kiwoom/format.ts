/** Numbers as Kiwoom writes them. */

/** Zeros in front, up to so many digits. */
export function padded(value: number, digits: number): string {
  const text = String(Math.abs(Math.round(value))).padStart(digits, "0");
  return value < 0 ? `-${text}` : text;
}

/** A price whose sign says whether it is above or below that of the day before. */
export function directed(price: number, before: number, decimals = 0): string {
  const sign = price > before ? "+" : price < before ? "-" : "";
  return sign + price.toFixed(decimals);
}

/** A change, which has a sign of its own. */
export function change(value: number, decimals = 0): string {
  return (value > 0 ? "+" : "") + value.toFixed(decimals);
}

/** 상승, 보합, 하락. */
export function direction(price: number, before: number): "2" | "3" | "5" {
  return price > before ? "2" : price < before ? "5" : "3";
}

/** Order numbers have seven digits. */
export function orderNumber(number: string | undefined): string {
  return number === undefined ? "0000000" : String(Number(number)).padStart(7, "0");
}

/** `09:30:15` */
export function clockTime(hms: string): string {
  return hms.replace(/^(..)(..)(..)$/, "$1:$2:$3");
}
