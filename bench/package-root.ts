import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The folder of kofin itself, from the sources and from `dist` alike. */
export const root = dirname(createRequire(import.meta.url).resolve("kofin/package.json"));

/** The folder of a package that kofin is developed with. */
export function folderOf(name: string): string {
  return join(root, "node_modules", name);
}
