/** To so many decimals, halves up. */
export function round(value: number, decimals: number): number {
  if (decimals === 0) return Math.round(value);
  const scale = 10 ** decimals;
  // The nudge keeps halves that binary cannot hold, such as 1.005, from falling.
  return Math.round(value * scale * (1 + Number.EPSILON)) / scale;
}
