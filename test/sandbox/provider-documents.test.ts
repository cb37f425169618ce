/**
 * A document as somebody else would publish it, without any extension: every place, style and form that OpenAPI has for what is sent and
 * what comes back.
 * @module
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { loadTexts, type Operation, type Schema } from "kofin/generator";
import { createSandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { random } from "../../sandbox/shared/random.js";
import { specFolders, specs } from "../../sandbox/shared/specs.js";
import { synthesize } from "../../sandbox/shared/synthesize.js";

const DOCUMENT = `
openapi: 3.0.3
info: { title: Zoo, version: "1" }
servers: [{ url: "https://zoo.example/api/v2" }]
paths:
  /animals/{animalId}:
    parameters: [{ name: animalId, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getAnimal
      parameters:
        - { name: X-Trace, in: header, required: true, schema: { type: string } }
        - { name: session, in: cookie, required: true, schema: { type: string } }
        - { name: tags, in: query, schema: { type: array, items: { type: string } } }
        - { name: sizes, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { alive: { type: boolean }, age: { type: integer } } } }
      responses: { "200": { description: One, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } } }
    put:
      operationId: replaceAnimal
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
      responses: { "200": { description: One, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } } }
    delete:
      operationId: deleteAnimal
      responses: { "204": { description: Gone } }
  /animals/mine:
    get:
      operationId: getMine
      responses: { "200": { description: Mine, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Animal" } } } } } }
  /matrix/{colour}:
    get:
      operationId: getColour
      parameters: [{ name: colour, in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: string } } }]
      responses: { "200": { description: Text, content: { text/plain: { schema: { type: string } } } } }
  /label/{point}:
    get:
      operationId: getPoint
      parameters: [{ name: point, in: path, required: true, style: label, schema: { type: object, properties: { x: { type: integer }, y: { type: integer } } } }]
      responses: { "200": { description: Picture, content: { image/png: { schema: { type: string, format: binary } } } } }
  /forms:
    post:
      operationId: postForm
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [name, count], properties: { name: { type: string }, count: { type: integer }, tags: { type: array, items: { type: string } } } }
      responses: { "201": { description: Made, content: { application/json: { schema: { type: object, properties: { name: { type: string }, count: { type: integer } } } } } } }
  /uploads:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [file], properties: { file: { type: string, format: binary }, about: { type: object, properties: { note: { type: string } } }, count: { type: integer } } }
      responses: { "200": { description: Done, content: { application/json: { schema: { type: object, properties: { count: { type: integer } } } } } } }
  /raw:
    post:
      operationId: postRaw
      requestBody: { required: true, content: { text/csv: { schema: { type: string } } } }
      responses: { "202": { description: Taken } }
  /elsewhere:
    get:
      operationId: elsewhere
      servers: [{ url: "https://files.zoo.example/static" }]
      responses: { "200": { description: There, content: { application/json: { schema: { type: object, properties: { ok: { type: boolean } } } } } } }
components:
  schemas:
    Animal:
      type: object
      required: [name, kind]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
        kind: { type: string, enum: [dog, cat] }
        born: { type: string, format: date }
        seen: { type: string, format: date-time, nullable: true }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner:
      type: object
      required: [email]
      properties:
        email: { type: string, format: email }
        animals: { type: array, items: { $ref: "#/components/schemas/Animal" } }
`;

const zoo = loadTexts([{ provider: "zoo", file: "specs/zoo/zoo.yaml", text: DOCUMENT }]);
const BASE = "https://zoo.example/api/v2";

function open() {
  const sandbox = createSandbox({ specs: zoo });
  const mock = sandbox.provider("zoo");
  const ask = (path: string, init: RequestInit = {}) => sandbox.fetch(`${BASE}${path}`, init);
  const json = (body: unknown): RequestInit => ({
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const title = async (response: Response) => ((await response.json()) as { title: string }).title;
  return { sandbox, mock, ask, json, title };
}

const here = { "X-Trace": "t1", cookie: "session=s1; other=2" };

describe("parameters", () => {
  test("are read from path, query, header and cookie, and repeated where the answer has them", async () => {
    const { ask } = open();
    const response = await ask("/animals/7?tags=a&tags=b&sizes=1|2&filter[alive]=true&filter[age]=3", {
      headers: here,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ kind: "dog", owner: { email: expect.stringContaining("@") } });
  });

  test.each([
    ["/animals/seven", here, "animalId has the wrong type"],
    ["/animals/7", { cookie: "session=s1" }, "X-Trace is missing"],
    ["/animals/7", { "X-Trace": "t1" }, "session is missing"],
    ["/animals/7?sizes=1|x", here, "sizes[1] has the wrong type"],
    ["/animals/7?filter[age]=old", here, "filter.age has the wrong type"],
  ])("%s with %j: %s", async (path, headers, problem) => {
    const { ask, title } = open();
    const response = await ask(path, { headers });
    expect([response.status, await title(response)]).toEqual([400, problem]);
  });

  test("a path of its own goes before one with a parameter, and styles are taken apart", async () => {
    const { ask, sandbox } = open();
    expect(await (await ask("/animals/mine")).json()).toBeInstanceOf(Array);
    expect((await ask("/matrix/;colour=red;colour=blue")).status).toBe(200);
    expect((await ask("/label/.x.1.y.2")).status).toBe(200);
    expect((await ask("/label/.x.left.y.2")).status).toBe(400);
    expect((await sandbox.fetch("https://files.zoo.example/static/elsewhere")).status).toBe(200);
  });
});

describe("bodies", () => {
  test("are held against their schema, through one that contains itself", async () => {
    const { ask, json, title } = open();
    const owner = (email: unknown) => ({
      email,
      animals: [{ name: "b", kind: "cat", owner: { email: "c@example.com" } }],
    });
    expect((await ask("/animals/7", json({ name: "a", kind: "dog", owner: owner("b@example.com") }))).status).toBe(200);
    expect(await title(await ask("/animals/7", json({ name: "a", kind: "dog", owner: owner(1) })))).toBe(
      "owner.email has the wrong type",
    );
    const deep = { name: "a", kind: "dog", owner: { email: "b", animals: [{ name: "b", kind: "cow" }] } };
    expect(await title(await ask("/animals/7", json(deep)))).toBe(
      "owner.animals[0].kind has a value that is not allowed",
    );
    expect(await title(await ask("/animals/7", json({ kind: "dog" })))).toBe("name is missing");
  });

  test("of forms are typed by their schema", async () => {
    const { ask, title } = open();
    const form = (fields: Record<string, string>) =>
      ask("/forms", { method: "POST", body: new URLSearchParams(fields) });
    expect(await (await form({ name: "a", count: "3" })).json()).toEqual({ name: "a", count: 3 });
    expect(await title(await form({ name: "a", count: "three" }))).toBe("count has the wrong type");
    expect(await title(await form({ name: "a" }))).toBe("count is missing");
    const wrong = await ask("/forms", { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } });
    expect(await title(wrong)).toBe("the body cannot be read");
  });

  test("of several parts bring files and objects", async () => {
    const { ask, title, mock } = open();
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array([1, 2, 3])]), "a.bin");
    form.append("about", new Blob([JSON.stringify({ note: "n" })], { type: "application/json" }));
    form.append("count", "2");
    expect(await (await ask("/uploads", { method: "POST", body: form })).json()).toEqual({ count: 2 });
    expect(mock.effects[0]?.input).toEqual({ file: "AQID", about: { note: "n" }, count: 2 });
    const empty = new FormData();
    empty.append("count", "2");
    expect(await title(await ask("/uploads", { method: "POST", body: empty }))).toBe("file is missing");
  });

  test("of other kinds come as they are", async () => {
    const { ask, mock } = open();
    const init = { method: "POST", body: "a,b\n1,2\n", headers: { "Content-Type": "text/csv" } };
    expect((await ask("/raw", init)).status).toBe(204);
    expect(mock.requests[0]?.body).toBe("a,b\n1,2\n");
    expect(Object.values(mock.effects[0]?.input ?? {})).toEqual(["a,b\n1,2\n"]);
  });
});

describe("answers", () => {
  test("without a body, of text and of bytes", async () => {
    const { ask } = open();
    const gone = await ask("/animals/7", { method: "DELETE" });
    expect([gone.status, await gone.text()]).toEqual([204, ""]);
    const text = await ask("/matrix/;colour=red");
    expect(text.headers.get("content-type")).toMatch(/^text\/plain/);
    const bytes = await ask("/label/.x.1.y.2");
    expect(bytes.headers.get("content-type")).toBe("application/octet-stream");
    expect((await bytes.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  test("have formats of the standards, nothing that is only written, and an end where a schema contains itself", async () => {
    const { ask } = open();
    const animal = (await (await ask("/animals/7", { headers: here })).json()) as Record<string, unknown>;
    expect(animal).not.toHaveProperty("secret");
    const check = addFormats.default(new Ajv2020({ strict: false })).compile({
      type: "object",
      required: ["id", "name", "kind", "born", "seen", "owner"],
      properties: { born: { format: "date", type: "string" }, seen: { format: "date-time", type: "string" } },
    });
    expect([check(animal), check.errors]).toEqual([true, null]);
    expect(JSON.stringify(animal).length).toBeLessThan(5_000);
  });

  test("operations that change something are recorded, and look-ups are not", async () => {
    const { ask, json, mock } = open();
    await ask("/animals/7", { headers: here });
    await ask("/animals/7", json({ name: "a", kind: "dog" }));
    await ask("/animals/7", { method: "DELETE" });
    expect(mock.effects.map(({ operation }) => operation.split(".")[1])).toEqual(["replaceAnimal", "deleteAnimal"]);
  });
});

/**
 * The specs that were written for kofin, by names that nobody has a mock for. Documents of their owners, such as that of Toss Securities,
 * have parameters in paths and queries: their contract tests call them.
 */
const own = specFolders()
  .flatMap((provider) => specs(provider) ?? [])
  .filter(({ settings }) => settings.rules === "own")
  .map((known) => ({ ...known, name: `any-${known.name}` }));

describe.each(own.map(({ name, documents }) => [name, documents] as const))("the specs of %s", (name, documents) => {
  // At a host of its own: some of their mocks are of this kind, too.
  const environments = { any: `https://${name}.example` };
  const sandbox = createSandbox({ specs: own, providers: { [name]: { auth: { type: "none" }, environments } } });
  const mock = sandbox.provider(name);
  const operations = documents.flatMap((document) => document.operations);

  test.each(operations.map((operation) => [`${operation.module}.${operation.id}`, operation] as const))(
    "%s is answered by its schema, to a request by its schema",
    async (_, operation) => {
      const { request } = requestOf(operation);
      const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
      if (operation.request) expect(ajv.compile(operation.request)(request.content)).toBe(true);
      const response = await sandbox.fetch(`${mock.options.baseUrl}${operation.path}${request.query}`, request.init);
      if (response.status === 302) return;
      const check = ajv.compile(operation.response);
      expect([response.status, check(await response.json()), check.errors]).toEqual([200, true, null]);
    },
  );
});

/** A request that an operation allows, made of its schema. */
function requestOf({ method, request = {}, requestIn, requestType, parameters, constantHeaders }: Operation) {
  const make = (schema: Schema) =>
    synthesize(schema, {
      next: random("request"),
      from: 0,
      to: 0,
      given: () => undefined,
      dated: () => false,
      count: () => 1,
    });
  const content = make(request) as Record<string, unknown>;
  const named = parameters.map(({ name, schema }) => [name, encodeURIComponent(String(make(schema)))]);
  const pairs = Object.entries(content).map(([name, value]) => [name, String(value)] as [string, string]);
  const headers: Record<string, string> = { ...Object.fromEntries(named), ...constantHeaders };
  if (requestIn !== "body") {
    return { request: { content, query: `?${new URLSearchParams(pairs)}`, init: { method, headers } } };
  }
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  const bodies: Record<string, RequestInit> = {
    "multipart/form-data": { body: form },
    "application/x-www-form-urlencoded": { body: new URLSearchParams(pairs) },
  };
  const json = { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(content) };
  return { request: { content, query: "", init: { method, headers, ...(bodies[requestType ?? ""] ?? json) } } };
}
