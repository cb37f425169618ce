import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../bench/package-root.js";

const execute = promisify(execFile);

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
  /** Both of them, what went well first. */
  output: string;
}

/** Runs the command line from its sources, in `folder`. */
export async function kofin(folder: string, ...words: string[]): Promise<Ran> {
  const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
  const command = ["--import", loader, join(root, "cli", "main.ts"), ...words];
  const ran = await execute(process.execPath, command, { cwd: folder }).then(
    (printed) => ({ status: 0, ...printed }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ status: code, stdout, stderr }),
  );
  return { ...ran, output: ran.stdout + ran.stderr };
}
