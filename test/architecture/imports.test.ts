import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { expect, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { temporaryFolder } from "../generator/fixture.js";

/** Folders in which no import goes in a circle, type-only imports included. */
const FOLDERS = ["runtime", "generator", "sandbox", "cli"];

const { options, forbidden } = JSON.parse(readFileSync(join(root, ".dependency-cruiser.json"), "utf8"));

async function circlesIn(folders: readonly string[], baseDir: string): Promise<{ circles: string[]; modules: number }> {
  const given = { ...options, baseDir, validate: true, ruleSet: { forbidden } } as ICruiseOptions;
  const { modules, summary } = (await cruise([...folders], given)).output as ICruiseResult;
  // What the folders import is read, too.
  const own = summary.violations.filter(({ from }) => folders.some((folder) => from.startsWith(`${folder}/`)));
  return { circles: own.map(({ cycle = [] }) => cycle.map(({ name }) => name).join(" → ")), modules: modules.length };
}

test("no import goes in a circle", async () => {
  const { circles, modules } = await circlesIn(FOLDERS, root);
  expect(modules).toBeGreaterThan(400);
  expect(circles).toEqual([]);
});

test("a circle of types alone would be noticed", async () => {
  const baseDir = temporaryFolder({
    "tsconfig.json": "{}",
    "generator/a.ts": 'import type { B } from "./b.js";\nexport interface A { b: B }\n',
    "generator/b.ts": 'import type { A } from "./a.js";\nexport interface B { a: A }\n',
  });
  const { circles } = await circlesIn(["generator"], baseDir);
  expect(circles.length).toBeGreaterThan(0);
});
