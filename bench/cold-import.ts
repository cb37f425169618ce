import { spawnSync } from "node:child_process";
import { root } from "./package-root.js";
import { median, type Row, row } from "./row.js";

const RUNS = 31;

/** Modules whose import is measured: the one that the goal was set for, and a larger one that must not cost more. */
const MODULES = ["kofin/codef/bank", "kofin/codef/card"];

/** What they are told against: the one package that every client imports. */
const YARDSTICK = "openapi-fetch";

/** An application with one function, and the function's module alone. */
const APPLICATIONS = [
  { name: "kofin/codef/bank", code: `import "kofin/codef/bank"` },
  { name: "kofin/codef and kofin/codef/bank", code: `import "kofin/codef"; import "kofin/codef/bank"` },
];

/** What importing a module of functions adds to the start of a process. */
export function coldImport(): Row[] {
  const times = addedBy(MODULES.map((name) => `import "${name}"`));
  const rows = MODULES.map((name, index) =>
    row({ name: `cold import of ${name}`, unit: "ms", most: 15 }, times[index] ?? Number.NaN),
  );
  return [...rows, ...besideOpenapiFetch()];
}

/**
 * The same as a ratio, which another machine would show as well: how many times what openapi-fetch alone adds. The ratio is of the
 * medians, because what openapi-fetch adds in one run may be next to nothing.
 */
function besideOpenapiFetch(): Row[] {
  const codes = [`import "${YARDSTICK}"`, ...APPLICATIONS.map(({ code }) => code)];
  const [yardstick = 0, ...ours] = addedBy(codes);
  return APPLICATIONS.map(({ name }, index) =>
    row({ name: `cold import of ${name}, against ${YARDSTICK}`, unit: "x" }, (ours[index] ?? 0) / yardstick),
  );
}

/** Milliseconds that each of `codes` adds to a process that does nothing; each run starts one process without and one with each. */
function addedBy(codes: readonly string[]): number[] {
  const added = codes.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    const bare = millisecondsToRun("");
    for (const [index, times] of added.entries()) times.push(millisecondsToRun(codes[index] ?? "") - bare);
  }
  return added.map(median);
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
