import { join } from "node:path";
import { loadSpecs, SpecError } from "kofin/generator";
import { expect, test } from "vitest";
import { problemsOf, sound, specTexts, temporaryFolder } from "./fixture.js";

function folderOf(provider: string) {
  return Object.fromEntries(Object.entries(sound).map(([name, text]) => [`specs/${provider}/${name}`, text]));
}

test("reads every provider's folder, and only YAML", () => {
  const root = temporaryFolder({
    ...folderOf("codef"),
    ...folderOf("kis"),
    "specs/README.md": "",
    "specs/codef/notes.md": "",
  });
  expect(loadSpecs(join(root, "specs")).map(({ name }) => name)).toEqual(["codef", "kis"]);
  const providers = loadSpecs(join(root, "specs"), { providers: ["codef"] });
  expect(providers.map(({ name }) => name)).toEqual(["codef"]);
  expect(providers[0]?.documents.map(({ file }) => file)).toEqual(["specs/codef/bank.yaml"]);
});

test("says which folder is not there", () => {
  const root = temporaryFolder(folderOf("codef"));
  expect(() => loadSpecs(join(root, "spec"))).toThrow(/there is no specs folder .*spec: name it with --specs/);
  expect(() => loadSpecs(join(root, "specs"), { providers: ["kis"] })).toThrow(/there are no specs of "kis"/);
});

test("a duplicate key has a place", () => {
  expect(
    problemsOf(specTexts({ "fields.yaml": "a: { title: 가, type: string }\na: { title: 나, type: string }\n" })),
  ).toEqual(["specs/codef/fields.yaml:2:1: Map keys must be unique"]);
});

test("a syntax error has a place and hides what follows from it", () => {
  const problems = problemsOf(specTexts({ "fields.yaml": "resAccount: { title: 계좌번호\n", "blocks.yaml": "A: [\n" }));
  expect(problems.map((line) => line.split(":")[0])).toEqual(["specs/codef/blocks.yaml", "specs/codef/fields.yaml"]);
});

test("an error lists every finding", () => {
  const texts = specTexts({ "fields.yaml": "resAccount: { type: string }\nresName: { type: string }\n" });
  const root = temporaryFolder(Object.fromEntries(texts.map(({ file, text }) => [file, text])));
  let error: unknown;
  try {
    loadSpecs(join(root, "specs"));
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof SpecError)) throw new Error("expected a SpecError");
  expect(error.problems.map(({ at }) => `${at.line}:${at.column}`)).toEqual(expect.arrayContaining(["1:1", "2:1"]));
  expect(error.message.split("\n")).toHaveLength(error.problems.length);
});
