import type { Position, Problem } from "./model.js";

/** `specs/acme/bank.yaml:12:7: message`, the form that editors and terminals make clickable. */
export function formatProblem({ at, message }: Problem): string {
  return `${at.file}:${at.line}:${at.column}: ${message}`;
}

/** In reading order, so that a run over the same specs always prints the same. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) => compareText(a.at.file, b.at.file) || comparePlace(a.at, b.at) || compareText(a.message, b.message),
  );
}

function comparePlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** By code unit: the order must not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The specs cannot be used. `problems` holds every finding, and `message` lists them one a line. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortProblems(problems);
    super(sorted.map(formatProblem).join("\n"));
    this.problems = sorted;
  }
}
