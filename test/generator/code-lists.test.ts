import { beforeAll, describe, expect, test } from "vitest";
import { compile, root } from "./compiled.js";
import { type Case, mark, outcomeOf } from "./edit.js";
import { emitted } from "./emitted.js";
import { problemsOf, textsOf } from "./fixture.js";

/** Two neighbours that mean different exchanges by 2 and 3, a third that says them by letters, and one that only one host serves. */
function operation(path: string, id: string, exchange: string, extra = ""): string {
  return `  /${path}:
    post:
      operationId: ${id}
      summary: ${id}
      description: Returns ${id}.
      x-confidence: high
      x-source: [official]
${extra}      requestBody:
        required: true
        content: { application/json: { schema: { title: 요청, type: object, required: [exchange], properties: { exchange: ${exchange} } } } }
      responses: { "200": { description: 결과, content: { application/json: { schema: { title: 결과, type: object, properties: { exchange: ${exchange} } } } } } }
`;
}
const nasdaq2 = `{ title: 거래소, type: string, x-code-list: nasdaq2, x-codes: { "1": NYSE, "2": NASDAQ, "3": AMEX } }`;
const nasdaq3 = `{ title: 거래소, type: string, x-code-list: nasdaq3, x-codes: { "1": NYSE, "2": AMEX, "3": NASDAQ } }`;
const letters = "{ title: 거래소, type: string, enum: [NA, ND], x-codes: { NA: AMEX, ND: NASDAQ } }";

const document = `openapi: 3.1.0
info: { title: 순위, version: "1", description: Rankings. }
x-retry: safe
paths:
${operation("rise", "rise", nasdaq2)}${operation("gap", "gap", nasdaq3)}${operation("order", "order", letters, "      x-environments: [real]\n")}`;

const specs = {
  provider: "acme",
  main: "ranking.yaml",
  files: {
    "provider.yaml":
      "title: Acme\nenvironments: { real: https://real.example, mock: https://mock.example }\ngenerator: { features: [] }\n",
    "ranking.yaml": document,
  },
};

const header = `import type { Client } from "${root}runtime/provider/functions.js";\nimport * as api from "./ranking.js";\n`;
const calls: string[] = [];
const right = ["api.gap(acme, { exchange: api.nasdaq3Codes.AMEX })", 'api.order(acme, { exchange: "ND" })'];
const wrong = [
  "api.gap(acme, { exchange: api.nasdaq2Codes.AMEX })",
  "api.gap(acme, { exchange: api.nasdaq2Codes.NYSE })",
  'api.gap(acme, { exchange: "2" })',
  'api.gap(acme, { exchange: "ND" })',
  'api.order(acme, { exchange: "2" })',
  "api.order(acme, { exchange: api.nasdaq2Codes.NASDAQ })",
  'api.order(acme, { exchange: "NX" })',
];

describe("generated code", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(textsOf(specs.files, "acme"), `${root}runtime/{provider}/index.js`);
  });
  test("lists are called by their names", () => {
    expect(files.get("acme/ranking.codes.ts")).toContain(`export const nasdaq3Codes = {
  NYSE: "1" as CodeOf<"1", "nasdaq3">,
  AMEX: "2" as CodeOf<"2", "nasdaq3">,
  NASDAQ: "3" as CodeOf<"3", "nasdaq3">,
};`);
  });

  /** What does not fit is all that TypeScript complains about: one program, because each takes seconds. */
  test("codes fit where their list is asked for, and nowhere else", () => {
    const lines = [...right, ...wrong].map((text) => `export const a${calls.push(text)} = ${text};`);
    const use = `${header}declare const acme: Client<"acme">;\n${lines.join("\n")}\n`;
    const complaints = compile(new Map([...files, ["package.json", '{ "type": "module" }'], ["acme/use.ts", use]]));
    expect(complaints.map((text) => calls[Number(/use\.ts:(\d+)/.exec(text)?.[1]) - 4])).toEqual(wrong);
  });

  test("what one environment serves alone says so", () => {
    expect(files.get("acme/ranking.ts")).toContain('environments: ["real"],');
    expect(files.get("acme/ranking.ts")).toContain("only on real");
    expect(files.get("acme/catalogue.ts")).toContain('environments: ["real"]');
  });
});

const cases: Case[] = [
  {
    rule: "an environment that is none",
    from: "x-environments: [real]",
    to: `x-environments: [${mark}reel]`,
    message: 'x-environments: provider.yaml has no environment "reel"; did you mean "real"?',
  },
];

describe("check", () => {
  test("sound lists have no findings", () => {
    expect(problemsOf(textsOf(specs.files, "acme"))).toEqual([]);
  });

  test.each(cases)("finds $rule, and nothing else", (example) => {
    const { problems, expected } = outcomeOf(specs, example);
    expect(problems).toEqual([expected]);
  });

  test("two lists of one name are found, and a list without codes", () => {
    const said = (text: string) =>
      problemsOf(textsOf({ ...specs.files, "ranking.yaml": text }, "acme")).map((line) => line.replace(/^\S+ /, ""));
    expect(said(document.replaceAll("nasdaq3,", "nasdaq2,"))).toContain(
      '"2" of nasdaq2 is NASDAQ elsewhere, and AMEX here: they are two lists',
    );
    expect(said(document.replaceAll(/x-code-list: nasdaq3, x-codes: \{[^}]*\}/g, "x-code-list: nasdaq3"))).toContain(
      "x-code-list has no codes: list them as x-codes",
    );
  });
});
