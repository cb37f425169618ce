import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { root } from "./package-root.js";
import { type Row, row } from "./row.js";

/** Functions whose weight is measured, and the bytes that each may have. */
const FUNCTIONS = [
  { provider: "codef", create: "createCodef", module: "bank", operation: "accountTransactionList", most: 6144 },
  { provider: "codef", create: "createCodef", module: "card", operation: "cardList", most: 6144 },
  { provider: "kis", create: "createKis", module: "domestic-stock-quotations", operation: "inquirePrice", most: 3072 },
  { provider: "woori", create: "createWoori", module: "finance", operation: "getAccTransList", most: 8192 },
  {
    ...{ provider: "openbanking", create: "createOpenBanking", module: "account" },
    ...{ operation: "accountBalanceFinNum", most: 8192 },
  },
];

type BundledFunction = Omit<(typeof FUNCTIONS)[number], "most">;

const application = ({ provider, create, module, operation }: BundledFunction) => `
  import { ${create} } from "kofin/${provider}";
  import { ${operation} } from "kofin/${provider}/${module}";
  export const load = (options, input) => ${operation}(${create}(options), input);
`;

/**
 * What one function adds to an application in a browser or on an edge before it is run: the chunks that load at once. node-forge is left
 * out, it loads with the first password; what only failures, listeners, secrets and token requests need is a chunk of its own.
 */
export async function bundleSize(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { most, ...one } of FUNCTIONS) {
    const name = `bundle of one function of ${one.provider}/${one.module}, gzipped`;
    rows.push(row({ name, unit: "bytes", most }, await gzippedBytes(application(one))));
  }
  return rows;
}

export interface Bundling {
  platform?: "browser" | "node";
  all?: boolean;
}

/** Bytes of the chunks of an application that load at once, or of `all` its chunks. */
export async function gzippedBytes(
  contents: string,
  { platform = "browser", all = false }: Bundling = {},
): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform,
    // Bundled, it would bring a helper for CommonJS into every chunk; whoever encrypts nothing never loads it.
    external: ["node-forge"],
    outdir: "bundle",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const eager = eagerChunks(metafile);
  const imports = eager.flatMap((path) => metafile.outputs[path]?.imports ?? []);
  if (imports.some(({ path }) => path === "node-forge"))
    throw new Error("node-forge loads before anything is encrypted");
  const code = outputFiles.filter(({ path }) => all || eager.some((chunk) => path.endsWith(chunk)));
  return gzipSync(Buffer.concat(code.map(({ contents }) => contents))).byteLength;
}

/** The entry and whatever it imports at once; a chunk behind `import()` is not among them. */
function eagerChunks({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === "<stdin>");
  if (!entry) throw new Error("esbuild made no entry chunk");
  const found = new Set([entry]);
  for (const path of found) {
    for (const { kind, path: next } of outputs[path]?.imports ?? []) if (kind === "import-statement") found.add(next);
  }
  return [...found];
}
