import { formatProblem, type Problem } from "../generator/index.js";

/**
 * Warnings as lines: the first of each kind, and how many there are. A document that was not written for kofin may have thousands.
 * `all`: every one.
 */
export function warningLines(warnings: readonly Problem[], all = false): string[] {
  if (all) return warnings.map((problem) => `warning  ${formatProblem(problem)}`);
  const kinds = new Map<string, Problem[]>();
  for (const problem of warnings) {
    const kind = problem.rule ?? problem.message;
    kinds.set(kind, [...(kinds.get(kind) ?? []), problem]);
  }
  const lines = [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? "" : ` (and ${others.length} more of this kind)`;
    return [`warning  ${formatProblem(first)}${more}`];
  });
  return lines.length < warnings.length ? [...lines, "warning  --warnings shows every one"] : lines;
}
