/** Operations that share a path, keys of a repeat, and every way to ask for further pages. */
import { loadTexts } from "kofin/generator";
import { beforeAll, describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf, type SoundSpecs } from "./edit.js";
import { emitted } from "./emitted.js";
import { declaration, document, problemsOf, textsOf } from "./fixture.js";

const about = (id: string) =>
  `operationId: ${id}\n    summary: ${id} 조회\n    description: Returns ${id}.\n    x-confidence: high\n    x-source: [official]`;
const body = (name: string) =>
  `requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } } }`;
const answer = (name: string) =>
  `responses: { "200": { description: 결과, content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } } } }`;
const apiId = (value: string) =>
  `{ name: api-id, in: header, required: true, schema: { title: TR명, type: string, ${value} } }`;

const operation = (path: string, id: string, extra: string) => `
${path}:
  post:
    ${about(id)}
    ${extra.replace(/\n/g, "\n    ")}
    ${body("ChartRequest")}
    ${answer("ChartData")}`;

const sound: SoundSpecs & { files: Record<"chart.yaml", string> } = {
  provider: "acme",
  main: "chart.yaml",
  files: {
    "provider.yaml": `title: Acme
rules: own
environments: { live: https://api.acme.example }
paging: { more: cont-yn, values: ["Y"], ask: { cont-yn: "Y", next-key: =next-key } }
`,
    "chart.yaml": document(
      [
        operation(
          "/api/chart#day",
          "dayChart",
          `parameters: [${apiId("const: ka1")}]\nx-paging: { style: header-key }`,
        ),
        operation(
          "/api/chart#week",
          "weekChart",
          `parameters: [${apiId("const: ka2")}]\nx-paging: { style: page-number, page: page, list: rows, first: 0, last: pages }`,
        ),
        operation("/api/month", "monthChart", "x-paging: { style: cursor, cursor: cursor, next: next }"),
        operation(
          "/api/year",
          "yearChart",
          "x-paging: { style: key, keys: { cursor: next }, set: { page: again }, continued: true }",
        ),
        operation(
          "/api/order",
          "order",
          "x-retry: idempotency-key\nx-idempotency-key: { field: clientOrderId, lifetimeSeconds: 600 }",
        ).replace("ChartRequest", "OrderRequest"),
        operation(
          "/api/pay",
          "pay",
          "x-retry: idempotency-key\nx-idempotency-key: Idempotency-Key\nparameters: [{ name: Idempotency-Key, in: header, required: true, schema: { title: 키, type: string } }]",
        ),
      ].join(""),
      `
ChartRequest: { title: 차트 요청, type: object, properties: { page: { title: 쪽, type: string }, cursor: { title: 자리, type: string } } }
ChartData: { title: 차트, type: object, properties: { next: { title: 다음, type: string }, pages: { title: 쪽수, type: integer }, rows: { title: 줄, type: array, items: { type: object, properties: { price: { title: 값, type: string } } } } } }
OrderRequest: { title: 주문 요청, type: object, required: [symbol, clientOrderId], properties: { symbol: { title: 종목, type: string }, clientOrderId: { title: 주문키, type: string } } }
`,
    ),
  },
};

describe("a path with a #", () => {
  const texts = (from: string, to: string) =>
    textsOf({ ...sound.files, "chart.yaml": sound.files["chart.yaml"].replace(from, () => to) }, "acme");

  test("is sound when a header tells its operations apart", () => {
    expect(problemsOf(textsOf(sound.files, "acme"))).toEqual([]);
  });

  test("is refused when the header says the same of both", () => {
    const [problem, ...others] = problemsOf(texts("const: ka2", "const: ka1"));
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^specs\/acme\/chart\.yaml:\d+:5: POST \/api\/chart cannot be told from the one at specs\/acme\/chart\.yaml:\d+: give both a header parameter of the same name, with a const of its own$/,
    );
  });

  test("is refused without such a header", () => {
    const problems = problemsOf(texts("const: ka2", "maxLength: 3"));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("POST /api/chart cannot be told from the one at");
  });

  test("may stand behind a path that one operation has for itself", () => {
    expect(problemsOf(texts(`/api/month:`, "/api/month#only:"))).toEqual([]);
  });

  test("two without one are still described twice", () => {
    const twice = sound.files["chart.yaml"]
      .replace("/api/month:\n", "/api/month#a:\n")
      .replace("/api/year:", "/api/month#b:");
    expect(problemsOf(textsOf({ ...sound.files, "chart.yaml": twice }, "acme"))).toEqual([
      expect.stringMatching(
        /: nothing that is sent tells monthChart from others of its path: give it a header parameter with a const/,
      ),
      expect.stringContaining("cannot be told from the one at"),
    ]);
  });
});

const edits: Case[] = [
  {
    rule: "a key of a repeat without a field",
    from: "      x-idempotency-key: { field: clientOrderId, lifetimeSeconds: 600 }\n",
    to: `      x-idempotency-key: ${mark}3\n`,
    message: "x-idempotency-key must be a field, or { field, lifetimeSeconds }",
  },
  {
    rule: "a key of a repeat in a field that is not there",
    from: "{ field: clientOrderId,",
    to: `{ field: ${mark}clientOrderID,`,
    message: 'x-idempotency-key names "clientOrderID", which is no field of the input; did you mean "clientOrderId"?',
  },
  {
    rule: "a lifetime that is none",
    from: "lifetimeSeconds: 600",
    to: `lifetimeSeconds: ${mark}0`,
    message: "x-idempotency-key: lifetimeSeconds must be a number above 0",
  },
  {
    rule: "an unknown key beside the field",
    from: "lifetimeSeconds: 600",
    to: `${mark}lifetimeSecond: 600`,
    message: 'x-idempotency-key has no key lifetimeSecond; did you mean "lifetimeSeconds"?',
  },
  {
    rule: "a key for what is never repeated",
    from: "x-retry: idempotency-key\n      x-idempotency-key: Idempotency-Key",
    to: `x-retry: never\n      ${mark}x-idempotency-key: Idempotency-Key`,
    message: "x-idempotency-key is for what is repeated with a key: say x-retry: idempotency-key, or take it out",
  },
  {
    rule: "a page number that is no number",
    from: "first: 0",
    to: `first: ${mark}"0"`,
    message: "x-paging: first must be a whole number",
  },
  {
    rule: "a page number without its list",
    from: "x-paging: { style: page-number, page: page, list: rows, first: 0, last: pages }",
    to: `${mark}x-paging: { style: page-number, page: page, last: pages }`,
    message: "x-paging of style page-number has no list",
  },
  {
    rule: "a last page that does not come back",
    from: "last: pages",
    to: `last: ${mark}page`,
    message: 'x-paging names "page", which is no field of the data of the answer; did you mean "pages"?',
  },
  {
    rule: "a list that is none",
    from: "list: rows",
    to: `list: ${mark}next`,
    message: 'x-paging walks along "next", which is no list',
  },
  {
    rule: "a cursor that is not sent",
    from: "cursor: cursor, next: next",
    to: `cursor: ${mark}curser, next: next`,
    message: 'x-paging names "curser", which is no field of the input; did you mean "cursor"?',
  },
  {
    rule: "continued that is not true",
    from: "continued: true",
    to: `continued: ${mark}false`,
    message: "x-paging: continued must be true, or left out",
  },
];

test.each(edits)("$rule is found", (example) => {
  const { problems, expected } = outcomeOf(sound, example);
  expect(problems).toEqual([expected]);
});

test("what is repeated with a key has to say which", () => {
  const without = sound.files["chart.yaml"].replace(
    "      x-idempotency-key: { field: clientOrderId, lifetimeSeconds: 600 }\n",
    "",
  );
  expect(problemsOf(textsOf({ ...sound.files, "chart.yaml": without }, "acme"))).toEqual([
    expect.stringMatching(/: order is repeated with a key: name the field that carries the key as x-idempotency-key$/),
  ]);
});

test("pages by headers need to know their names", () => {
  const silent = { ...sound.files, "provider.yaml": "title: Acme\nrules: own\n" };
  const problems = problemsOf(textsOf(silent, "acme"));
  expect(problems).toHaveLength(2);
  for (const line of problems) {
    expect(line).toContain("x-paging goes by headers here: say under paging in provider.yaml what they are called");
  }
});

describe("the model and the generated code", () => {
  const operations = loadTexts(textsOf(sound.files, "acme"))[0]?.documents[0]?.operations ?? [];
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(textsOf(sound.files, "acme"), "kofin/{provider}");
  });
  const module = () => files.get("acme/chart.ts") ?? "";

  test("the path is sent without its #, and the header is nobody's to pass", () => {
    expect(operations[0]).toMatchObject({
      path: "/api/chart",
      fragment: "day",
      constantHeaders: { "api-id": "ka1" },
      parameters: [],
    });
    expect(declaration(module(), "const weekChartOperation")).toBe(`const weekChartOperation: ApiOperation = {
  id: "chart.weekChart",
  method: "POST",
  path: "/api/chart",
  retry: "safe",
  constantHeaders: { "api-id": "ka2" },
  many: ["rows"],
};`);
    expect(files.get("acme/chart.types.ts")).not.toContain("api-id");
    expect(module()).toContain(" * `POST /api/chart` · `api-id: ka1` · may be repeated safely ·");
    expect(files.get("acme/catalogue.ts")).toContain('path: "/api/chart#week"');
  });

  test("the key of a repeat may be left out, in a body and in a header", () => {
    expect(declaration(module(), "const orderOperation")).toContain(`  retry: "idempotency-key",
  idempotency: { field: "clientOrderId", seconds: 600 },
  required: ["symbol"],
`);
    expect(declaration(module(), "const payOperation")).toContain(`  idempotency: { field: "Idempotency-Key" },
  headers: { "Idempotency-Key": "input" },
  many: ["rows"],
};`);
    expect(files.get("acme/chart.types.ts")).toMatch(/clientOrderId\?: string;/);
    expect(files.get("acme/chart.types.ts")).toMatch(/"Idempotency-Key"\?: string;/);
    expect(module()).toContain("may be repeated with the same `clientOrderId`, for 600 seconds");
  });

  test("each style of pages is told as it is written", () => {
    expect(module()).toContain('dayChartOperation, { style: "header-key" }, input, options);');
    expect(module()).toMatch(
      /weekChartOperation,\s*\{ style: "page-number", page: "page", list: "rows", first: 0, last: "pages" \}/,
    );
    expect(module()).toMatch(/monthChartOperation, \{ style: "cursor", cursor: "cursor", next: "next" \}/);
    expect(module()).toMatch(
      /yearChartOperation,\s*\{ style: "key", keys: \{ cursor: "next" \}, set: \{ page: "again" \}, continued: true \}/,
    );
  });
});
