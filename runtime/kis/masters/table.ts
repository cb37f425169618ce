import type { Master, MasterRow } from "./master.js";
import type { MasterOptions } from "./options.js";
import { rowsOf } from "./source.js";

/** A master file, to look things up in. */
export interface MasterTable<Row extends object> {
  /** As they stand in the file. */
  readonly rows: readonly MasterRow<Row>[];
  /** The row with a code; the first of them where a code stands more than once (`theme`). */
  get(code: string): MasterRow<Row> | undefined;
  /** Every row with a code. */
  getAll(code: string): readonly MasterRow<Row>[];
  /** The row with exactly this Korean name; the first of them. */
  find(name: string): MasterRow<Row> | undefined;
  /** Rows with the text in their Korean name or code, in any case. Blank text finds nothing. */
  search(text: string): MasterRow<Row>[];
}

/**
 * Reads a whole master file, to look rows up by code and by Korean name; `master.layout` says in which columns these are.
 *
 * Needs the package `fflate` for files in an archive, which are all but `member`.
 * @throws MasterError `MASTER_INCOMPLETE`, `MASTER_UNREADABLE`; HttpError `HTTP_<status>`; NetworkError `NETWORK`, `TIMEOUT`, `ABORTED`;
 * InvalidInputError `PACKAGE_MISSING` without fflate, `INPUT_MISSING` for a file without an address and no `bytes`, and whatever
 * the cache throws. It never returns a part of a file.
 * @example
 * const stocks = await loadMaster(kospi, { cache: memoryCache() });
 * stocks.get("005930")?.hts_kor_isnm; // 삼성전자
 */
export async function loadMaster<Row extends object>(
  master: Master<Row>,
  options: MasterOptions = {},
): Promise<MasterTable<Row>> {
  const rows: MasterRow<Row>[] = [];
  for await (const some of rowsOf(master, options)) for (const row of some) rows.push(row);
  return tableOf(master, rows);
}

function tableOf<Row extends object>({ layout }: Master<Row>, rows: readonly MasterRow<Row>[]): MasterTable<Row> {
  const textOf = (row: MasterRow<Row>, column: string) => String(row[column as keyof Row]);
  const by = (column: string) => once(() => grouped(rows, (row) => textOf(row, column)));
  const codes = by(layout.code);
  const names = by(layout.name);
  return {
    rows,
    get: (code) => codes().get(code)?.[0],
    getAll: (code) => codes().get(code) ?? [],
    find: (name) => names().get(plain(name))?.[0],
    search(text) {
      const wanted = plain(text).toLowerCase();
      const has = (found: string) => found.toLowerCase().includes(wanted);
      return wanted === "" ? [] : rows.filter((row) => has(textOf(row, layout.name)) || has(textOf(row, layout.code)));
    },
  };
}

/** Some systems hand over 한글 letter by letter. */
function plain(text: string): string {
  return text.normalize("NFC").trim();
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** An index is made when it is first asked. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
