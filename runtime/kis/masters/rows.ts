import { hide } from "../../errors/kofin-error.js";
import { unreadable } from "./error.js";
import { FixedLine, type Line, SeparatedLine } from "./line.js";
import { LineCutter } from "./lines.js";
import type { Master, MasterFlaw, MasterLayout, MasterRow } from "./master.js";

/** The longest line of a layout has 344 bytes: what goes on for so long has no lines. */
const LONGEST_LINE = 0x10000;

const SEPARATORS = { tab: 0x09, pipe: 0x7c };

/** Turns bytes that come in pieces into rows. */
export interface RowReader<Row extends object> {
  push(piece: Uint8Array): MasterRow<Row>[];
  /** The rows that were left. @throws MasterError `MASTER_UNREADABLE` when not one line was as long as the layout says */
  finish(): MasterRow<Row>[];
}

/** @param onFlaw told of lines that are not what the layout says */
export function rowReader<Row extends object>(
  master: Master<Row>,
  onFlaw?: (flaw: MasterFlaw) => void,
): RowReader<Row> {
  const { line, read, least, most } = readerOf(master.layout);
  const measure = (size: number) => `${size} ${master.layout.kind === "fixed" ? "bytes" : "columns"}`;
  let rows: MasterRow<Row>[] = [];
  let lines = 0;
  let longest = 0;

  const cutter = new LineCutter((bytes, start, end) => {
    lines += 1;
    line.moveTo(bytes, start, end);
    const row: MasterRow<Row> = read();
    const { length, unreadable: wrong } = line;
    longest = Math.max(longest, length);
    if (length < least) onFlaw?.({ kind: "short", line: lines, length, expected: least });
    if (length > most) {
      hide(row, { extra: line.after(most) });
      onFlaw?.({ kind: "long", line: lines, length, expected: most });
    }
    if (wrong) onFlaw?.({ kind: "unreadable", line: lines, ...wrong });
    rows.push(row);
  });

  /** Rows of another file are held back: until a line fits, nobody knows whether this is the right one. */
  const taken = (): MasterRow<Row>[] => {
    if (longest < least) return [];
    const ready = rows;
    rows = [];
    return ready;
  };

  return {
    push(piece) {
      cutter.push(piece);
      if (cutter.waiting > LONGEST_LINE) throw unreadable(master, "it has no lines");
      return taken();
    },
    finish() {
      cutter.finish();
      if (lines === 0) throw unreadable(master, "it is empty");
      if (longest < least)
        throw unreadable(master, `its lines should have ${measure(least)}, and none has more than ${longest}`);
      return taken();
    },
  };
}

interface LayoutReader<Row> {
  line: Line;
  read: () => Row;
  /** How long a line may be. */
  least: number;
  most: number;
}

function readerOf<Row extends object>(layout: MasterLayout<Row>): LayoutReader<Row> {
  if (layout.kind === "fixed") {
    const line = new FixedLine();
    const { bytes: most = Number.POSITIVE_INFINITY, least = most } = layout;
    return { line, read: () => layout.read(line), least, most };
  }
  const line = new SeparatedLine(SEPARATORS[layout.kind]);
  return { line, read: () => layout.read(line), least: layout.columns, most: layout.columns };
}
