import type { Command } from "commander";
import { type GeneratorOptions, generatorCommand, loadProviders, namedProviders, runtimeOf } from "./shared.js";

/** `kofin generate`: writes generated code for the specs, or nothing at all when anything is wrong with them. */
export function generateCommand(): Command {
  const example = "kofin generate --openapi acme.yaml --name acme --out src/generated";
  return generatorCommand("generate", "write the generated code", example).action(run);
}

async function run(options: GeneratorOptions): Promise<void> {
  const { out } = options;
  const { generate } = await import("../../generator/index.js");
  const { writeOutput } = await import("../../generator/output.js");
  const files = await generate(await loadProviders(options), { runtime: runtimeOf(options) });
  const { stale, missing, extra } = await writeOutput(out, files, namedProviders(options));
  for (const path of missing) console.log(`new      ${out}/${path}`);
  for (const path of stale) console.log(`changed  ${out}/${path}`);
  for (const path of extra) console.log(`removed  ${out}/${path}`);
  console.log(`${files.size} files, ${missing.length + stale.length + extra.length} of them changed`);
}
