/**
 * `npm run bench [-- --json] [-- --only <name>]`: measures what kofin promises, in ratios wherever a machine's speed would matter.
 * The exit code is 1 when a goal is missed.
 */
import { parseArgs } from "node:util";
import { besideCluefin } from "./beside-cluefin.js";
import { bundleSize } from "./bundle.js";
import { certificateSize, openingCost } from "./certificate.js";
import { coldImport } from "./cold-import.js";
import { feeds } from "./feeds.js";
import { filesRun } from "./files-run.js";
import { overFetch } from "./over-fetch.js";
import { type Row, table } from "./row.js";
import { besideEasycodef, overUndici } from "./throughput.js";
import { typeCost } from "./type-cost.js";

const benches: Record<string, () => Row | Row[] | Promise<Row | Row[]>> = {
  fetch: overFetch,
  undici: overUndici,
  easycodef: besideEasycodef,
  cluefin: besideCluefin,
  feeds,
  bundle: bundleSize,
  files: filesRun,
  import: coldImport,
  types: typeCost,
  certificate: async () => [await certificateSize(), ...(await openingCost())],
};

const { values } = parseArgs({ options: { json: { type: "boolean" }, only: { type: "string" } } });
const names = values.only ? [values.only] : Object.keys(benches);
const rows: Row[] = [];
for (const name of names) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench "${name}". There are: ${Object.keys(benches).join(", ")}`);
  console.error(`measuring ${name} …`);
  rows.push(...[await bench()].flat());
}
console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;
