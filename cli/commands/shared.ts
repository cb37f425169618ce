import { Command } from "commander";

/** What `generate` and `check` agree on. */
export interface GeneratorOptions {
  specs: string;
  out: string;
  provider?: string[];
  runtime?: string;
}

export function generatorCommand(name: string, description: string, example: string): Command {
  return new Command(name)
    .description(description)
    .option("--specs <folder>", "the folder that holds one folder of specs for each provider", "specs")
    .option("--out <folder>", "the folder of generated code", "generated")
    .option("--provider <name...>", "only these providers")
    .option("--runtime <specifier>", "where generated code imports the runtime from; {provider} is its name")
    .addHelpText("after", `\nExample:\n  $ ${example}`);
}
