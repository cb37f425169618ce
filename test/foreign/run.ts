/**
 * Generates code from documents that nobody here wrote, type-checks it with every TypeScript that kofin is for, and calls every function
 * on the document's own mock. A document is refused by name and line, or its code compiles and is answered; anything else fails.
 *
 *   npx tsx test/foreign/run.ts          # what is small
 *   npx tsx test/foreign/run.ts --all    # with GitHub's 1,223 operations
 * @module
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../bench/package-root.js";
import { formatProblem, generate, loadDocument, type Provider, SpecError } from "../../generator/index.js";
import { writeOutput } from "../../generator/output.js";
import { callAll } from "./calls.js";
import { packages } from "./documents.js";

const compilers = ["typescript", "typescript-6", "typescript-7"] as const;

interface Row {
  /** As a provider. */
  name: string;
  document: string;
  operations: number;
  /** Of them, by its own mock, to a call of the generated function. */
  answered: number;
  warnings: number;
  outcome: string;
}

/** Refusals that are meant: what the document says cannot be honoured. */
const refusals: Readonly<Record<string, RegExp>> = {
  "@readme/oas-examples/2.0/json/petstore.json": /:2:14: this is Swagger 2\.0, which kofin does not read/,
};

/** Calls that cannot be made: no request fits the document. By document and operation, with what is wrong with it. */
const impossible: Readonly<Record<string, string>> = {
  "@readme/oas-examples/3.0/json/circular-paths.json PUT /anything": "a header of objects, which has no form",
  "@readme/oas-examples/3.0/json/circular-request-bodies.json POST /direct": "requires itself without an end",
};

async function main(): Promise<number> {
  const wanted = packages.filter(({ isLarge }) => isLarge !== true || process.argv.includes("--all"));
  const folder = mkdtempSync(join(tmpdir(), "kofin-foreign-"));
  try {
    install(
      folder,
      wanted.map(({ name, version }) => `${name}@${version}`),
    );
    const rows: Row[] = [];
    const providers: Provider[] = [];
    for (const { name, files } of wanted) {
      for (const file of files) {
        const document = `${name}/${file}`;
        const loaded = load(join(folder, "node_modules", name, file), `d-${providers.length}`);
        if (typeof loaded === "string")
          rows.push({ name: "", document, operations: 0, answered: 0, warnings: 0, outcome: `refused ${loaded}` });
        else {
          providers.push(loaded);
          const { documents, warnings = [] } = loaded;
          const operations = documents.flatMap((module) => module.operations).length;
          const { name } = loaded;
          rows.push({ name, document, operations, answered: 0, warnings: warnings.length, outcome: "generated" });
        }
      }
    }
    const out = join(folder, "generated");
    await writeOutput(out, await generate(providers, { runtime: join(root, "runtime/{provider}/index.js") }));
    const failures = compilers.flatMap((compiler) => compile(out, compiler));
    const uncalled: string[] = [];
    for (const provider of providers) {
      const row = rows.find(({ name }) => name === provider.name);
      const results = await callAll(provider, out);
      if (row) row.answered = results.filter(({ failure }) => failure === undefined).length;
      for (const { operation, failure } of results) {
        const call = `${row?.document} ${operation}`;
        if ((failure !== undefined) !== call in impossible) uncalled.push(`${call}: ${failure ?? "was answered"}`);
      }
    }
    for (const line of uncalled) console.error(line);
    print(rows);
    const odd = rows.filter(({ document, outcome }) => outcome.startsWith("refused") !== isRefused(document, outcome));
    for (const { document, outcome } of odd) console.error(`unexpected: ${document} ${outcome}`);
    for (const line of failures) console.error(line);
    return failures.length + odd.length + uncalled.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isRefused(document: string, outcome: string): boolean {
  return refusals[document]?.test(outcome) ?? false;
}

/** Scripts of packages are nobody's business here. */
function install(folder: string, names: readonly string[]): void {
  writeFileSync(join(folder, "package.json"), '{ "name": "foreign", "private": true, "type": "module" }');
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", ...names];
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** What was read, or the first thing that keeps it from being used. */
function load(file: string, name: string): Provider | string {
  try {
    return loadDocument(file, { name });
  } catch (error) {
    const [first] = error instanceof SpecError ? error.problems : [];
    if (first === undefined) throw error;
    return formatProblem(first).replace(/^.*node_modules\//, "");
  }
}

function compile(folder: string, compiler: (typeof compilers)[number]): string[] {
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2023"], module: "nodenext", strict: true, exactOptionalPropertyTypes: true },
    ...{ noUnusedLocals: true, verbatimModuleSyntax: true, skipLibCheck: true, noEmit: true },
    ...{ types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
  const tsc = join(root, "node_modules", compiler, "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  return status === 0
    ? []
    : stdout
        .split("\n")
        .filter((line) => line !== "")
        .slice(0, 20)
        .map((line) => `${compiler}: ${line}`);
}

function print(rows: readonly Row[]): void {
  console.log("| document | operations | answered | warnings | |\n| --- | --- | --- | --- | --- |");
  for (const { document, operations, answered, warnings, outcome } of rows) {
    console.log(`| ${document} | ${operations} | ${answered} | ${warnings} | ${outcome} |`);
  }
}

process.exitCode = (await main()) === 0 ? 0 : 1;
