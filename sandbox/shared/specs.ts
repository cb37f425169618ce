import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadSpecs } from "../../generator/load.js";
import type { Provider } from "../../generator/model.js";
import { packagedFolder, packagedSpecs } from "./packaged-specs.js";

const loaded = new Map<string, Provider | undefined>();

/**
 * The specs of a provider, read once per process: tests make many sandboxes from the same specs. Undefined when the folder has none.
 * @param root default: the specs that come with the package.
 */
export function specs(provider: string, root?: string): Provider | undefined {
  const folder = join(root ?? packagedFolder(), provider);
  if (!loaded.has(folder)) loaded.set(folder, root === undefined ? packagedSpecs(provider) : specsIn(root, provider));
  return loaded.get(folder);
}

/** A root that is not there is a mistake to hear of; a root without this provider is not. */
function specsIn(root: string, provider: string): Provider | undefined {
  const isAbsent = existsSync(root) && !existsSync(join(root, provider));
  return isAbsent ? undefined : loadSpecs(root, { providers: [provider] })[0];
}

/** The providers whose specs stand in a folder. */
export function specFolders(root: string = packagedFolder()): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
