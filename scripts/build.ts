/**
 * `npm run build`: the compiler writes `dist` afresh, and the runtime's many small files are joined into a few. Node takes more
 * than half a millisecond for each file of an import, which is most of what importing a product costs.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const runtime = join(root, "dist", "runtime");

/** What the manifest names, and what generated modules import. */
const ENTRIES = ["index.js", "codef/index.js", "node/index.js"].map((name) => join(runtime, name));

rmSync(join(root, "dist"), { recursive: true, force: true });
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

const { outputFiles } = await build({
  entryPoints: ENTRIES,
  outdir: runtime,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  packages: "external",
  external: ["node:*"],
  chunkNames: "parts/[name]-[hash]",
  write: false,
});
for (const name of readdirSync(runtime, { recursive: true, encoding: "utf8" })) {
  if (name.endsWith(".js")) rmSync(join(runtime, name));
}
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
