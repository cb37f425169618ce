import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isGenerated } from "./emit/text.js";
import { compareText } from "./problem.js";

/** How the output folder differs from what the specs say. Paths are below the output folder, sorted. */
export interface Drift {
  /** There, but with another text. */
  stale: string[];
  missing: string[];
  /** There, but nothing says so. */
  extra: string[];
}

export function isClean({ stale, missing, extra }: Drift): boolean {
  return stale.length + missing.length + extra.length === 0;
}

/**
 * Compares `out` with `files`. `providers` narrows what may be extra to their folders.
 * A folder that is not there yet misses everything.
 */
export async function compareOutput(
  out: string,
  files: ReadonlyMap<string, string>,
  providers?: readonly string[],
): Promise<Drift> {
  const there = await listFiles(out);
  const texts = await Promise.all(
    [...files].map(async ([path, text]) => ({
      path,
      text,
      before: there.has(path) ? await readText(out, path) : undefined,
    })),
  );
  const isOurs = (path: string) => providers === undefined || providers.includes(path.split("/")[0] ?? "");
  return {
    stale: sorted(texts.filter(({ before, text }) => before !== undefined && before !== text).map(({ path }) => path)),
    missing: sorted(texts.filter(({ before }) => before === undefined).map(({ path }) => path)),
    extra: sorted([...there].filter((path) => !files.has(path) && isOurs(path))),
  };
}

/**
 * Brings `out` to what `files` says and returns what was changed. Everything is written beside its place first and moved there
 * at the end, so that a failure on the way leaves the old files as they were. Of the extra files, only those that the
 * generator wrote are removed.
 */
export async function writeOutput(
  out: string,
  files: ReadonlyMap<string, string>,
  providers?: readonly string[],
): Promise<Drift> {
  const drift = await compareOutput(out, files, providers);
  const removed = (await Promise.all(drift.extra.map((path) => ownFile(out, path)))).flat();
  const staged: { from: string; to: string }[] = [];
  try {
    for (const path of [...drift.stale, ...drift.missing]) {
      const to = join(out, path);
      const from = `${to}.${process.pid}.new`;
      await mkdir(dirname(to), { recursive: true });
      staged.push({ from, to });
      await writeFile(from, files.get(path) ?? "");
    }
  } catch (error) {
    await Promise.all(staged.map(({ from }) => rm(from, { force: true })));
    throw error;
  }
  for (const { from, to } of staged) await rename(from, to);
  for (const path of removed) await rm(join(out, path));
  return { ...drift, extra: removed };
}

async function ownFile(out: string, path: string): Promise<string[]> {
  return path.endsWith(".ts") && isGenerated(await readText(out, path)) ? [path] : [];
}

async function listFiles(out: string): Promise<Set<string>> {
  const found = new Set<string>();
  async function list(below: string): Promise<void> {
    for (const entry of await entriesOf(join(out, below))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) found.add(path);
      // Someone may generate into a folder that holds more than generated code.
      else if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) await list(path);
    }
  }
  await list("");
  return found;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function readText(out: string, path: string): Promise<string> {
  return readFile(join(out, path), "utf8");
}

function sorted(paths: string[]): string[] {
  return paths.sort(compareText);
}
