import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Settings of its own, so that the result is the same wherever the generator runs. */
const settings = {
  root: true,
  vcs: { enabled: false },
  files: { maxSize: 100_000_000 },
  formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 120, lineEnding: "lf" },
  javascript: { formatter: { quoteStyle: "double" } },
};

/**
 * Formats TypeScript files, given by path, in one run of biome. Other files pass through.
 * @throws Error with biome's own words when it refuses a file
 */
export async function formatFiles(files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "kofin-"));
  try {
    await writeFile(join(folder, "biome.json"), JSON.stringify(settings));
    const paths = [...files.keys()].filter((path) => path.endsWith(".ts"));
    await Promise.all(
      paths.map(async (path) => {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), files.get(path) ?? "");
      }),
    );
    if (paths.length > 0) await runBiome(folder);
    const formatted = await Promise.all(
      paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const),
    );
    return new Map([...files, ...formatted]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runBiome(folder: string): Promise<void> {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [biome, "format", "--write", `--config-path=${folder}`, "--log-level=error", "--colors=off", folder];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const status = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (status !== 0) throw new Error(`biome could not format the generated code:\n${output.trim()}`);
}
