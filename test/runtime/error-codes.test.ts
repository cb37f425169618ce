import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../bench/package-root.js";

const sources = readdirSync(join(root, "runtime"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(root, "runtime", name), "utf8") }));

/** kofin's own words: codes of providers have digits in them or small letters, and limits are no codes. */
const codes = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/(?<!limit: )"([A-Z]{3,}(?:_[A-Z]+)+|STOPPED)"/g)].map(([, code]) => code),
  ),
);

/** What the errors say of themselves. */
const documented = sources
  .filter(({ name }) => name.startsWith("errors/") || /\berror\.ts$/.test(name))
  .map(({ text }) => text)
  .join("\n");

it("finds the codes", () => {
  expect(codes.size).toBeGreaterThan(20);
});

it.each([...codes])("%s is explained where its error is declared", (code) => {
  expect(documented).toContain(`\`${code}\``);
});
