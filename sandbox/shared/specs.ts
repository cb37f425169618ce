import { createRequire } from "node:module";
import { dirname, join } from "node:path";
// Not through generator/index.js: that would load the emitter, and ts-morph with it.
import { loadSpecs } from "../../generator/load.js";
import type { Provider } from "../../generator/model.js";

const loaded = new Map<string, Provider[]>();

/**
 * The specs of a folder, read once per process: tests make many sandboxes from the same specs.
 * @param root default: the specs that come with the package.
 */
export function specs(root: string = packagedSpecs()): Provider[] {
  const known = loaded.get(root);
  if (known) return known;
  const providers = loadSpecs(root);
  loaded.set(root, providers);
  return providers;
}

/** The package names itself: this file runs from `sandbox/shared` and from `dist/sandbox/shared`. */
function packagedSpecs(): string {
  return join(dirname(createRequire(import.meta.url).resolve("kofin/package.json")), "specs");
}
