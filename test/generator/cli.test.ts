import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingPackage } from "../../cli/optional.js";
import { kofin } from "../support/kofin.js";
import { sound, temporaryFolder } from "./fixture.js";

const manifest = createRequire(import.meta.url)("kofin/package.json") as { peerDependencies: Record<string, string> };

function project() {
  return temporaryFolder(
    Object.fromEntries(Object.entries(sound).map(([name, text]) => [`specs/codef/${name}`, text])),
  );
}

test("generate writes, check agrees until someone edits, and a second run changes nothing", async () => {
  const folder = project();
  const missing = await kofin(folder, "check");
  expect(missing.status).toBe(1);
  expect(missing.output).toContain("missing  generated/codef/bank.ts\n");
  expect(missing.output).toContain("npm run generate");

  const first = await kofin(folder, "generate");
  expect(first).toMatchObject({ status: 0, output: expect.stringContaining("new      generated/codef/bank.ts\n") });
  expect((await kofin(folder, "check")).status).toBe(0);
  expect((await kofin(folder, "generate")).output).toMatch(/0 of them changed\n$/);

  writeFileSync(join(folder, "generated/codef/bank.ts"), "// edited\n");
  const stale = await kofin(folder, "check");
  expect(stale.status).toBe(1);
  expect(stale.output).toContain("stale    generated/codef/bank.ts\n");
});

test("findings are printed one a line, and nothing is written", async () => {
  const folder = project();
  writeFileSync(join(folder, "specs/codef/fields.yaml"), "resAccount: { type: string }\n");
  const { status, output } = await kofin(folder, "generate");
  expect(status).toBe(1);
  expect(output).toContain("specs/codef/fields.yaml:1:1: the field resAccount has no title: give its Korean label\n");
  expect(output).not.toMatch(/ {4}at /);
  expect(existsSync(join(folder, "generated"))).toBe(false);
});

test("folders, providers and the runtime can be named", async () => {
  const folder = project();
  const named = ["--specs", "specs", "--out", "src/api", "--provider", "codef", "--runtime", "kofin/{provider}"];
  expect((await kofin(folder, "generate", ...named)).status).toBe(0);
  expect(readFileSync(join(folder, "src/api/codef/bank.ts"), "utf8")).toContain('from "kofin/codef"');
  expect(await kofin(folder, "generate", "--provider", "kis")).toMatchObject({
    status: 1,
    output: 'there are no specs of "kis" in specs\n',
  });
});

test("says which optional package to install", () => {
  const error = (message: string, code = "ERR_MODULE_NOT_FOUND") => Object.assign(new Error(message), { code });
  expect(missingPackage(error("Cannot find package 'ts-morph' imported from /x.js"))).toBe(
    "this command needs ts-morph: npm install --save-dev ts-morph",
  );
  expect(missingPackage(error("Cannot find module '@biomejs/biome/bin/biome'", "MODULE_NOT_FOUND"))).toContain(
    "@biomejs/biome",
  );
  expect(missingPackage(error("Cannot find package 'openapi-typescript' imported from /x.js"))).toMatch(
    new RegExp(`install --save-dev openapi-typescript@${manifest.peerDependencies["openapi-typescript"]}$`),
  );
  expect(missingPackage(error("Cannot find module '/x/own.js' imported from /y.js"))).toBeUndefined();
  expect(missingPackage(new Error("anything else"))).toBeUndefined();
});
