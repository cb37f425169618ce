import { basename, extname } from "node:path";
import { Command } from "commander";
import type { Provider } from "../../generator/index.js";
import { defaultRuntime } from "../runtime.js";
import { warningLines } from "../warnings.js";

/** What `generate` and `check` agree on. */
export interface GeneratorOptions {
  specs: string;
  out: string;
  provider?: string[];
  runtime?: string;
  openapi?: string;
  name?: string;
  own?: true;
  warnings?: true;
}

export function generatorCommand(name: string, description: string, example: string): Command {
  return new Command(name)
    .description(description)
    .option("--specs <folder>", "the folder that holds one folder of specs for each provider", "specs")
    .option("--out <folder>", "the folder of generated code", "generated")
    .option("--provider <name...>", "only these providers")
    .option("--runtime <specifier>", "where generated code imports the runtime from; {provider} is its name")
    .option("--openapi <file>", "one OpenAPI document, as its owner published it, instead of a folder of specs")
    .option("--name <name>", "what its provider is called (default: the file's name)")
    .option("--own", "specs of others have to keep the rules for kofin's own, too")
    .option("--warnings", "show every warning, not one of each kind")
    .addHelpText("after", `\nExample:\n  $ ${example}`);
}

/** What the options name, read and checked. Warnings go to the error output. */
export async function loadProviders(options: GeneratorOptions): Promise<Provider[]> {
  const { loadDocument, loadSpecs } = await import("../../generator/index.js");
  const { specs, provider, openapi, own, warnings } = options;
  const providers =
    openapi === undefined
      ? loadSpecs(specs, { providers: provider, own })
      : [loadDocument(openapi, { name: nameOf(options), own })];
  for (const line of warningLines(
    providers.flatMap((loaded) => loaded.warnings ?? []),
    warnings,
  ))
    console.error(line);
  return providers;
}

/** The providers that the output folder is about; undefined: all that are in it. */
export function namedProviders(options: GeneratorOptions): string[] | undefined {
  return options.openapi === undefined ? options.provider : [nameOf(options)];
}

export function runtimeOf({ runtime }: GeneratorOptions): string | undefined {
  return runtime ?? defaultRuntime();
}

function nameOf({ name, openapi = "" }: GeneratorOptions): string {
  const given = name ?? basename(openapi, extname(openapi));
  if (/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(given)) return given;
  throw new Error(`${JSON.stringify(given)} cannot be the name of a provider's folder: give another with --name`);
}
