import { Command } from "commander";

interface ListOptions {
  provider?: string;
  json?: true;
}

/** `kofin list`: finds the function for a product by its path, its Korean name or its id. */
export function listCommand(): Command {
  return new Command("list")
    .description("find operations and feeds by path or tr_id, Korean product name or function name")
    .argument("[words...]", "all of them have to be in it, in any case (default: everything)")
    .option("--provider <name>", "only this provider")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  $ kofin list 은행 보유계좌")
    .action(run);
}

async function run(words: string[], { provider, json }: ListOptions): Promise<void> {
  const { findListings, readListings, tableOf } = await import("../listing.js");
  const found = findListings(await readListings(provider), words);
  if (json) console.log(JSON.stringify(found, null, 2));
  else if (found.length > 0) console.log(tableOf(found));
  else console.error(`nothing has all of these in it: ${words.join(" ")}`);
  if (found.length === 0) process.exitCode = 1;
}
