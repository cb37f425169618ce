import { spawnSync } from "node:child_process";
import { root } from "./package-root.js";
import { median, type Row, row } from "./row.js";

const RUNS = 31;

/** Modules whose import is measured: the one that the goal was set for, and a larger one that must not cost more. */
const MODULES = ["kofin/codef/bank", "kofin/codef/card"];

/** What importing a module of functions adds to the start of a process. Each run starts one process without and one with each. */
export function coldImport(): Row[] {
  const added = new Map<string, number[]>(MODULES.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    const bare = millisecondsToRun("");
    for (const [name, times] of added) times.push(millisecondsToRun(`import "${name}"`) - bare);
  }
  return [...added].map(([name, times]) =>
    row({ name: `cold import of ${name}`, unit: "ms", most: 15 }, median(times)),
  );
}

export function millisecondsToRun(code: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
    timeout: 20_000,
  });
  if (status !== 0) throw new Error(`The import failed: ${stderr}`);
  return performance.now() - started;
}
