import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";

interface ProviderOptions {
  specs: string;
  out: string;
}

/** `kofin init`: files to begin with. What is there already is never written over. */
export function initCommand(): Command {
  return new Command("init")
    .description("begin a provider, or a product of a provider, with files that say what to write where")
    .addCommand(initProvider())
    .addCommand(initProduct());
}

function initProvider(): Command {
  return new Command("provider")
    .description("write provider.yaml, one spec, a client and a test against the sandbox")
    .argument("<name>", "what its folders are called, such as acme-pay")
    .option("--specs <folder>", "the folder that holds one folder of specs for each provider", "specs")
    .option("--out <folder>", "the folder of generated code", "src/generated")
    .addHelpText("after", "\nExample:\n  $ kofin init provider acme-pay")
    .action(async (name: string, { specs, out }: ProviderOptions) => {
      checkName(name);
      const { providerFiles } = await import("../templates/provider.js");
      write(providerFiles({ name, specs: plain(specs), out: plain(out) }));
      console.log(`\nNext: npx kofin generate --specs ${specs} --provider ${name} --out ${out}`);
    });
}

function initProduct(): Command {
  return new Command("product")
    .description("write a spec with one operation of a provider that has specs already")
    .argument("<provider>", "the folder of its specs")
    .argument("<module>", "what the document and its module are called, such as loan")
    .option("--specs <folder>", "the folder that holds one folder of specs for each provider", "specs")
    .addHelpText("after", "\nExample:\n  $ kofin init product acme-pay refunds")
    .action(async (provider: string, module: string, { specs }: { specs: string }) => {
      checkName(module);
      const [{ readSpecFolder }, { productText }] = await Promise.all([
        import("../../generator/index.js"),
        import("../templates/product.js"),
      ]);
      const { settings, sources } = readSpecFolder(specs, provider);
      const blocks = sources.get("blocks.yaml")?.data;
      const hasEnvelope = typeof blocks === "object" && blocks !== null && "Envelope" in blocks;
      write(new Map([[`${plain(specs)}/${provider}/${module}.yaml`, productText(module, settings, hasEnvelope)]]));
      console.log(`\nNext: npx kofin check --specs ${specs} --provider ${provider}`);
    });
}

const reserved = ["provider", "overlay", "blocks", "fields", "organizations", "masters", "openapi"];

/** A name is a folder's, a module's and the beginning of names of the code. */
function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `${JSON.stringify(name)} cannot be a name: use small letters, digits and single hyphens, acme-pay, say`,
    );
  }
  if (reserved.includes(name) || name.endsWith("result-codes")) {
    throw new Error(`${name} has a meaning of its own among specs: choose another name`);
  }
}

function plain(folder: string): string {
  return folder.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
}

/** All of the files, or none of them. */
function write(files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].filter((path) => existsSync(path));
  if (there.length > 0) throw new Error(`nothing was written, because this is there already: ${there.join(", ")}`);
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
    console.log(`new      ${path}`);
  }
}
