import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../bench/package-root.js";

/** Documents of every provider, those with webhooks as well; what they refer to and tables of codes are none. */
const documents = readdirSync(join(root, "specs"), { recursive: true, encoding: "utf8" })
  .map((file) => `specs/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".yaml") && /^openapi:/m.test(readFileSync(join(root, file), "utf8")));

test("redocly.yaml names every document: one that is not there would not be linted", () => {
  const { apis } = parse(readFileSync(join(root, "redocly.yaml"), "utf8")) as {
    apis: Record<string, { root: string }>;
  };
  const linted = Object.values(apis).map((api) => api.root);
  expect(linted.sort()).toEqual(documents.sort());
});
