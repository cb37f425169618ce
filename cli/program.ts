import { createRequire } from "node:module";
import { Command } from "commander";
import { certificatesCommand } from "./commands/certificates.js";
import { checkCommand } from "./commands/check.js";
import { generateCommand } from "./commands/generate.js";
import { initCommand } from "./commands/init.js";
import { listCommand } from "./commands/list.js";
import { sandboxCommand } from "./commands/sandbox.js";

/** The command line. Each command loads what it needs when it runs. */
export function program(): Command {
  return new Command("kofin")
    .description("Typed clients for Korean finance APIs, generated from OpenAPI specs.")
    .version(packageVersion())
    .addCommand(initCommand())
    .addCommand(generateCommand())
    .addCommand(checkCommand())
    .addCommand(sandboxCommand())
    .addCommand(listCommand())
    .addCommand(certificatesCommand());
}

/** The package names itself: this file runs from `cli` and from `dist/cli`. */
function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("kofin/package.json") as { version: string };
  return version;
}
