import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { loadMaster, type Master, type MasterFlaw, masters } from "kofin/kis/masters";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../bench/package-root.js";
import { cp949, joined, lines, padded } from "./writer.js";

/** The spec as it stands in the file: what is written here does not go through the generator. */
const spec = parse(readFileSync(join(root, "specs/kis/masters.yaml"), "utf8")) as {
  layouts: Record<string, { kind: string; bytes?: number; columns: Record<string, Column> }>;
  files: Record<string, { layout: string; path?: string; entry?: string }>;
};

interface Column {
  bytes: number;
  type?: "number" | "yn" | "date";
}

type Value = string | number | boolean | undefined;

/** Syllables of EUC-KR and of its extension, letters and signs, and no space at either end. */
const text = (bytes: number) =>
  fc
    .string({ unit: fc.constantFrom(..."가나힣똠펲뷁삼성AZaz09&()-. "), maxLength: bytes })
    .map((characters) => fitting(characters.trim(), bytes).trim());

/** Filled to the last byte: with 한글, and a letter where the width is odd. */
const full = (bytes: number) => fc.constant("똠".repeat(Math.floor(bytes / 2)) + "A".repeat(bytes % 2));

function fitting(characters: string, bytes: number): string {
  let fits = "";
  for (const character of characters) if (cp949(fits + character).length <= bytes) fits += character;
  return fits;
}

function cellOf({ type, bytes }: Column): fc.Arbitrary<{ value: Value; written: string }> {
  if (type === "yn") return fc.constantFrom({ value: true, written: "Y" }, { value: false, written: "N" }, blank);
  if (type === "date")
    return fc.constantFrom("20260230", "19990101", "").map((date) => ({ value: date, written: date }));
  if (type === "number") {
    const digits = Math.min(bytes, 15);
    const whole = fc.integer({ min: 0, max: 10 ** Math.min(digits, 9) - 1 });
    const positive = whole.map((value) => ({ value, written: String(value).padStart(bytes, "0") }));
    const negative = fc.integer({ min: 1, max: 10 ** Math.min(Math.max(digits - 1, 1), 9) - 1 }).map((value) => ({
      value: -value,
      written: `-${String(value).padStart(bytes - 1, "0")}`,
    }));
    const decimal = whole.map((value) => ({
      value: value / 100,
      written: (value / 100).toFixed(2).padStart(bytes, "0"),
    }));
    const fits = ({ written }: { written: string }) => written.length <= bytes;
    return fc.oneof(
      positive,
      fc.constant(blank),
      ...(bytes > 1 ? [negative] : []),
      ...(bytes > 4 ? [decimal.filter(fits)] : []),
    );
  }
  return fc.oneof(text(bytes), full(bytes)).map((value) => ({ value, written: value }));
}

const blank = { value: undefined, written: "" };

const separators: Record<string, string> = { tab: "\t", pipe: "|" };

function lineOf(kind: string, columns: Column[], written: string[]): Uint8Array {
  const separator = separators[kind];
  if (separator !== undefined) return cp949(written.map((cell) => cell || " ").join(separator));
  return joined(...columns.map(({ bytes }, index) => padded(bytes, written[index] ?? "")));
}

const constants: Master<object>[] = Object.values(masters);

describe("every file, as another program writes it", () => {
  it("is the 28 of the spec, in its order, each at its address", () => {
    expect(constants.map(({ id, path, entry }) => ({ id, path, entry }))).toEqual(
      Object.entries(spec.files).map(([id, { path, entry }]) => ({ id, path, entry })),
    );
    expect(constants).toHaveLength(28);
    expect(constants.filter(({ path }) => path !== undefined)).toHaveLength(26);
  });

  it.each(constants.map((master) => [master.id, master] as const))("%s", async (id, master) => {
    const layout = spec.layouts[spec.files[id]?.layout ?? ""];
    const columns = Object.entries(layout?.columns ?? {});
    const row = fc.tuple(...columns.map(([, column]) => cellOf(column)));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), async (rows, isZipped) => {
        const written = rows.map((cells) =>
          lineOf(
            layout?.kind ?? "",
            columns.map(([, column]) => column),
            cells.map(({ written: cell }) => cell),
          ),
        );
        // A line of nothing is no row.
        if (written.some((bytes) => bytes.every((byte) => byte === 0x20))) return;
        const flaws: MasterFlaw[] = [];
        const file = lines(...written);
        const bytes = isZipped ? zipSync({ [master.entry ?? "any.mst"]: file }) : file;
        const { rows: read } = await loadMaster(master, { bytes, onFlaw: (flaw) => flaws.push(flaw) });
        const expected = rows.map((cells) =>
          Object.fromEntries(columns.map(([name], index) => [name, cells[index]?.value])),
        );
        expect(read).toEqual(expected);
        expect(flaws).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
