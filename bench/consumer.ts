/**
 * An application that uses kofin, as the compiler sees it: a folder of its own with kofin installed.
 * @module
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { folderOf } from "./package-root.js";

/** The compilers that applications use, by the names they are installed under. */
export const compilers = [
  { version: "5.9", name: "typescript" },
  { version: "6", name: "typescript-6" },
  { version: "7", name: "typescript-7" },
] as const;

export type Compiler = (typeof compilers)[number];

/** Runs `work` in a fresh folder with `kofin` (the folder of a package) in its node_modules. */
export async function withConsumer<T>(kofin: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "kofin-consumer-"));
  try {
    await mkdir(join(folder, "node_modules"));
    await symlink(kofin, join(folder, "node_modules", "kofin"), "dir");
    await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Compilation {
  ok: boolean;
  output: string;
}

/** Type-checks `source` in `folder` with one of the compilers. */
export async function compile(
  folder: string,
  { name }: Compiler,
  source: string,
  options: Record<string, unknown> = {},
): Promise<Compilation> {
  const compilerOptions = {
    strict: true,
    module: "nodenext",
    target: "es2022",
    lib: ["ES2022", "DOM"],
    types: [],
    noEmit: true,
    ...options,
  };
  await writeFile(join(folder, "main.ts"), source);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
  const tsc = join(folderOf(name), "bin", "tsc");
  const run = promisify(execFile)(process.execPath, [tsc, "-p", folder, "--extendedDiagnostics"], { timeout: 120_000 });
  return run.then(
    ({ stdout }) => ({ ok: true, output: stdout }),
    (failed: { stdout?: string; message: string }) => ({ ok: false, output: failed.stdout || failed.message }),
  );
}
