import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
// Not through generator/index.js: that would load the emitter, and ts-morph with it.
import { loadSpecs } from "../../generator/load.js";
import type { Provider } from "../../generator/model.js";

const loaded = new Map<string, Provider | undefined>();

/**
 * The specs of a provider, read once per process: tests make many sandboxes from the same specs. Undefined when the folder has none.
 * @param root default: the specs that come with the package.
 */
export function specs(provider: string, root: string = packagedSpecs()): Provider | undefined {
  const folder = join(root, provider);
  if (!loaded.has(folder)) {
    // A root that is not there is a mistake to hear of; a root without this provider is not.
    const isAbsent = existsSync(root) && !existsSync(folder);
    loaded.set(folder, isAbsent ? undefined : loadSpecs(root, { providers: [provider] })[0]);
  }
  return loaded.get(folder);
}

/** The providers whose specs stand in a folder. */
export function specFolders(root: string = packagedSpecs()): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The package names itself: this file runs from `sandbox/shared` and from `dist/sandbox/shared`. */
function packagedSpecs(): string {
  return join(dirname(createRequire(import.meta.url).resolve("kofin/package.json")), "specs");
}
