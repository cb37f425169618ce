/** One line of the table: what was measured, and what it is held to. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  goal: string;
  holds: boolean;
}

/** What a row is held to: told only, when neither `most` nor `least` is given. */
export interface Goal {
  name: string;
  unit: string;
  /** The best that is bad: above (`most`) or below (`least`) it the row fails. */
  most?: number;
  least?: number;
}

/** The goal of a row that is told only. */
const NONE = "–";

export function row(
  { name, unit, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }: Goal,
  value: number,
): Row {
  const lower = Number.isFinite(least) ? `≥ ${least}` : NONE;
  const goal = Number.isFinite(most) ? `≤ ${most}` : lower;
  return { name, value: Math.round(value * 1000) / 1000, unit, goal, holds: value <= most && value >= least };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error("The median of nothing");
  return (low + high) / 2;
}

const outcome = (holds: boolean) => (holds ? "holds" : "FAILS");

/** The rows as people read them. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, goal, holds }) => [
    name,
    `${value} ${unit}`,
    goal,
    goal === NONE ? "told" : outcome(holds),
  ]);
  const lines = [["what", "measured", "goal", ""], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
