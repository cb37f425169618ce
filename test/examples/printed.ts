import { format, stripVTControlCharacters } from "node:util";
import { vi } from "vitest";

/** What a program wrote on the console, to be asked for its lines and the rows of its tables. */
export interface Printed {
  text: string;
  lines: string[];
  /** The cells of every row of every table, without the index where a table counts its rows. */
  rows: string[][];
  /** The cell beside a label, in tables of labels and values. */
  beside(label: string): string | undefined;
}

/** Runs a program, which is to import it, and listens. */
export async function printedBy(run: () => Promise<unknown>): Promise<Printed> {
  const written: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => {
    written.push(stripVTControlCharacters(format(...words)));
  });
  try {
    await run();
  } finally {
    log.mockRestore();
  }
  const text = written.join("\n");
  const lines = text.split("\n");
  const rows = lines.filter((line) => line.startsWith("│")).map(cellsOf);
  return { text, lines, rows, beside: (label) => rows.find(([first]) => first === label)?.[1] };
}

function cellsOf(line: string): string[] {
  const cells = line.split("│").slice(1, -1);
  const [index = "", ...others] = cells.map((cell) => cell.trim().replace(/^'(.*)'$/, "$1"));
  return /^\d+$/.test(index) ? others : [index, ...others];
}
