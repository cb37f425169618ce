import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

/** This file runs from `sandbox/shared` and from `dist/sandbox/shared`; the manifest marks the top of the package in both. */
function packagedSpecs(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("The specs folder of kofin was not found: pass `specs` to createSandbox");
    folder = parent;
  }
  return join(folder, "specs");
}
