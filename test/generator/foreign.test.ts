/** Documents that were not written for kofin: each a small one about one thing that OpenAPI can say. */
import { type ApiDocument, formatProblem, loadTexts, type Operation, type Provider } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { emitted } from "./emitted.js";
import { declaration, type Files, problemsOf } from "./fixture.js";

interface Foreign {
  paths?: object;
  schemas?: object;
  [key: string]: unknown;
}

const ok = (schema: object, media = "application/json") => ({
  "200": { description: "fine", content: { [media]: { schema } } },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function textsOf({ paths = {}, schemas, components = {}, ...others }: Foreign, further: Files = {}) {
  const document = {
    openapi: "3.1.0",
    info: { title: "Acme", version: "1" },
    servers: [{ url: "https://api.acme.example/" }],
    paths,
    components: { ...(components as object), ...(schemas === undefined ? {} : { schemas }) },
    ...others,
  };
  const files = { "openapi.json": JSON.stringify(document, null, 1), ...further };
  return Object.entries(files).map(([name, text]) => ({ provider: "acme", file: `specs/acme/${name}`, text }));
}

function load(foreign: Foreign, further?: Files): Provider {
  const [provider] = loadTexts(textsOf(foreign, further));
  if (provider === undefined) throw new Error("nothing was read");
  return provider;
}

function operationOf(foreign: Foreign): Operation {
  const [operation] = load(foreign).documents.flatMap((document: ApiDocument) => document.operations);
  if (operation === undefined) throw new Error("there is no operation");
  return operation;
}

async function moduleOf(foreign: Foreign, name = "default"): Promise<{ code: string; types: string; shared: string }> {
  const files = await emitted(textsOf(foreign), "kofin/{provider}");
  const at = (file: string) => files.get(`acme/${file}`) ?? "";
  return { code: at(`${name}.ts`), types: at(`${name}.types.ts`), shared: at("shared.types.ts") };
}

describe("names", () => {
  test("tags become modules, the first of several, and what has none is in default", () => {
    const get = (tags?: string[]) => ({ get: { ...(tags ? { tags } : {}), responses: {} } });
    const { documents } = load({
      paths: { "/a": get(["Code Scanning", "other"]), "/b": get(), "/c": get(["결제"]), "/d": get(["catalogue"]) },
    });
    expect(documents.map(({ module }) => module)).toEqual(["code-scanning", "default", "결제", "catalogue-operations"]);
  });

  test("an operationId that is missing, doubled or no name gives way to method and path", () => {
    const operation = (operationId?: string) => ({
      ...(operationId ? { operationId } : {}),
      tags: ["repos"],
      responses: {},
    });
    const provider = load({
      paths: {
        "/repos": { get: operation("repos/list-all"), post: operation("repos/delete") },
        "/repos/{id}/tags": {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          get: operation(),
          put: operation("repos/list-all"),
          delete: operation("reposListAll"),
        },
      },
    });
    expect(provider.documents[0]?.operations.map(({ id }) => id)).toEqual([
      "listAll",
      "reposDelete",
      "getReposByIdTags",
      "reposListAll",
      "deleteReposByIdTags",
    ]);
    const renamed = provider.warnings?.filter(({ rule }) => rule === "operationNames").map(({ message }) => message);
    expect(renamed).toEqual([
      "GET /repos/{id}/tags has no operationId: its function is called getReposByIdTags",
      'DELETE /repos/{id}/tags has an operationId that is taken or no name, "reposListAll": its function is called deleteReposByIdTags',
    ]);
  });

  test("schemas whose names would be one, or that the code uses itself, are told apart", async () => {
    const object = (field: string) => ({ type: "object", properties: { [field]: { type: "string" } } });
    const { types } = await moduleOf({
      paths: {
        "/a": {
          get: {
            operationId: "a",
            responses: ok({
              type: "object",
              properties: { x: ref("simple-user"), y: ref("SimpleUser"), z: ref("Record"), w: ref("3d") },
            }),
          },
        },
      },
      schemas: { "simple-user": object("p"), SimpleUser: object("q"), Record: object("r"), "3d": object("s") },
    });
    expect(types).toMatch(/x\?: SimpleUser;\s*y\?: SimpleUser2;\s*z\?: RecordSchema;\s*w\?: Schema3d;/);
  });
});

describe("parameters", () => {
  const parameter = (name: string, where: string, more: object = {}) => ({
    name,
    in: where,
    schema: { type: "string" },
    ...more,
  });

  test("each stands where the document says, in the input under one name", async () => {
    const { code, types } = await moduleOf({
      paths: {
        "/orders/{id}/lines": {
          parameters: [parameter("id", "path", { required: true })],
          post: {
            operationId: "addLine",
            parameters: [
              parameter("id", "query"),
              parameter("dry", "query"),
              parameter("X-Trace", "header"),
              parameter("session", "cookie"),
              parameter("Authorization", "header"),
            ],
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } },
                },
              },
            },
            responses: ok({ type: "object", properties: { n: { type: "integer" } } }),
          },
        },
      },
    });
    expect(declaration(code, "const addLineOperation")).toBe(`const addLineOperation: ApiOperation = {
  id: "default.addLine",
  method: "POST",
  path: "/orders/{id}/lines",
  retry: "never",
  headers: { "X-Trace": "input" },
  required: ["id", "sku"],
  params: { path: ["id"], query: [{ field: "idInQuery", name: "id" }, "dry"], cookie: ["session"] },
};`);
    expect(declaration(types, "export interface AddLineRequest")).toBe(`export interface AddLineRequest {
  id: string;
  idInQuery?: string;
  dry?: string;
  "X-Trace"?: string;
  session?: string;
  sku: string;
}`);
  });

  test("styles that are not the usual ones are told, and content is JSON in one text", async () => {
    const list = { schema: { type: "array", items: { type: "string" } } };
    const { code } = await moduleOf({
      paths: {
        "/x/{path}": {
          get: {
            operationId: "x",
            parameters: [
              parameter("path", "path", { required: true, style: "label", ...list }),
              parameter("usual", "query", list),
              parameter("comma", "query", { explode: false, ...list }),
              parameter("pipes", "query", { style: "pipeDelimited", ...list }),
              parameter("deep", "query", { style: "deepObject", explode: true, schema: { type: "object" } }),
              { name: "json", in: "query", content: { "application/json": { schema: { type: "object" } } } },
              parameter("X-List", "header", { explode: true, ...list }),
            ],
            responses: {},
          },
        },
      },
    });
    expect(declaration(code, "const xOperation")).toContain(`  params: {
    path: [{ field: "path", name: "path", style: "label" }],
    query: [
      { field: "comma", name: "comma", explode: false },
      { field: "pipes", name: "pipes", style: "pipeDelimited" },
      { field: "deep", name: "deep", style: "deepObject", explode: true },
      { field: "json", name: "json", style: "json" },
    ],
    header: [{ field: "X-List", name: "X-List", explode: true }],
  },`);
  });

  test("what stands in braces has to be described", () => {
    expect(problemsOf(textsOf({ paths: { "/x/{id}": { get: { operationId: "x", responses: {} } } } }))).toEqual([
      expect.stringMatching(/^specs\/acme\/openapi\.json:\d+:\d+: \/x\/\{id\} has no path parameter id: describe/),
    ]);
  });
});

describe("bodies and answers", () => {
  const post = (requestBody: object, responses: object = {}) => ({
    "/x": { post: { operationId: "x", requestBody, responses } },
  });
  const content = (media: string, schema: object = {}, more: object = {}) => ({
    content: { [media]: { schema, ...more } },
  });

  test.each([
    ["text/csv", { bodyType: "text", contentType: "text/csv" }, "body?: string;"],
    ["application/xml", { bodyType: "text", contentType: "application/xml" }, "body?: string;"],
    ["application/octet-stream", { bodyType: "bytes" }, "body?: FileInput;"],
    ["image/png", { bodyType: "bytes", contentType: "image/png" }, "body?: FileInput;"],
    ["application/vnd.acme+json", { contentType: "application/vnd.acme+json" }, "body?: string[];"],
  ])("%s is sent as a whole", async (media, told, type) => {
    const { code, types } = await moduleOf({
      paths: post(content(media, { type: "array", items: { type: "string" } })),
    });
    const constant = declaration(code, "const xOperation");
    expect(constant).toContain('body: "body"');
    for (const [key, value] of Object.entries(told)) expect(constant).toContain(`${key}: "${value}"`);
    expect(types).toContain(type);
  });

  test("a body that is no plain object, may be left out, or has a field of a parameter's name, stands in one field", () => {
    const object = { type: "object", required: ["id"], properties: { id: { type: "string" } } };
    const bodyField = (schema: object, required: boolean, more: object = {}) =>
      operationOf({
        paths: {
          "/x": {
            post: {
              operationId: "x",
              requestBody: { required, ...content("application/json", schema) },
              responses: {},
              ...more,
            },
          },
        },
      }).bodyField;
    expect(bodyField(object, true)).toBeUndefined();
    expect(bodyField(object, false)).toBe("body");
    expect(bodyField({ ...object, additionalProperties: true }, true)).toBe("body");
    expect(bodyField({ oneOf: [object, { type: "string" }] }, true)).toBe("body");
    const parameters = [{ name: "id", in: "query", schema: { type: "string" } }];
    expect(bodyField(object, true, { parameters })).toBe("body");
    const body = [{ name: "body", in: "query", schema: { type: "string" } }];
    expect(bodyField({ type: "string" }, true, { parameters: body })).toBe("requestBody");
  });

  test("fields of a form have the styles of its encoding", async () => {
    const { code } = await moduleOf({
      paths: post({
        required: true,
        ...content(
          "application/x-www-form-urlencoded",
          { type: "object", properties: { meta: { type: "object" }, name: { type: "string" } } },
          { encoding: { meta: { style: "deepObject", explode: true } } },
        ),
      }),
    });
    expect(code).toContain(
      'params: { form: [{ field: "meta", name: "meta", style: "deepObject", explode: true }] },\n  bodyType: "form",',
    );
  });

  test.each([
    [{ "204": { description: "none" } }, "undefined", "none"],
    [{ "200": { description: "", content: { "text/html": {} } } }, "string", "text"],
    [
      { "200": { description: "", content: { "application/pdf": { schema: { type: "string", format: "binary" } } } } },
      "Uint8Array",
      "bytes",
    ],
    [
      { default: { description: "", content: { "application/json": { schema: { type: "boolean" } } } } },
      "boolean",
      undefined,
    ],
    [{ "200": { description: "", content: { "application/json": {} } } }, "unknown", undefined],
    [{ "200": ok({ type: "number" })["200"], "202": { description: "" } }, "number | undefined", undefined],
    [{ "200": ok({ type: "number" })["200"], "201": ok({ type: "string" })["200"] }, "number | string", undefined],
    [
      { "200": { description: "", content: { "text/csv": {}, "application/json": { schema: { type: "integer" } } } } },
      "number",
      undefined,
    ],
  ])("%j is %s", async (responses, type, answer) => {
    const foreign = { paths: { "/x": { get: { operationId: "x", responses } } } };
    const { code, types } = await moduleOf(foreign);
    expect(declaration(types, "export type XData")).toBe(`export type XData = ${type};`);
    expect(operationOf(foreign).answerType).toBe(answer);
    if (answer !== undefined) expect(code).toContain(`answer: "${answer}"`);
  });
});

describe("schemas", () => {
  const typesOf = async (schemas: object, openapi = "3.1.0") => {
    const [name = ""] = Object.keys(schemas);
    const foreign = { openapi, paths: { "/x": { get: { operationId: "x", responses: ok(ref(name)) } } }, schemas };
    return (await moduleOf(foreign)).types.replace(/^[^\n]*\n\n/, "").trim();
  };
  const text = { type: "string" };

  test("properties beside an anyOf belong to each of its branches", async () => {
    const types = await typesOf({
      A: { type: "object", properties: { a: text }, anyOf: [ref("B"), ref("C")] },
      B: { type: "object", properties: { b: text } },
      C: { type: "object", properties: { c: text } },
    });
    expect(declaration(types, "export type A")).toBe("export type A = {\n  a?: string;\n} & (B | C);");
  });

  test("of two choices both hold", async () => {
    const types = await typesOf({
      A: { allOf: [{ oneOf: [text, { type: "number" }] }, { anyOf: [{ type: "number" }, { type: "boolean" }] }] },
    });
    expect(types).toBe("export type A = (string | number) & (number | boolean);");
  });

  test("allOf is flattened, and a label beside one ref keeps its name", async () => {
    const types = await typesOf({
      A: {
        allOf: [
          ref("B"),
          { type: "object", required: ["b"], properties: { d: { allOf: [ref("B")], description: "other" } } },
        ],
      },
      B: { type: "object", properties: { b: text } },
    });
    expect(declaration(types, "export interface A")).toBe(
      "export interface A {\n  b: string;\n  /** other */\n  d?: B;\n}",
    );
  });

  test("nullable of 3.0 is null, on values, lists of values and refs", async () => {
    const types = await typesOf(
      {
        A: {
          type: "object",
          properties: {
            a: { type: "string", nullable: true },
            b: { type: "string", enum: ["x"], nullable: true },
            c: { allOf: [ref("B")], nullable: true },
            d: { nullable: true },
          },
        },
        B: { type: "object", properties: { b: text } },
      },
      "3.0.3",
    );
    expect(declaration(types, "export interface A")).toBe(
      'export interface A {\n  a?: string | null;\n  b?: "x" | null;\n  c?: B | null;\n  d?: unknown;\n}',
    );
  });

  test("a schema may contain itself, by way of others too", async () => {
    const types = await typesOf({
      Node: { type: "object", properties: { children: { type: "array", items: ref("Node") }, owner: ref("Owner") } },
      Owner: { type: "object", properties: { nodes: { type: "object", additionalProperties: ref("Node") } } },
    });
    expect(declaration(types, "export interface Node")).toBe(
      "export interface Node {\n  children?: Node[];\n  owner?: Owner;\n}",
    );
    expect(declaration(types, "export interface Owner")).toContain("[key: string]: Node;");
    const foreign = {
      paths: { "/x": { get: { operationId: "x", responses: ok(ref("Node")) } } },
      schemas: { Node: { type: "object", properties: { next: ref("Node") } } },
    };
    expect(operationOf(foreign).response).toEqual({ $ref: "#/components/schemas/Node", "x-name": "Node" });
    const [document] = load(foreign).documents;
    expect(document?.schemas.Node?.properties?.next).toMatchObject({ $ref: "#/components/schemas/Node" });
  });

  test("a discriminator tells the branches apart", async () => {
    const types = await typesOf({
      Pet: {
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } },
      },
      Cat: { type: "object", required: ["kind"], properties: { kind: text, lives: { type: "integer" } } },
      Dog: { type: "object", required: ["kind"], properties: { kind: text } },
    });
    expect(declaration(types, "export type Pet")).toBe(
      'export type Pet =\n  | (Cat & {\n      kind: "cat";\n    })\n  | (Dog & {\n      kind: "Dog";\n    });',
    );
  });

  test("what callers only get is not asked of them, and what they only send does not come back", async () => {
    const schema = {
      type: "object",
      required: ["id", "name", "secret"],
      properties: { id: { ...text, readOnly: true }, name: text, secret: { ...text, writeOnly: true } },
    };
    const { code, types } = await moduleOf({
      paths: {
        "/x": {
          post: {
            operationId: "x",
            requestBody: { required: true, content: { "application/json": { schema: ref("User") } } },
            responses: ok(ref("User")),
          },
        },
      },
      schemas: { User: schema },
    });
    expect(declaration(types, "export interface UserInput")).toBe(
      "export interface UserInput {\n  name: string;\n  secret: string;\n}",
    );
    expect(declaration(types, "export interface User ")).toBe(
      "export interface User {\n  id: string;\n  name: string;\n}",
    );
    expect(code).toContain('required: ["name", "secret"]');
    expect(code).toContain("input: UserInput");
  });

  test("types that several modules have stand in one file", async () => {
    const get = (tag: string) => ({ get: { tags: [tag], operationId: `get${tag}`, responses: ok(ref("User")) } });
    const foreign = {
      paths: { "/a": get("a"), "/b": get("b") },
      schemas: { User: { type: "object", properties: { name: text } } },
    };
    const { types, shared } = await moduleOf(foreign, "a");
    expect(shared).toContain("export interface User {");
    expect(types).toContain('export type { User } from "./shared.types.js";');
    expect(types).not.toContain("interface User");
  });
});

describe("what the documents say of their provider", () => {
  const settings = (foreign: Foreign, further?: Files) => load(foreign, further).settings.data;

  test("servers are environments, by their descriptions", () => {
    const servers = [
      { url: "https://{region}.acme.example/v1/", description: "Production", variables: { region: { default: "eu" } } },
      { url: "https://test.acme.example" },
    ];
    expect(settings({ servers }).environments).toEqual({
      production: "https://eu.acme.example/v1",
      "server-2": "https://test.acme.example",
    });
    const relative = load({ servers: [{ url: "/v1" }] });
    expect(relative.settings.data.environments).toEqual({});
    expect(relative.warnings?.[0]?.message).toContain('the server "/v1" has no host');
  });

  test.each([
    [
      { type: "apiKey", in: "header", name: "X-Key" },
      { type: "apiKey", in: "header", name: "X-Key" },
    ],
    [{ type: "apiKey", in: "cookie", name: "sid" }, { type: "custom" }],
    [{ type: "http", scheme: "Bearer" }, { type: "bearer" }],
    [{ type: "http", scheme: "basic" }, { type: "basic" }],
    [{ type: "http", scheme: "digest" }, { type: "custom" }],
    [
      {
        type: "oauth2",
        flows: { clientCredentials: { tokenUrl: "https://a.example/token", scopes: { read: "", write: "" } } },
      },
      { type: "clientCredentials", url: "https://a.example/token", scope: "read write" },
    ],
    [
      {
        type: "oauth2",
        flows: { authorizationCode: { tokenUrl: "/token", authorizationUrl: "/authorize", scopes: {} } },
      },
      { type: "authorizationCode", url: "/token", authorizeUrl: "/authorize" },
    ],
    [{ type: "oauth2", flows: { implicit: { authorizationUrl: "/a", scopes: {} } } }, { type: "custom" }],
    [{ type: "openIdConnect", openIdConnectUrl: "https://a.example" }, { type: "custom" }],
  ])("%j is %j", (scheme, auth) => {
    const provider = load({ security: [{ one: [] }], components: { securitySchemes: { one: scheme } } });
    expect(provider.settings.data.auth).toEqual(auth);
    const isTold = (provider.warnings ?? []).some(({ message }) => message.includes("code has to, with auth: custom"));
    expect(isTold).toBe(auth.type === "custom");
  });

  test("provider.yaml beside the document wins", () => {
    const yaml = "title: Acme Pay\nenvironments: { live: https://live.acme.example }\nauth: { type: bearer }\n";
    expect(settings({}, { "provider.yaml": yaml })).toEqual({
      name: "acme",
      environments: { live: "https://live.acme.example" },
      auth: { type: "bearer" },
    });
  });
});

describe("what cannot be honoured is named", () => {
  const refused = (foreign: Foreign) => problemsOf(textsOf(foreign));

  test.each([
    ["Swagger 2.0", { openapi: undefined, swagger: "2.0" }, "this is Swagger 2.0, which kofin does not read"],
    ["an OpenAPI to come", { openapi: "4.0.0" }, "OpenAPI 4.0.0 is not known"],
    [
      "the method query of 3.2",
      { openapi: "3.2.0", paths: { "/x": { query: { responses: {} } } } },
      "query of /x cannot be called",
    ],
    [
      "additionalOperations of 3.2",
      { openapi: "3.2.0", paths: { "/x": { additionalOperations: { LINK: {} } } } },
      "additionalOperations of /x cannot be called",
    ],
    ["TRACE", { paths: { "/x": { trace: { responses: {} } } } }, "trace of /x cannot be called, fetch sends no TRACE"],
    [
      "a ref to another folder",
      { paths: { "/x": { get: { responses: ok({ $ref: "./schemas/Pet.yaml" }) } } } },
      'there is no file "./schemas/Pet.yaml" beside this one',
    ],
    [
      "a schema that is built from itself",
      { paths: { "/x": { get: { responses: ok(ref("A")) } } }, schemas: { A: { allOf: [ref("A")] } } },
      "allOf goes in a circle: A → A",
    ],
    [
      "a schema that is a choice of itself",
      {
        paths: { "/x": { get: { responses: ok(ref("A")) } } },
        schemas: { A: { oneOf: [ref("A"), { type: "string" }] } },
      },
      "a schema is a choice of itself: A → A",
    ],
  ])("%s is refused", (_, foreign, message) => {
    const problems = refused(foreign);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^specs\/acme\/openapi\.json:\d+:\d+: /);
    expect(problems[0]).toContain(message);
  });

  test("webhooks, callbacks, links, cookies and what no type can say are left out with a word", () => {
    const { warnings = [] } = load({
      webhooks: { x: { post: { responses: {} } } },
      paths: {
        "/x": {
          get: {
            operationId: "x",
            parameters: [{ name: "sid", in: "cookie", schema: { type: "string", not: { const: "x" } } }],
            callbacks: { done: {} },
            responses: { "200": { description: "", links: { next: {} } } },
          },
        },
      },
    });
    const messages = warnings.filter(({ rule }) => rule === "ignoredParts").map(formatProblem);
    const words = ["webhooks are", "callbacks of x", "links of x", "the cookie sid", "not is not checked"];
    for (const word of words) expect(messages.filter((line) => line.includes(word))).toHaveLength(1);
  });

  test("the rules for kofin's own specs are warnings, and errors when they are asked for", () => {
    const foreign = { paths: { "/x": { get: { operationId: "x", summary: "X", responses: ok({ type: "string" }) } } } };
    const { warnings = [] } = load(foreign);
    expect(warnings.every(({ level }) => level === "warning")).toBe(true);
    expect(warnings.map(({ message }) => message)).toContain("x has no x-source: list where the facts come from");
    expect(() => loadTexts(textsOf(foreign), { own: true })).toThrow(
      /x has no x-source: list where the facts come from/,
    );
  });

  test("a syntax error in JSON and a key that stands twice have a place", () => {
    const at = (text: string) => problemsOf([{ provider: "acme", file: "specs/acme/openapi.json", text }]);
    expect(at('{\n "openapi": "3.1.0",\n "paths": }')).toEqual([
      "specs/acme/openapi.json:3:11: a value is missing here",
    ]);
    expect(at('{\n "openapi": "3.1.0",\n "openapi": "3.1.0"\n}')).toEqual([
      "specs/acme/openapi.json:3:2: Map keys must be unique",
    ]);
  });
});

test("what OpenAPI asks of a path is asked of specs of our own, and told to others", () => {
  const parameters = [{ name: "id", in: "path", schema: { type: "string" } }];
  const paths = { "pay/{id}": { get: { operationId: "pay", parameters, responses: {} } } };
  const { warnings = [] } = load({ paths });
  const told = warnings.filter(({ rule }) => rule === "pathSlashes" || rule === "requiredPathParameters");
  expect(told.map(({ message }) => message)).toEqual([
    "the path pay/{id} has to begin with a slash: /pay/{id}",
    "the path parameter id needs required: true",
  ]);
});
