import type { MasterColumn, MasterLayout } from "../../../generator/model.js";
import { between, type Random, random } from "../../shared/random.js";

/** What the sandbox knows of a row, by column. The rest is made up. */
export type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/** Turns text into cp949. */
export type Encode = (text: string) => Uint8Array;

const SEPARATORS = { tab: "\t", pipe: "|" } as const;

/** The lines of a file. `seed` decides what is made up. */
export function fileOf(layout: MasterLayout, rows: readonly Row[], seed: string, encode: Encode): Uint8Array {
  const lines = rows.map((row) => lineOf(layout, row, random(`${seed}/${String(row[layout.codeColumn])}`), encode));
  return concatenated(lines.flatMap((line) => [line, LINE_FEED]));
}

const LINE_FEED = Uint8Array.of(0x0a);

function lineOf({ kind, columns }: MasterLayout, row: Row, next: Random, encode: Encode): Uint8Array {
  // Columns that not every file has are left out, unless somebody knows what is in them.
  const present = columns.filter(({ name, optional }) => !optional || row[name] !== undefined);
  const cells = present.map((column) => {
    const value = row[column.name];
    return { column, text: value === undefined ? madeUp(column, next) : written(value) };
  });
  if (kind !== "fixed") return encode(cells.map(({ text }) => text || " ").join(SEPARATORS[kind]));
  return concatenated(cells.map(({ column, text }) => padded(column, text, encode)));
}

function written(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "Y" : "N") : String(value);
}

/** Numbers are filled with zeros on the left, text with spaces on the right. What is too long ends with its last whole character. */
function padded({ bytes, type }: MasterColumn, text: string, encode: Encode): Uint8Array {
  if (type === "number" && text !== "") {
    const isNegative = text.startsWith("-");
    const digits = isNegative ? text.slice(1) : text;
    return encode(`${isNegative ? "-" : ""}${digits.padStart(isNegative ? bytes - 1 : bytes, "0")}`.slice(0, bytes));
  }
  const cell = new Uint8Array(bytes).fill(0x20);
  let at = 0;
  for (const character of text) {
    const encoded = encode(character);
    if (at + encoded.length > bytes) break;
    cell.set(encoded, at);
    at += encoded.length;
  }
  return cell;
}

/** Flags are off, and codes are the first, which is usually the ordinary case. */
function madeUp({ type, bytes, codes, deprecated }: MasterColumn, next: Random): string {
  if (type === "yn") return "N";
  if (type === "date") return `${between(next, 1990, 2024)}${two(between(next, 1, 12))}${two(between(next, 1, 28))}`;
  if (type === "number") return String(between(next, 0, 10 ** Math.min(bytes, 6) - 1));
  return deprecated ? "" : (Object.keys(codes ?? {})[0] ?? "");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
