import type { Command } from "commander";
import { type GeneratorOptions, generatorCommand } from "./shared.js";

/** `kofin generate`: writes generated code for the specs, or nothing at all when anything is wrong with them. */
export function generateCommand(): Command {
  const example = "kofin generate --specs specs --out src/api --runtime kofin/{provider}";
  return generatorCommand("generate", "write the generated code", example).action(run);
}

async function run({ specs, out, provider, runtime }: GeneratorOptions): Promise<void> {
  const { generate, loadSpecs } = await import("../../generator/index.js");
  const { writeOutput } = await import("../../generator/output.js");
  const files = await generate(loadSpecs(specs, { providers: provider }), { runtime });
  const { stale, missing, extra } = await writeOutput(out, files, provider);
  for (const path of missing) console.log(`new      ${out}/${path}`);
  for (const path of stale) console.log(`changed  ${out}/${path}`);
  for (const path of extra) console.log(`removed  ${out}/${path}`);
  console.log(`${files.size} files, ${missing.length + stale.length + extra.length} of them changed`);
}
