import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Where generated code imports its runtime from when nobody says so: the package, or, in the repository of kofin itself, the source
 * (undefined).
 */
export function defaultRuntime(folder: string = process.cwd()): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    const name = packageName(join(here, "package.json"));
    if (name === "kofin") return undefined;
    if (name !== undefined || here === dirname(here)) return "kofin/{provider}";
  }
}

function packageName(file: string): string | undefined {
  try {
    const { name = "" } = JSON.parse(readFileSync(file, "utf8")) as { name?: string };
    return name;
  } catch {
    return undefined;
  }
}
