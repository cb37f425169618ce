import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../bench/package-root.js";
import { documents } from "./specs.js";

test("redocly.yaml names every document: one that is not there would not be linted", () => {
  const { apis } = parse(readFileSync(join(root, "redocly.yaml"), "utf8")) as {
    apis: Record<string, { root: string }>;
  };
  const linted = Object.values(apis).map((api) => api.root);
  expect(linted.sort()).toEqual(documents.map(({ file }) => file).sort());
});
