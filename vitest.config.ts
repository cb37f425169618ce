import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  exports: Record<string, { default: string } | string | null>;
};

/** Tests import the package by its public names; the manifest says which source each name stands for. */
const publicNames = Object.entries(exports).flatMap(([subpath, target]) => {
  if (target === null || typeof target === "string") return [];
  const source = target.default.replace("./dist/", root).replace(/\.js$/, ".ts");
  const name = `kofin${subpath.slice(1)}`;
  return [{ find: new RegExp(`^${name.replace("*", "(.+)")}$`), replacement: source.replace("*", "$1") }];
});

export default defineConfig({
  resolve: { alias: publicNames },
  // Left to itself vitest leaves one core to its reporter, which is half of them on a small machine.
  test: { include: ["test/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: "100%" },
});
