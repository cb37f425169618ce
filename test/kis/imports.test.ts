import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../bench/package-root.js";

/** The sources that importing `file` loads at once: what it imports by name, and what those do. Types load nothing. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(join(root, file), "utf8");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  for (const [, path = ""] of outputText.matchAll(/(?:^|\n)(?:import|export)\s[^;]*?from "(\.[^"]+)"/g)) {
    loadedBy(join(dirname(file), path).replace(/\.js$/, ".ts"), seen);
  }
  return seen;
}

describe("importing a generated function", () => {
  it("loads a handful of small files, and neither the client nor the pages", () => {
    const files = [...loadedBy("runtime/kis/functions.ts")];
    expect(files.sort()).toEqual([
      "runtime/call/clients.ts",
      "runtime/call/fault.ts",
      "runtime/errors/invalid-input.ts",
      "runtime/errors/kofin-error.ts",
      "runtime/kis/functions.ts",
    ]);
    const bytes = files.reduce((sum, file) => sum + readFileSync(join(root, file)).length, 0);
    expect(bytes).toBeLessThan(12_000);
  });

  it("would be noticed to load more", () => {
    expect(loadedBy("runtime/kis/index.ts")).toContain("runtime/kis/client.ts");
    expect(loadedBy("runtime/kis/index.ts")).not.toContain("runtime/kis/paging.ts");
  });
});
