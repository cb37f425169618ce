/** A standard code (ISIN): eleven letters and digits with their check digit behind them. */
export function isin(body: string): string {
  const digits = [...body].map((character) => Number.parseInt(character, 36)).join("");
  // Every second digit from the right counts twice, and its own digits are added up.
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** That of a security listed in Korea, by its short code: `005930` → `KR7005930003`. */
export function koreanIsin(code: string, kind = "7"): string {
  return isin(`KR${kind}${code.padEnd(6, "0").slice(0, 6)}00`);
}
