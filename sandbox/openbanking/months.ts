/** Whether a text is a month, `yyyymm`. */
export function isMonth(text: string): boolean {
  return /^\d{4}(0[1-9]|1[0-2])$/.test(text);
}

export function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1 + count;
  return `${Math.floor(months / 12)}${String((months % 12) + 1).padStart(2, "0")}`;
}

/** The months from one to another, both included; none when the second comes first. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}
