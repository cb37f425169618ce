import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf, type SoundSpecs } from "./edit.js";
import { problemsOf, sound, specTexts } from "./fixture.js";

const codef: SoundSpecs = { provider: "codef", files: sound, main: "bank.yaml" };

/** An edit that gives the request a oneOf. */
function branches(...lines: string[]): Pick<Case, "from" | "to"> {
  const from = "      required: [connectedId]\n";
  return { from, to: `${from}      oneOf:\n${lines.map((line) => `        ${line}\n`).join("")}` };
}

const kind = (code: string, more = "") =>
  `{ type: object, required: [kind], properties: { kind: { title: 종류, type: string, const: "${code}" }${more} } }`;

const cases: Case[] = [
  {
    rule: "a $ref to a field that is not there",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ $ref: ${mark}fields.yaml#/resAcount }`,
    message: '$ref leads nowhere: there is no "resAcount" in fields.yaml; did you mean "resAccount"?',
  },
  {
    rule: "a $ref to a file that is not there",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ title: 계좌, $ref: ${mark}field.yaml#/resAccount }`,
    message: '$ref leads nowhere: there is no file "field.yaml" beside this one; did you mean "fields.yaml"?',
  },
  {
    rule: "a $ref to a schema of the document that is not there",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ title: 계좌, $ref: ${mark}"#/components/schemas/Nothing" }`,
    message: '$ref leads nowhere: there is no "Nothing" in bank.yaml#/components/schemas',
  },
  {
    rule: "a $ref that is no pointer",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ title: 계좌, $ref: ${mark}fields.yaml#resAccount }`,
    message: '$ref leads nowhere: "fields.yaml#resAccount" must have a "/" after the "#"',
  },
  {
    rule: "a $ref that is no text",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ title: 계좌, $ref: ${mark}3 }`,
    message: "$ref must be text",
  },
  {
    rule: "allOf in a circle",
    file: "blocks.yaml",
    to: `A: { allOf: [{ $ref: ${mark}"#/B" }] }\nB: { allOf: [{ $ref: "#/A" }] }\n`,
    message: "allOf goes in a circle: B → A → B; take one of these refs out",
  },
  {
    rule: "a schema that contains itself",
    file: "blocks.yaml",
    to: `Node: { type: object, properties: { child: { title: 아래, $ref: ${mark}"#/Node" } } }\n`,
    message: "a schema that contains itself is not supported: Node → Node; take one of these refs out",
  },
  {
    rule: "an unused schema",
    to: `    ${mark}Left: { type: object, properties: {} }\n`,
    message: "nothing refers to the schema Left: use it or take it out",
  },
  {
    rule: "an unknown extension",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      ${mark}x-sucess: [CF-04012]\n`,
    message: 'x-sucess is no extension of kofin; did you mean "x-success"?',
  },
  {
    rule: "an extension far from any known one",
    from: "x-retry: safe\n",
    to: `x-retry: safe\n${mark}x-completely-different: 1\n`,
    message: "x-completely-different is no extension of kofin",
  },
  {
    rule: "an operation's extension on a field",
    from: "connectedId: { title: 커넥티드아이디, type: string }",
    to: `connectedId: { title: 커넥티드아이디, type: string, ${mark}x-retry: safe }`,
    message: "x-retry does not belong here, but on a document or an operation",
  },
  {
    rule: "a field's extension on an operation",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      ${mark}x-encrypted: rsa\n`,
    message: "x-encrypted does not belong here, but on a string field",
  },
  {
    rule: "an extension where nothing has one",
    from: "description: Bank accounts. }",
    to: `description: Bank accounts., ${mark}x-retry: safe }`,
    message: "x-retry does not belong here, but on a document or an operation",
  },
  {
    rule: "an extension on the wrong type",
    from: "connectedId: { title: 커넥티드아이디, type: string }",
    to: `connectedId: { title: 커넥티드아이디, type: string, ${mark}x-shape: one-or-many }`,
    message: "x-shape does not belong on type string, but on an array field",
  },
  {
    rule: "a part of a certificate that there is not",
    from: "connectedId: { title: 커넥티드아이디, type: string }",
    to: `connectedId: { title: 커넥티드아이디, type: string, x-certificate: ${mark}derr }`,
    message: 'x-certificate must be der or key or pfx or file or type or password; did you mean "der"?',
  },
  {
    rule: "an extension on a ref to the wrong type",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ $ref: fields.yaml#/resAccount, ${mark}x-shape: one-or-many }`,
    message: "x-shape does not belong on type string, but on an array field",
  },
  ...(
    [
      [
        "x-confidence: high",
        "x-confidence: ",
        "hihg",
        'x-confidence must be high or medium or low; did you mean "high"?',
      ],
      ["x-retry: safe", "x-retry: ", "always", "x-retry must be safe or never or idempotency-key"],
      [
        "x-source: [codef-io/codef-java]",
        "x-source: ",
        "[]",
        "x-source must be a list of texts with at least one in it",
      ],
      [
        "x-confidence: high",
        "x-confidence: high\n      x-success: ",
        "CF-04012",
        "x-success must be a list of texts with at least one in it",
      ],
      [
        "x-confidence: high",
        "x-confidence: high\n      x-retry: never\n      x-two-way: ",
        "{}",
        "x-two-way must be a map authentication method → schema of its answer",
      ],
      [
        "x-confidence: high",
        "x-confidence: high\n      x-paging: ",
        "{ nxt: pageNo }",
        "x-paging must name fields under next, more and page, or a style: page, page-number, cursor, header-key, key, walk",
      ],
      [
        "x-confidence: high",
        "x-confidence: high\n      x-paging: ",
        "{ page: organization, next: resAccount }",
        "x-paging must name fields under next, more and page, or a style: page, page-number, cursor, header-key, key, walk",
      ],
      ["커넥티드아이디, type: string", "커넥티드아이디, type: string, x-encrypted: ", "aes", "x-encrypted must be rsa"],
      [
        "커넥티드아이디, type: string",
        "커넥티드아이디, type: string, x-sensitive: ",
        "false",
        "x-sensitive must be true, or left out",
      ],
      [
        "커넥티드아이디, type: string",
        "커넥티드아이디, type: string, x-codes: ",
        "{}",
        "x-codes must be a map code → Korean name with at least one entry",
      ],
      [
        "x-organization: bank",
        "x-organization: ",
        "{}",
        "x-organization must be a list of texts with at least one in it",
      ],
    ] as const
  ).map(([from, before, value, message]) => ({
    rule: `the value of ${from}: ${value}`,
    from,
    to: `${before}${mark}${value}`,
    message,
  })),
  {
    rule: "a code that YAML reads as a number",
    from: "커넥티드아이디, type: string",
    to: `커넥티드아이디, type: string, x-codes: { "0": 없음, ${mark}01: 있음 }`,
    message: 'the code 01 must be text: write "01"',
  },
  {
    rule: "an operation without a summary",
    from: "    post:\n      operationId: accountList\n      summary: 보유계좌 조회\n",
    to: `    ${mark}post:\n      operationId: accountList\n`,
    message: "accountList has no summary: give the provider's own Korean product name",
  },
  {
    rule: "an operation without a description",
    from: "    post:\n      operationId: accountList\n      summary: 보유계좌 조회\n      description: Lists accounts.\n",
    to: `    ${mark}post:\n      operationId: accountList\n      summary: 보유계좌 조회\n`,
    message: "accountList has no description: say in one English sentence what comes back",
  },
  {
    rule: "an operation without a confidence",
    from: "post:\n      operationId: accountList\n      summary: 보유계좌 조회\n      description: Lists accounts.\n      x-confidence: high\n",
    to: `${mark}post:\n      operationId: accountList\n      summary: 보유계좌 조회\n      description: Lists accounts.\n`,
    message: "accountList has no x-confidence: say high, medium or low",
  },
  {
    rule: "an operation without a source",
    from: "post:\n      operationId: accountList\n      summary: 보유계좌 조회\n      description: Lists accounts.\n      x-confidence: high\n      x-source: [codef-io/codef-java]\n",
    to: `${mark}post:\n      operationId: accountList\n      summary: 보유계좌 조회\n      description: Lists accounts.\n      x-confidence: high\n`,
    message: "accountList has no x-source: list where the facts come from",
  },
  {
    rule: "an operation of which nobody says whether it may be repeated",
    from: "x-retry: safe\npaths:\n  /v1/accounts:\n    post:",
    to: `paths:\n  /v1/accounts:\n    ${mark}post:`,
    message: "accountList has no x-retry: say safe or never here, or once for the document",
  },
  {
    rule: "an operation without a name",
    from: "post:\n      operationId: accountList\n",
    to: `${mark}post:\n`,
    message: "POST /v1/accounts has no operationId: name its function",
  },
  {
    rule: "an operation whose name is no identifier",
    from: "operationId: accountList",
    to: `operationId: ${mark}account-list`,
    message: 'operationId "account-list" must be a camel-case identifier',
  },
  {
    rule: "an operation whose name looks like a type",
    from: "operationId: accountList",
    to: `operationId: ${mark}AccountList`,
    message: 'operationId "AccountList" must be a camel-case identifier',
  },
  {
    rule: "an operation named by a reserved word",
    from: "operationId: accountList",
    to: `operationId: ${mark}delete`,
    message: "operationId delete is a reserved word: choose another",
  },
  {
    rule: "an operation named like the runtime's function",
    from: "operationId: accountList",
    to: `operationId: ${mark}callTwoWay`,
    message: "operationId callTwoWay is a reserved word: choose another",
  },
  {
    rule: "x-successor on an operation that is not deprecated",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      ${mark}x-successor: accountList\n`,
    message: "accountList is not deprecated: set deprecated: true, or take x-successor out",
  },
  {
    rule: "a deprecated operation without a successor",
    from: "post:\n      operationId: accountList\n",
    to: `${mark}post:\n      operationId: accountList\n      deprecated: true\n`,
    message: "accountList is deprecated: name what to call instead as x-successor",
  },
  {
    rule: "a successor that does not exist",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      deprecated: true\n      x-successor: ${mark}acountList\n`,
    message: 'there is no operation acountList; did you mean "accountList"?',
  },
  {
    rule: "an inline request",
    from: '{ application/json: { schema: { $ref: "#/components/schemas/AccountListRequest" } } }',
    to: `{ application/json: { schema: ${mark}{ allOf: [{ $ref: "#/components/schemas/AccountListRequest" }] } } }`,
    message: "the request body must be a $ref to a named schema: #/components/schemas/AccountListRequest",
  },
  {
    rule: "inline data",
    from: 'properties: { data: { $ref: "#/components/schemas/AccountListData" } }',
    to: `properties: { data: ${mark}{ title: 결과, allOf: [{ $ref: "#/components/schemas/AccountListData" }] } }`,
    message: "the data of the answer must be a $ref to a named schema: #/components/schemas/AccountListData",
  },
  {
    rule: "data that is one value",
    from: 'data: { $ref: "#/components/schemas/AccountListData" }',
    to: `data: ${mark}{ $ref: fields.yaml#/resAccount }, more: { $ref: "#/components/schemas/AccountListData" }`,
    message: "the data of the answer must be a $ref to a named schema: #/components/schemas/AccountListData",
  },
  {
    rule: "an answer of which only the envelope is described",
    from: '                $ref: blocks.yaml#/Envelope\n                properties: { data: { $ref: "#/components/schemas/AccountListData" } }',
    to: `                ${mark}$ref: blocks.yaml#/Envelope\n                properties: { more: { $ref: "#/components/schemas/AccountListData" } }`,
    message: "the answer has no data: say what stands in it, as a $ref to AccountListData",
  },
  {
    rule: "a field without a title",
    from: "connectedId: { title: 커넥티드아이디, type: string }",
    to: `${mark}connectedId: { type: string }`,
    message: "the field connectedId has no title: give its Korean label",
  },
  {
    rule: "a field of a dictionary without a title",
    file: "fields.yaml",
    to: `${mark}resName: { type: string }\n`,
    message: "the field resName has no title: give its Korean label",
  },
  {
    rule: "a nested field without a title",
    from: "{ $ref: fields.yaml#/resAccount }",
    to: `{ title: 계좌, type: array, items: { type: object, properties: { ${mark}resName: { type: string } } } }`,
    message: "the field resName has no title: give its Korean label",
  },
  {
    rule: "required that names an unknown field",
    from: "required: [connectedId]",
    to: `required: [connectedId, ${mark}organisation]`,
    message: 'required names "organisation", which is no field here; did you mean "organization"?',
  },
  {
    rule: "an unknown domain of organizations",
    from: "x-organization: bank",
    to: `x-organization: ${mark}bnk`,
    message: 'organizations.yaml has no domain "bnk"; did you mean "bank"?',
  },
  {
    rule: "an unknown domain in a list",
    from: "x-organization: bank",
    to: `x-organization: [bank, ${mark}card]`,
    message: 'organizations.yaml has no domain "card"',
  },
  {
    rule: "an organization without quotes",
    file: "organizations.yaml",
    from: '"0004"',
    to: `${mark}0004`,
    message: 'the code 0004 must be text: write "0004"',
  },
  {
    rule: "an organization without a name",
    file: "organizations.yaml",
    from: '"0004": { name: KB국민은행 }',
    to: `${mark}"0004": {}`,
    message: "the organization 0004 has no name",
  },
  {
    rule: "a domain without a title",
    file: "organizations.yaml",
    from: "bank: { title: 은행, ",
    to: `${mark}bank: { `,
    message: "the domain bank has no title",
  },
  {
    rule: "a result code without a meaning",
    file: "result-codes.yaml",
    to: `${mark}CF-00001: { group: request, advice: retry }\n`,
    message: "the result code CF-00001 has no meaning",
  },
  {
    rule: "a result code without advice",
    file: "result-codes.yaml",
    to: `${mark}CF-00001: { meaning: 오류, group: request }\n`,
    message: "the result code CF-00001 has no advice",
  },
  {
    rule: "a misspelt advice",
    file: "result-codes.yaml",
    to: `CF-00001: { meaning: 오류, group: request, advice: ${mark}cooldown }\n`,
    message: 'the advice "cooldown" is not known; did you mean "cool-down"?',
  },
  {
    rule: "an advice far from any known one",
    file: "result-codes.yaml",
    to: `CF-00001: { meaning: 오류, group: request, advice: ${mark}panic-and-run }\n`,
    message:
      'the advice "panic-and-run" is not known; choose from success, continue, empty, retry, cool-down, limit, ask-user, re-register, fix-request, apply, environment, renew-token, unavailable, check-outcome, report',
  },
  {
    rule: "추가인증 where the document says safe",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      ${mark}x-two-way: { smsAuthNo: { type: object, properties: {} } }\n`,
    message: "accountList may ask for 추가인증, so a repeat would ask the user again: say x-retry: never",
  },
  {
    rule: "추가인증 where the operation says safe",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      x-retry: ${mark}safe\n      x-two-way: { smsAuthNo: { type: object, properties: {} } }\n`,
    message: "accountList may ask for 추가인증, so a repeat would ask the user again: say x-retry: never",
  },
  {
    rule: "a page that is not sent",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      x-paging: { next: resAccount, more: resAccount, page: ${mark}conectedId }\n`,
    message: 'x-paging names "conectedId", which is no field of the input; did you mean "connectedId"?',
  },
  {
    rule: "a next page that does not come back",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      x-paging: { next: ${mark}resAcount, more: resAccount, page: connectedId }\n`,
    message: 'x-paging names "resAcount", which is no field of the data of the answer; did you mean "resAccount"?',
  },
  {
    rule: "more pages that nobody announces",
    from: "x-confidence: high\n",
    to: `x-confidence: high\n      x-paging: { next: resAccount, more: ${mark}connectedId, page: connectedId }\n`,
    message: 'x-paging names "connectedId", which is no field of the data of the answer',
  },
  {
    rule: "pages of an operation with 추가인증",
    from: "x-confidence: high\n",
    to: `x-confidence: high
      x-retry: never
      x-two-way: { smsAuthNo: { type: object, properties: {} } }
      ${mark}x-paging: { next: resAccount, more: resAccount, page: connectedId }\n`,
    message: "x-paging cannot stand beside x-two-way: take one of them out",
  },
  {
    rule: "two branches with the same constants",
    ...branches(`- ${kind("1")}`, `- ${mark}${kind("1", ", more: { title: 더, type: string }")}`),
    message: "no constant tells number 2 from number 1: give both a field with a const of its own",
  },
  {
    rule: "a branch whose constants are some of another's",
    ...branches(
      `- ${kind("1", ", sub: { title: 하위, type: string, const: a }")}`,
      `- ${kind("2")}`,
      `- ${mark}${kind("1")}`,
    ),
    message: "no constant tells number 3 from number 1: give both a field with a const of its own",
  },
  {
    rule: "a branch without constants",
    ...branches(`- ${kind("1")}`, `- ${mark}{ $ref: "#/components/schemas/AccountListData" }`),
    message: "no constant tells AccountListData from number 1: give both a field with a const of its own",
  },
  {
    rule: "a field beside the oneOf that a branch has, too",
    from: "      properties:\n        connectedId: { title: 커넥티드아이디",
    to: `      oneOf: [${kind("1")}, ${kind("2", ", connectedId: { title: 아이디, type: string }")}]
      properties:\n        ${mark}connectedId: { title: 커넥티드아이디`,
    message: "connectedId stands beside the oneOf and in its branch number 2: take one of the two out",
  },
  {
    rule: "a field beside the oneOf of a block",
    from: "      properties:\n        connectedId: { title: 커넥티드아이디",
    to: `      allOf: [{ type: object, oneOf: [${kind("1", ", connectedId: { title: 아이디, type: string }")}, ${kind("2")}] }]
      properties:\n        ${mark}connectedId: { title: 커넥티드아이디`,
    message: "connectedId stands beside the oneOf and in its branch number 1: take one of the two out",
  },
  {
    rule: "a oneOf in a list of a request",
    from: "        organization: { title: 기관코드",
    to: `        list: { title: 목록, type: array, items: { type: object, oneOf: [${kind("1")}, ${mark}${kind("1")}] } }
        organization: { title: 기관코드`,
    message: "no constant tells number 2 from number 1: give both a field with a const of its own",
  },
  {
    rule: "a oneOf in a branch",
    ...branches(
      `- ${kind("1")}`,
      `- ${mark}{ type: object, properties: { kind: { title: 종류, type: string, const: "2" } }, oneOf: [{ type: string }] }`,
    ),
    message: "number 2 is a branch with a oneOf of its own: write its branches out here",
  },
  {
    rule: "a default that nobody fills in",
    ...branches(
      `- ${kind("1")}`,
      `- { type: object, required: [sub], properties: { kind: { title: 종류, type: string, const: "2" }, ${mark}sub: { title: 하위, type: string, default: a } } }`,
    ),
    message: "sub is required and has a default, which nobody fills in in a branch: take one of the two out",
  },
  {
    rule: "two oneOf in one request",
    from: "    AccountListRequest:\n      title: 보유계좌 조회 요청\n",
    to: `    AccountListRequest:
      title: 보유계좌 조회 요청
      ${mark}oneOf: [${kind("1")}, ${kind("2")}]
      allOf: [{ type: object, oneOf: [${kind("3")}, ${kind("4")}] }]\n`,
    message: "another oneOf comes in by an allOf or $ref, and only one can hold: write the branches of both here",
  },
];

test("sound specs have no findings", () => {
  expect(problemsOf(specTexts())).toEqual([]);
});

describe("finds", () => {
  test.each(cases)("$rule", (example) => {
    const { problems, expected } = outcomeOf(codef, example);
    expect(problems).toContain(expected);
  });
});

test("says nothing else about an edit that breaks one rule", () => {
  const alone = cases.filter(({ rule }) => rule !== "data that is one value");
  const noisy = alone.filter((example) => outcomeOf(codef, example).problems.length !== 1);
  expect(noisy.map(({ rule }) => rule)).toEqual([]);
});

test("an operationId is unique in its document", () => {
  const twice = sound["bank.yaml"].replace(
    /(\n {2}\/v1\/accounts:[\s\S]*)(?=components:)/,
    (operation) => operation + operation.replace("/v1/accounts", "/v1/more").slice(1),
  );
  expect(problemsOf(specTexts({ "bank.yaml": twice }))).toEqual([
    "specs/codef/bank.yaml:23:20: operationId accountList is taken by specs/codef/bank.yaml:7: choose another",
  ]);
});

test("a route is described once in a provider, and other documents may use the same operationId", () => {
  expect(problemsOf(specTexts({ "card.yaml": sound["bank.yaml"] ?? "" }))).toEqual([
    "specs/codef/card.yaml:6:5: POST /v1/accounts is described at specs/codef/bank.yaml:6 already: keep one",
  ]);
});

test("an answer needs a schema", () => {
  const [head = "", tail = ""] = sound["bank.yaml"].split(/ {10}content:[\s\S]*?(?=components:)/);
  expect(problemsOf(specTexts({ "bank.yaml": head + tail }))).toEqual([
    "specs/codef/bank.yaml:6:5: accountList has no schema for its answer: describe the 200 response",
    "specs/codef/bank.yaml:25:5: nothing refers to the schema AccountListData: use it or take it out",
  ]);
});

test("the function that asks for page after page has its name for itself", () => {
  const bank = sound["bank.yaml"]
    .replace(
      "      x-confidence: high\n",
      "      x-confidence: high\n      x-paging: { next: resAccount, more: resAccount, page: connectedId }\n",
    )
    .replace(
      /(\n {2}\/v1\/accounts:[\s\S]*)(?=components:)/,
      (operation) =>
        operation +
        operation.replace("/v1/accounts", "/v1/more").replace("Id: accountList", "Id: accountListPages").slice(1),
    );
  expect(problemsOf(specTexts({ "bank.yaml": bank }))).toEqual([
    "specs/codef/bank.yaml:24:20: operationId accountListPages is generated for accountList, which has x-paging: choose another",
  ]);
});

test("a parameter can be the page", () => {
  const bank = sound["bank.yaml"].replace(
    "      x-confidence: high\n",
    `      x-confidence: high
      x-paging: { next: resAccount, more: resAccount, page: pageNo }
      parameters: [{ name: pageNo, in: query, schema: { title: 쪽, type: integer } }]\n`,
  );
  expect(problemsOf(specTexts({ "bank.yaml": bank }))).toEqual([]);
});

test("branches of an answer, and of one value, need no constants", () => {
  const bank = sound["bank.yaml"]
    .replace(
      "{ $ref: fields.yaml#/resAccount }",
      "{ title: 가, oneOf: [{ type: object, properties: {} }, { type: object }] }",
    )
    .replace("커넥티드아이디, type: string", "커넥티드아이디, oneOf: [{ type: string }, { type: integer }]");
  expect(problemsOf(specTexts({ "bank.yaml": bank }))).toEqual([]);
});

test("the words of advice are those that specs/README.md explains", () => {
  const readme = readFileSync(new URL("../../specs/README.md", import.meta.url), "utf8");
  const [table = ""] = readme.split(/\| advice +\|/)[1]?.split("\n## ") ?? [];
  const words = [...table.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, word]) => word);
  const codes = words.map((word, index) => `CF-0000${index}: { meaning: 뜻, group: success, advice: ${word} }\n`);
  expect(problemsOf(specTexts({ "result-codes.yaml": codes.join("") }))).toEqual([]);
  const [unknown] = problemsOf(
    specTexts({ "result-codes.yaml": "CF-1: { meaning: 뜻, group: g, advice: zzzzzzzzzz }\n" }),
  );
  expect(unknown).toMatch(new RegExp(`choose from ${words.join(", ")}$`));
});

test("a part of an allOf may require what another part has", () => {
  const whole = `      allOf: [{ required: [connectedId, organization] }]\n      required: [connectedId]`;
  const text = sound["bank.yaml"].replace("      required: [connectedId]", whole);
  expect(problemsOf(specTexts({ "bank.yaml": text }))).toEqual([]);
});

test("extension-like names of fields and examples are the provider's own", () => {
  const text = sound["bank.yaml"].replace(
    "connectedId: { title: 커넥티드아이디, type: string }",
    "connectedId: { title: 커넥티드아이디, type: string, examples: [{ x-own: 1 }] }\n        x-other: { title: 다른, type: string }",
  );
  expect(problemsOf(specTexts({ "bank.yaml": text }))).toEqual([]);
});

test("findings come in reading order, whatever the order of the files", () => {
  const files = {
    "fields.yaml": "resAccount: { type: string }\n",
    "blocks.yaml": "Envelope: { properties: { data: {} } }\n",
  };
  const places = problemsOf(specTexts(files)).map((line) => line.replace(/: .*/, ""));
  expect(places).toEqual(["specs/codef/bank.yaml:34:9", "specs/codef/blocks.yaml:1:27", "specs/codef/fields.yaml:1:1"]);
  expect(problemsOf(specTexts(files).reverse())).toEqual(problemsOf(specTexts(files)));
});
