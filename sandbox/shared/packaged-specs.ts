import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileSpecs, readCompiled } from "../../generator/compiled.js";
// Not through generator/index.js: that would load the emitter, and ts-morph with it.
import { loadSpecs } from "../../generator/load.js";
import type { Provider } from "../../generator/model.js";

/** The package names itself: this file runs from `sandbox/shared` and from `dist/sandbox/shared`. */
const packageFolder = () => dirname(createRequire(import.meta.url).resolve("kofin/package.json"));

/** Where the YAML is that comes with the package. */
export function packagedFolder(): string {
  return join(packageFolder(), "specs");
}

/**
 * The specs that come with the package, as its build compiled them. A checkout compiles them when they are first needed, and again
 * when they or the generator have changed.
 */
export function packagedSpecs(provider: string): Provider | undefined {
  const built = fileURLToPath(new URL(`../../specs/${provider}.json`, import.meta.url));
  if (existsSync(built)) return readCompiled(readFileSync(built, "utf8"));
  if (!existsSync(join(packagedFolder(), provider))) return undefined;
  const cache = join(packageFolder(), "node_modules/.cache/kofin", provider);
  const name = `${fingerprint(provider)}.json`;
  const kept = keptIn(cache, name);
  if (kept !== undefined) return readCompiled(kept);
  const [loaded] = loadSpecs(packagedFolder(), { providers: [provider] });
  if (loaded) keep(cache, name, compileSpecs(loaded));
  return loaded;
}

function keptIn(cache: string, name: string): string | undefined {
  try {
    return readFileSync(join(cache, name), "utf8");
  } catch {
    return undefined;
  }
}

/** In place of earlier ones. Other processes may be at it as well: each writes a file of its own, and the last one stays. */
function keep(cache: string, name: string, text: string): void {
  const own = join(cache, `${name}.${process.pid}`);
  try {
    mkdirSync(cache, { recursive: true });
    const earlier = readdirSync(cache).filter((file) => file.endsWith(".json"));
    writeFileSync(own, text);
    renameSync(own, join(cache, name));
    for (const file of earlier) if (file !== name) rmSync(join(cache, file), { force: true });
  } catch {
    // A folder that cannot be written to costs time, and nothing else.
  }
}

/** Changes with everything that compiled specs come from. */
function fingerprint(provider: string): string {
  const hash = createHash("sha256");
  for (const folder of [join(packagedFolder(), provider), join(packageFolder(), "generator")]) {
    const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
      hash.update(`${path}\n`).update(readFileSync(path)).update("\n");
    }
  }
  return hash.digest("hex").slice(0, 16);
}
