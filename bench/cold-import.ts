import { spawnSync } from "node:child_process";
import { root } from "./package-root.js";
import { median, type Row, row } from "./row.js";

const RUNS = 31;

/** What importing a module of functions adds to the start of a process. Each run starts two: one with the import, one without. */
export function coldImport(): Row {
  const added = Array.from({ length: RUNS }, () => {
    const bare = millisecondsToRun("");
    return millisecondsToRun('import "kofin/codef/bank"') - bare;
  });
  return row({ name: "cold import of kofin/codef/bank", unit: "ms", most: 15 }, median(added));
}

function millisecondsToRun(code: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
    timeout: 20_000,
  });
  if (status !== 0) throw new Error(`The import failed: ${stderr}`);
  return performance.now() - started;
}
