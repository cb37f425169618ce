import { loadDocument, loadTexts, type Operation } from "kofin/generator";
import { expect, test } from "vitest";
import { type Files, problemsOf, temporaryFolder } from "./fixture.js";

const document = `{
  "openapi": "3.0.3",
  "info": { "title": "Acme", "version": "1" },
  "paths": {
    "/pets": {
      "get": {
        "operationId": "listPets",
        "parameters": [
          { "name": "old", "in": "query", "schema": { "type": "string" } },
          { "name": "limit", "in": "query", "schema": { "type": "integer" } }
        ],
        "responses": { "200": { "description": "pets", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pets" } } } } }
      },
      "post": {
        "operationId": "addPet",
        "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } },
        "responses": { "201": { "description": "made" } }
      }
    }
  },
  "components": {
    "schemas": {
      "Pets": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } },
      "Pet": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } }
    }
  }
}
`;

const overlay = `overlay: 1.0.0
info: { title: What we know of Acme, version: 1.0.0 }
actions:
  - target: $.paths['/pets'].post
    update: { x-retry: idempotency-key, x-idempotency-key: requestId, summary: 동물 등록 }
  - target: $.components.schemas.Pet
    update:
      required: [requestId]
      properties:
        name: { x-sensitive: true }
        requestId: { type: string }
  - target: $.paths['/pets'].get.parameters[?@.name=='old']
    remove: true
  - target: $.paths['/pets'].get.parameters
    update: { name: since, in: query, schema: { type: string } }
`;

const texts = (files: Files) =>
  Object.entries({ "openapi.json": document, "overlay.yaml": overlay, ...files }).map(([name, text]) => ({
    provider: "acme",
    file: `specs/acme/${name}`,
    text,
  }));

function operations(files: Files = {}): Operation[] {
  return loadTexts(texts(files))[0]?.documents.flatMap((loaded) => loaded.operations) ?? [];
}

test("an overlay adds, replaces, makes lists longer and removes", () => {
  const [list, add] = operations();
  expect(list?.parameters.map(({ name }) => name)).toEqual(["limit", "since"]);
  expect(add).toMatchObject({ retry: "idempotency-key", idempotency: { field: "requestId" }, summary: "동물 등록" });
  expect(add?.request).toMatchObject({
    required: ["name", "requestId"],
    properties: { name: { type: "string", "x-sensitive": true }, requestId: { type: "string" } },
  });
});

test("positions are those of the file that says it, behind what was removed too", () => {
  const wrong = overlay.replace("x-idempotency-key: requestId", "x-idempotency-key: requestID");
  expect(problemsOf(texts({ "overlay.yaml": wrong }))).toEqual([
    'specs/acme/overlay.yaml:5:60: x-idempotency-key names "requestID", which is no field of the input; did you mean "requestId"?',
  ]);
  const broken = document.replace(
    '"schema": { "type": "integer" }',
    '"schema": { "$ref": "#/components/schemas/Nothing" }',
  );
  expect(problemsOf(texts({ "openapi.json": broken }))).toEqual([
    'specs/acme/openapi.json:10:65: $ref leads nowhere: there is no "Nothing" in openapi.json#/components/schemas',
  ]);
});

test("what breaks a rule of kofin in an overlay is an error, in the document below it a warning", () => {
  const unknown = overlay.replace("summary: 동물 등록", "x-retri: never");
  expect(problemsOf(texts({ "overlay.yaml": unknown }))).toEqual([
    expect.stringMatching(
      /^specs\/acme\/overlay\.yaml:5:\d+: x-retri is no extension of kofin; did you mean "x-retry"\?$/,
    ),
  ]);
});

test.each([
  [
    "a target that is nowhere",
    "$.paths['/pets'].post",
    "$.paths['/pet'].post",
    4,
    "$.paths['/pet'].post is nowhere in the document",
  ],
  ["a target that is no JSONPath", "$.paths['/pets'].post", "$.paths[", 4, "$.paths[ is no JSONPath"],
  ["a target that is a value", "$.paths['/pets'].post", "$.info.title", 4, "$.info.title is no object or list"],
  [
    "an unknown key",
    "    remove: true",
    "    removed: true",
    13,
    'an overlay has no key removed here; did you mean "remove"?',
  ],
  ["another version", "overlay: 1.0.0", "overlay: 2.0.0", 1, "Overlay 2.0.0 is not known"],
  ["an action that does nothing", "    remove: true\n", "", 12, "an action must say what to update, or remove: true"],
  ["a document that is not there", "actions:", "extends: other.yaml\nactions:", 3, 'there is no document "other.yaml"'],
])("%s is found", (_, from, to, line, message) => {
  const problems = problemsOf(texts({ "overlay.yaml": overlay.replace(from, () => to) }));
  expect(
    problems.some((problem) => problem.startsWith(`specs/acme/overlay.yaml:${line}:`) && problem.includes(message)),
  ).toBe(true);
});

test("one document is read with what stands beside it, and its own release stays as it is", () => {
  const folder = temporaryFolder({
    "api/acme.json": document,
    "api/overlay.yaml": overlay,
    "api/provider.yaml": "title: Acme Pets\nenvironments: { live: https://api.acme.example }\n",
    "api/other.yaml": "not: read",
  });
  const provider = loadDocument(`${folder}/api/acme.json`, { name: "acme" });
  expect(provider.settings).toMatchObject({
    title: "Acme Pets",
    data: { environments: { live: "https://api.acme.example" } },
  });
  expect(provider.documents[0]?.operations[1]?.retry).toBe("idempotency-key");
  expect(() => loadDocument(`${folder}/api/nothing.json`, { name: "acme" })).toThrow(
    /there is no file .*nothing\.json/,
  );
});
