import type { Master, MasterRow } from "./master.js";
import type { MasterOptions } from "./options.js";
import { rowsOf } from "./source.js";

/**
 * Reads a master file row by row while it arrives, without holding the whole of it. Leaving the loop ends the download.
 *
 * Needs the package `fflate` for files in an archive, which are all but `member`.
 * @throws what {@link loadMaster} throws, some rows before it: a file that ends too early is noticed at its end
 * @example for await (const { symb, knam } of streamMaster(nas)) console.log(symb, knam);
 */
export async function* streamMaster<Row extends object>(
  master: Master<Row>,
  options: MasterOptions = {},
): AsyncGenerator<MasterRow<Row>, void> {
  for await (const rows of rowsOf(master, options)) {
    // Not `yield*`, which asks each row twice whether it is a promise.
    for (const row of rows) yield row;
  }
}
