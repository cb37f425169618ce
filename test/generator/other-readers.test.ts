/** Specs are read by whatever reads YAML, not by one library alone. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { isCollection, isScalar, parseDocument, visit } from "yaml";
import { root } from "../../bench/package-root.js";

const specs = join(root, "specs");
const files = readdirSync(specs, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));

test("another reader finds the same in every spec", { timeout: 120_000 }, () => {
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) {
    const text = readFileSync(join(specs, file), "utf8");
    expect(load(text), file).toEqual(parseDocument(text).toJS());
  }
});

/** YAML 1.1 ends a plain text in a flow collection at these, and PyYAML, SnakeYAML and libyaml keep to it. */
function unreadable(text: string): string[] {
  const found: string[] = [];
  visit(parseDocument(text), {
    Scalar(_, node, path) {
      const isInFlow = path.some((parent) => isCollection(parent) && parent.flow);
      if (isScalar(node) && node.type === "PLAIN" && isInFlow && /[?]/.test(node.source ?? ""))
        found.push(node.source ?? "");
    },
  });
  return found;
}

test("no text is written so that readers of YAML 1.1 stop at it", { timeout: 120_000 }, () => {
  const found = files.flatMap((file) =>
    unreadable(readFileSync(join(specs, file), "utf8")).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
  expect(unreadable("a: [https://x.example/y?z=1]")).toEqual(["https://x.example/y?z=1"]);
});
