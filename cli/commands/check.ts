import type { Command } from "commander";
import { type GeneratorOptions, generatorCommand, loadProviders, namedProviders, runtimeOf } from "./shared.js";

/** `kofin check`: fails when specs have findings or generated code is not what they say. Changes nothing. */
export function checkCommand(): Command {
  const description = "check the specs, and that the generated code agrees with them";
  return generatorCommand("check", description, "kofin check --provider codef").action(run);
}

async function run(options: GeneratorOptions): Promise<void> {
  const { specs, out } = options;
  const { generate } = await import("../../generator/index.js");
  const { compareOutput, isClean } = await import("../../generator/output.js");
  const files = await generate(await loadProviders(options), { runtime: runtimeOf(options) });
  const drift = await compareOutput(out, files, namedProviders(options));
  if (isClean(drift)) {
    console.log(`${files.size} files agree with ${specs}`);
    return;
  }
  for (const path of drift.stale) console.error(`stale    ${out}/${path}`);
  for (const path of drift.missing) console.error(`missing  ${out}/${path}`);
  for (const path of drift.extra) console.error(`extra    ${out}/${path}: nothing in ${specs} asks for it`);
  console.error("run `npm run generate`; an extra file that was not generated has to be moved away by hand");
  process.exitCode = 1;
}
