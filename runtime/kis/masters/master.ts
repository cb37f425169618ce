import type { FixedLine, SeparatedLine } from "./line.js";

/**
 * A symbol master file (종목 마스터): where it is and how its lines are read. The generated constants are these. They are plain data:
 * `{ ...ffcode, layout: { ...ffcode.layout, least: 200 } }` is the same file, should its lines turn out shorter.
 */
export interface Master<Row extends object> {
  /** `fo_idx` */
  readonly id: string;
  readonly title: string;
  /** `https://…`, without a path. */
  readonly host: string;
  /** Absent when nobody knows an address; then its bytes must be passed. */
  readonly path?: string;
  /** Its name in the archive, in any case. Absent when it does not come in one. */
  readonly entry?: string;
  readonly layout: MasterLayout<Row>;
}

export type MasterLayout<Row extends object> = FixedLayout<Row> | SeparatedLayout<Row>;

interface LayoutBase {
  /** The column to look rows up by. */
  readonly code: string;
  /** The column with their Korean name. */
  readonly name: string;
}

/** Columns of so many bytes. */
export interface FixedLayout<Row extends object> extends LayoutBase {
  readonly kind: "fixed";
  /** Length of a line that has every column. Absent when one column takes whatever is left. */
  readonly bytes?: number;
  /** Length that a line must have. Default `bytes`. */
  readonly least?: number;
  read(line: FixedLine): Row;
}

/** Columns with a tab or a `|` in between. */
export interface SeparatedLayout<Row extends object> extends LayoutBase {
  readonly kind: "tab" | "pipe";
  readonly columns: number;
  read(line: SeparatedLine): Row;
}

/**
 * A row. `extra` is there when its line was longer than the layout: the rest of it, as text. It is not enumerable, so that a row
 * goes into JSON or a table as what its type says.
 */
export type MasterRow<Row extends object> = Row & { readonly extra?: string };

/** A line that is not what the layout says. It is read as far as it goes: blank where nothing is, `undefined` where no number is. */
export type MasterFlaw =
  | {
      /** It ends before its last column does, or goes on behind it. */
      readonly kind: "short" | "long";
      /** Counted from 1, without blank lines. */
      readonly line: number;
      /** In bytes, or columns where something stands between them. */
      readonly length: number;
      readonly expected: number;
    }
  | {
      /** A number with other letters than digits, or a flag that is neither `Y` nor `N`. Only the first of a line is told. */
      readonly kind: "unreadable";
      readonly line: number;
      /** Bytes before it, or columns where something stands between them. */
      readonly at: number;
      readonly text: string;
    };
