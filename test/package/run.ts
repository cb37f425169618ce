import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../bench/package-root.js";

const execute = promisify(execFile);

/** Runs a program and returns what it prints; whatever it printed before it failed is part of the error. */
async function run(program: string, args: string[], cwd: string): Promise<string> {
  try {
    return (await execute(program, args, { cwd, timeout: 240_000, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error([error instanceof Error ? error.message : String(error), stdout, stderr].join("\n"), {
      cause: error,
    });
  }
}

export function npm(args: string[], cwd: string = root): Promise<string> {
  return run("npm", ["--silent", ...args], cwd);
}

export function node(args: string[], cwd: string = root): Promise<string> {
  return run(process.execPath, args, cwd);
}
