/** Specs as the package ships them: written down once, they are what their YAML says. */
import { loadSpecs } from "kofin/generator";
import { expect, test } from "vitest";
import { root } from "../../bench/package-root.js";
import { compileSpecs, readCompiled } from "../../generator/compiled.js";
import { packagedSpecs } from "../../sandbox/shared/packaged-specs.js";

const providers = loadSpecs(`${root}/specs`);

test.each(providers.map((provider) => [provider.name, provider] as const))("of %s", (name, provider) => {
  const text = compileSpecs(provider);
  const read = readCompiled(text);
  expect(read).toStrictEqual(provider);
  expect(text.length).toBeLessThan(JSON.stringify(provider).length / 2);
  expect(packagedSpecs(name)).toStrictEqual(provider);
});

test("what was one object in several places is one again, and what only looks alike is not", () => {
  const [provider] = providers;
  if (!provider) throw new Error("there are no specs");
  const schema = { title: "금액", type: "string" as const };
  const alike = { ...schema };
  const document = { schemas: { A: schema, B: { properties: { a: schema, alike } } } };
  const read = readCompiled(compileSpecs({ ...provider, documents: [document as never] })).documents[0];
  expect(read?.schemas.A).toBe(read?.schemas.B?.properties?.a);
  expect(read?.schemas.A).not.toBe(read?.schemas.B?.properties?.alike);
  expect(read?.schemas.A).toEqual(alike);
});
