/**
 * `npx tsx test/certificate/runtimes.ts`: `kofin/certificate` on Node, Deno, Bun and workerd, with the fixtures. Installs the runtimes, in pinned
 * versions, into a temporary folder and takes it away again; some 350 MB, so it is no test of every run.
 */
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { root } from "../../bench/package-root.js";
import { PASSWORD, pathOf } from "./fixtures.js";

const execute = promisify(execFile);
const PACKAGES = [
  "@deno/linux-x64-glibc@2.9.6",
  "@oven/bun-linux-x64@1.4.5",
  "@cloudflare/workerd-linux-64@1.20261117.1",
];
const folder = mkdtempSync(join(tmpdir(), "kofin-runtimes-"));

const names = readdirSync(pathOf("."));
const files = Object.fromEntries(names.map((name) => [name, readFileSync(pathOf(name)).toString("base64")]));
const data = `const files = ${JSON.stringify(files)}; const password = ${JSON.stringify(PASSWORD)};`;
const portable = `import { check } from ${JSON.stringify(join(root, "test", "certificate", "portable.ts"))};`;

async function bundle(name: string, code: string, platform: "browser" | "node"): Promise<string> {
  const outfile = join(folder, name);
  const stdin = { contents: `${portable}\n${data}\n${code}`, resolveDir: root };
  const alias = { "kofin/certificate": join(root, "runtime", "certificate", "index.ts") };
  await build({ stdin, bundle: true, format: "esm", platform, alias, outfile, logLevel: "error" });
  return outfile;
}

const say = `const wrong = await check(files, password); console.log(wrong.length === 0 ? "holds" : wrong.join("\\n"));`;
const worker = `export default { async fetch() { const wrong = await check(files, password); return new Response(wrong.length === 0 ? "holds" : wrong.join("\\n")); } };`;

async function onWorkerd(): Promise<string> {
  await bundle("worker.js", worker, "browser");
  const config = join(folder, "config.capnp");
  const lines = [
    'using Workerd = import "/workerd/workerd.capnp";',
    'const config :Workerd.Config = (services = [(name = "main", worker = .main)], sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);',
    'const main :Workerd.Worker = (modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-01-01");',
  ];
  writeFileSync(config, lines.join("\n"));
  const binary = join(folder, "node_modules", "@cloudflare", "workerd-linux-64", "bin", "workerd");
  const child = spawn(binary, ["serve", config, "--control-fd=3"], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  try {
    const control = child.stdio[3];
    const port = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
      control?.on("data", (said) => {
        const { port } = JSON.parse(String(said)) as { port?: number };
        if (port) resolve(port);
      });
    });
    return await (await fetch(`http://127.0.0.1:${port}/`)).text();
  } finally {
    child.kill();
  }
}

async function main(): Promise<void> {
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync("npm", ["install", "--silent", "--no-package-lock", "--ignore-scripts", ...PACKAGES], { cwd: folder });
  const script = await bundle("portable.mjs", say, "browser");
  const bin = (...path: string[]) => join(folder, "node_modules", ...path);
  const run = async (program: string, ...words: string[]) => (await execute(program, words)).stdout.trim();
  const results = {
    node: await run(process.execPath, script),
    deno: await run(bin("@deno", "linux-x64-glibc", "deno"), "run", "--no-prompt", script),
    bun: await run(bin("@oven", "bun-linux-x64", "bin", "bun"), script),
    workerd: (await onWorkerd()).trim(),
  };
  for (const [name, said] of Object.entries(results)) console.log(`${name.padEnd(8)} ${said}`);
  process.exitCode = Object.values(results).every((said) => said === "holds") ? 0 : 1;
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
