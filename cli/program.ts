import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { checkCommand } from "./commands/check.js";
import { generateCommand } from "./commands/generate.js";
import { listCommand } from "./commands/list.js";
import { sandboxCommand } from "./commands/sandbox.js";

/** The command line. Each command loads what it needs when it runs. */
export function program(): Command {
  return new Command("kofin")
    .description("Typed clients for Korean finance APIs, generated from OpenAPI specs.")
    .version(packageVersion())
    .addCommand(generateCommand())
    .addCommand(checkCommand())
    .addCommand(sandboxCommand())
    .addCommand(listCommand());
}

/** The nearest package.json above: one level up from the source, two from the build. */
function packageVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
    } catch {
      const parent = dirname(folder);
      if (parent === folder) return "";
      folder = parent;
    }
  }
}
