/** How the KIS examples write things down. */

export function step(text: string): void {
  console.log(`\n▸ ${text}`);
}

/** KIS sends every number as a text: `"0071500"` is 71,500. */
export function amount(text: string | undefined): string {
  return Number(text ?? 0).toLocaleString("ko-KR", { maximumFractionDigits: 4 });
}
