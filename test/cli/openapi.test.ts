import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../generator/fixture.js";
import { kofin } from "../support/kofin.js";

const operation = (id: string) => ({
  operationId: id,
  tags: ["Pets"],
  responses: { "200": { description: "pets", content: { "application/json": { schema: { type: "string" } } } } },
});

const document = JSON.stringify(
  {
    openapi: "3.0.3",
    info: { title: "Pets", version: "1" },
    servers: [{ url: "https://pets.example" }],
    paths: { "/pets": { get: operation("listPets") }, "/toys": { get: operation("listToys") } },
  },
  null,
  1,
);

test("one document by file: generated, warned of by kind, and held to kofin's rules when asked", {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder({ "package.json": '{ "name": "shop" }', "docs/pets.json": document });
  const words = ["--openapi", "docs/pets.json", "--name", "acme-pets", "--out", "src/generated"];
  const { status, stdout, stderr } = await kofin(folder, "generate", ...words);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining("new      src/generated/acme-pets/pets.ts\n"),
  });
  expect(stderr).toMatch(
    /^warning {2}docs\/pets\.json:14:4: listPets has no description: .*\(and 7 more of this kind\)$/m,
  );
  expect(stderr).toContain("warning  --warnings shows every one");
  expect(readFileSync(join(folder, "src/generated/acme-pets/pets.ts"), "utf8")).toContain(
    'from "kofin/provider/functions"',
  );

  const all = await kofin(folder, "check", ...words, "--warnings");
  expect(all.status).toBe(0);
  expect(all.stderr.match(/has no x-source/g)).toHaveLength(2);

  const own = await kofin(folder, "check", ...words, "--own");
  expect(own.status).toBe(1);
  expect(own.output).toContain("docs/pets.json:14:4: listPets has no x-source: list where the facts come from\n");
  expect(own.output).not.toContain("warning");
});

test("a document that is not there, and a name that is no folder's, are named", async () => {
  const folder = temporaryFolder({ "docs/pets.json": document });
  expect((await kofin(folder, "generate", "--openapi", "docs/pet.json")).output).toBe(
    "there is no file docs/pet.json\n",
  );
  const { status, output } = await kofin(folder, "generate", "--openapi", "docs/pets.json", "--name", "../x");
  expect({ status, output }).toEqual({
    status: 1,
    output: '"../x" cannot be the name of a provider\'s folder: give another with --name\n',
  });
});
