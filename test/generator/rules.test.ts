import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf, type SoundSpecs } from "./edit.js";
import { problemsOf, sound, textsOf } from "./fixture.js";
import { kis, openbanking, woori } from "./provider-specs.js";

const codef: SoundSpecs = { provider: "codef", files: sound, main: "bank.yaml" };

const prices = "x-tr-id: { real: FHK01, mock: FHK01 }\n";
const walk = "x-paging: { style: walk, list: output, back: { TO: day }, until: FROM }";
const key = "x-paging: { style: key, keys: { KEY: output.index_key }, set: { KIND: P } }";

const cases: [SoundSpecs, Case[]][] = [
  [
    kis,
    [
      {
        rule: "a data schema that is not there beside the envelope",
        from: '{ allOf: [{ $ref: blocks.yaml#/Envelope }, { $ref: "#/components/schemas/ChartData" }] }',
        to: `${mark}{ allOf: [{ $ref: blocks.yaml#/Envelope }, { $ref: "#/components/schemas/ChartData" }], properties: { more: { title: 더, type: string } } }`,
        message: "the answer must be allOf the block Envelope and one $ref to ChartData, with nothing beside them",
      },
      {
        rule: "inline data beside the envelope",
        from: '{ allOf: [{ $ref: blocks.yaml#/Envelope }, { $ref: "#/components/schemas/ChartData" }] }',
        to: `{ allOf: [{ $ref: blocks.yaml#/Envelope }, ${mark}{ allOf: [{ $ref: "#/components/schemas/ChartData" }] }] }`,
        message: "the data of the answer must be a $ref to a named schema: #/components/schemas/ChartData",
      },
      {
        rule: "a tr_id without the envelope",
        from: '      x-tr-id: { real: CTC01 }\n      x-paging: { style: header-key }\n      \n      responses: { "200": { description: 결과, content: { application/json: { schema: { allOf: [{ $ref: blocks.yaml#/Envelope }, { $ref: "#/components/schemas/HolidaysData" }] } } } } }',
        to: `      ${mark}x-tr-id: { real: CTC01 }\n      responses: { "200": { description: 결과, content: { application/json: { schema: { $ref: "#/components/schemas/HolidaysData" } } } } }`,
        message:
          "holidays has a tr_id, so its answer has the envelope around it: allOf the block Envelope and the data",
      },
      {
        rule: "an unknown key of x-tr-id",
        from: prices,
        to: `x-tr-id: { real: FHK01, ${mark}mok: FHK01 }\n`,
        message: 'x-tr-id has no key mok; did you mean "mock"?',
      },
      {
        rule: "x-tr-id without real",
        from: prices,
        to: `${mark}x-tr-id: { mock: FHK01 }\n`,
        message: "x-tr-id has no real: say the tr_id",
      },
      {
        rule: "a tr_id that is no text",
        from: prices,
        to: `x-tr-id: { real: ${mark}1 }\n`,
        message: "x-tr-id: real must be a tr_id, or a map action → tr_id",
      },
      {
        rule: "x-tr-id that is no map",
        from: prices,
        to: `x-tr-id: ${mark}FHK01\n`,
        message: "x-tr-id must be a map",
      },
      {
        rule: "an action that only the mock host has",
        from: "mock: { usBuy: VTTT1002U, usSell: VTTT1001U }",
        to: `mock: { usBuy: VTTT1002U, ${mark}usSel: VTTT1001U }`,
        message: 'x-tr-id: mock has no key usSel; did you mean "usSell"?',
      },
      {
        rule: "an action that only the old names have",
        from: "legacy: { usBuy: JTTT1002U }",
        to: `legacy: { ${mark}night: JTTT1002U }`,
        message: "x-tr-id: legacy has no key night",
      },
      {
        rule: "one tr_id where real has several",
        from: "mock: { usBuy: VTTT1002U, usSell: VTTT1001U }",
        to: `mock: ${mark}VTTT1002U`,
        message: "x-tr-id: mock and real do not have the same actions: say for which of them",
      },
      {
        rule: "several tr_id where real has one",
        from: prices,
        to: `x-tr-id: { real: FHK01, mock: ${mark}{ a: FHK01 } }\n`,
        message: "x-tr-id: mock and real do not have the same actions: give it one tr_id, or real several",
      },
      {
        rule: "a condition of an action that is not there",
        from: "hkBuy: { EXCG: [SEHK] } }",
        to: `${mark}hkBuyy: { EXCG: [SEHK] } }`,
        message: 'x-tr-id: when has no key hkBuyy; did you mean "hkBuy"?',
      },
      {
        rule: "a condition on a field that is not there",
        from: "hkBuy: { EXCG: [SEHK] } }",
        to: `hkBuy: { ${mark}EXCH: [SEHK] } }`,
        message: 'x-tr-id names "EXCH", which is no field of the input; did you mean "EXCG"?',
      },
      {
        rule: "a condition with a code that is not there",
        from: "hkBuy: { EXCG: [SEHK] } }",
        to: `hkBuy: { EXCG: [${mark}SEHH] } }`,
        message: 'x-tr-id: EXCG has no code "SEHH"; did you mean "SEHK"?',
      },
      {
        rule: "a condition that is no list",
        from: "hkBuy: { EXCG: [SEHK] } }",
        to: `hkBuy: { EXCG: ${mark}SEHK } }`,
        message: "x-tr-id: the values of EXCG must be a list of texts with at least one in it",
      },
      {
        rule: "conditions without actions",
        from: prices,
        to: `x-tr-id: { real: FHK01, when: ${mark}{ buy: { CODE: ["1"] } } }\n`,
        message: "x-tr-id: when must be a map action → fields, beside a real with actions",
      },
      {
        rule: "a field that is called like the generated action",
        from: "PDNO: { title: 상품번호,",
        to: `${mark}action: { title: 구분, type: string }\n        PDNO: { title: 상품번호,`,
        message: "the field action is generated for order, so no field can have this name",
      },
      {
        rule: "a field that is called like the generated account",
        from: "PDNO: { title: 상품번호,",
        to: `${mark}account: { title: 계좌, type: string }\n        PDNO: { title: 상품번호,`,
        message: "the field account is generated for order, so no field can have this name",
      },
      {
        rule: "a style of pages that does not exist",
        from: walk,
        to: `x-paging: { style: ${mark}wak, list: output, back: { TO: day } }`,
        message: 'x-paging has no style "wak"; did you mean "walk"?',
      },
      {
        rule: "a style far from any",
        from: walk,
        to: `x-paging: { style: ${mark}by-number }`,
        message: 'x-paging has no style "by-number"; choose from page, page-number, cursor, header-key, key, walk',
      },
      {
        rule: "a key that a style does not have",
        from: walk,
        to: walk.replace("until", `${mark}untill`),
        message: 'x-paging has no key untill; did you mean "until"?',
      },
      {
        rule: "a key that a style needs",
        from: walk,
        to: `${mark}x-paging: { style: walk, list: output }`,
        message: "x-paging of style walk has no back",
      },
      {
        rule: "a key with a value that means nothing",
        from: key,
        to: key.replace("{ KIND: P }", `${mark}{ KIND: 1 }`),
        message: "x-paging: set must be a map field → text",
      },
      {
        rule: "a key that names no field",
        from: walk,
        to: walk.replace("list: output", `list: ${mark}[output]`),
        message: "x-paging: list must name a field",
      },
      {
        rule: "a field that is sent for the next page and is not there",
        from: key,
        to: key.replace("KEY:", `${mark}KEYY:`),
        message: 'x-paging names "KEYY", which is no field of the input; did you mean "KEY"?',
      },
      {
        rule: "a field that changes with the next page and is not there",
        from: key,
        to: key.replace("KIND: P", `${mark}KID: P`),
        message: 'x-paging names "KID", which is no field of the input; did you mean "KIND"?',
      },
      {
        rule: "a path into the answer that ends nowhere",
        from: key,
        to: key.replace("output.index_key", `${mark}output.index_kye`),
        message:
          'x-paging names "output.index_kye", which is no field of the data of the answer; did you mean "index_key"?',
      },
      {
        rule: "a path into the answer that begins nowhere",
        from: key,
        to: key.replace("output.index_key", `${mark}output1.index_key`),
        message:
          'x-paging names "output1.index_key", which is no field of the data of the answer; did you mean "output"?',
      },
      {
        rule: "a list that is not there",
        from: walk,
        to: walk.replace("list: output", `list: ${mark}outptu`),
        message: 'x-paging names "outptu", which is no field of the data of the answer; did you mean "output"?',
      },
      {
        rule: "a walk along what is no list",
        from: key,
        to: `x-paging: { style: walk, list: ${mark}output, back: { KEY: index_key } }`,
        message: 'x-paging walks along "output", which is no list',
      },
      {
        rule: "a field of the items that is not there",
        from: walk,
        to: walk.replace("TO: day", `TO: ${mark}date`),
        message: 'x-paging names "date", which is no field of the items of its list; did you mean "day"?',
      },
      {
        rule: "the end of a walk in a field that is not there",
        from: walk,
        to: walk.replace("until: FROM", `until: ${mark}FORM`),
        message: 'x-paging names "FORM", which is no field of the input; did you mean "FROM"?',
      },
      {
        rule: "a look-up that does not exist",
        from: "x-settled-by: stock/prices",
        to: `x-settled-by: ${mark}stock/price`,
        message: 'there is no operation stock/price; did you mean "stock/prices"?',
      },
      {
        rule: "a look-up that is no text",
        from: "x-settled-by: stock/prices",
        to: `x-settled-by: ${mark}[stock/prices]`,
        message: "x-settled-by must be module/operationId",
      },
      {
        rule: "a look-up of what may be repeated",
        from: prices,
        to: `${prices}      ${mark}x-settled-by: stock/chart\n`,
        message: "prices may be repeated, so nobody has to look it up: say x-retry: never, or take this out",
      },
      {
        rule: "a word that the client does not know",
        file: "blocks.yaml",
        from: "maxLength: 8, x-from: account",
        to: `maxLength: 8, x-from: ${mark}acount`,
        message: 'x-from must be one of account, htsId, appKey, appSecret, token; did you mean "account"?',
      },
      {
        rule: "what the client fills in and a default",
        from: "appkey: { title: 앱키, type: string, x-from: appKey, x-sensitive: true }",
        to: `appkey: { title: 앱키, type: string, default: "", ${mark}x-from: appKey, x-sensitive: true }`,
        message: "x-from and a default would both fill this in: take one of them out",
      },
      {
        rule: "a default beside a ref to what the client fills in",
        from: "    EXCG: { title: 거래소,",
        to: `    CANO: { $ref: "blocks.yaml#/AccountNumber/properties/CANO", ${mark}default: "1" }\n        EXCG: { title: 거래소,`,
        message: "x-from and a default would both fill this in: take one of them out",
      },
      {
        rule: "another name that a field beside it has",
        from: "ctx_area_fk: { title: 연속조회, type: string }",
        to: `${mark}ctx_area_fk: { title: 연속조회, type: string, x-also: [OUTPUT] }`,
        message: 'x-also of ctx_area_fk: "OUTPUT" is the name of output, too: take it out',
      },
      {
        rule: "another name that is the other name of a field beside it",
        from: "ctx_area_fk: { title: 연속조회, type: string }\n        output:",
        to: `ctx_area_fk: { title: 연속조회, type: string, x-also: [Output1] }\n        ${mark}output:`,
        message: 'x-also of output: "output1" is the name of ctx_area_fk, too: take it out',
      },
      {
        rule: "another name that is the field's own",
        from: "prpr: { title: 현재가, type: string, x-also: [stck_prpr] }",
        to: `${mark}prpr: { title: 현재가, type: string, x-also: [prpr] }`,
        message: 'x-also of prpr: "prpr" is its own name already: take it out',
      },
      {
        rule: "other names that are no list",
        from: "x-also: [stck_prpr]",
        to: `x-also: ${mark}stck_prpr`,
        message: "x-also must be a list of texts with at least one in it",
      },
      {
        rule: "a decimal that is a number",
        from: "ORD_QTY: { title: 주문수량, type: string, format: decimal }",
        to: `ORD_QTY: { title: 주문수량, type: number, format: ${mark}decimal }`,
        message: "format: decimal does not belong on type number, but on a string",
      },
      {
        rule: "a type that JSON Schema does not have",
        from: "ORD_QTY: { title: 주문수량, type: string, format: decimal }",
        to: `ORD_QTY: { title: 주문수량, type: ${mark}strin }`,
        message: '"strin" is no type of JSON Schema; did you mean "string"?',
      },
      {
        rule: "a format that nobody knows",
        from: "ORD_QTY: { title: 주문수량, type: string, format: decimal }",
        to: `ORD_QTY: { title: 주문수량, type: string, format: ${mark}decimals }`,
        message: '"decimals" is no format that kofin knows; did you mean "decimal"?',
      },
      {
        rule: "the shape of a list on an object",
        from: "{ title: 머리, type: object, x-shape: one,",
        to: `{ title: 머리, type: object, ${mark}x-shape: one-or-many,`,
        message: "x-shape does not belong on type object, but on an array field",
      },
      {
        rule: "the shape of an object on a list",
        from: "x-shape: one-or-many",
        to: `${mark}x-shape: one`,
        message: "x-shape does not belong on type array, but on an object field",
      },
      {
        rule: "a shape that does not exist",
        from: "x-shape: one-or-many",
        to: `x-shape: ${mark}one-or-may`,
        message: 'x-shape must be one-or-many or one; did you mean "one-or-many"?',
      },
      {
        rule: "a notation that is no text",
        from: "x-spec: AN(12)",
        to: `x-spec: ${mark}12`,
        message: "x-spec must be the provider's notation of the type",
      },
      {
        rule: "a token by scope where there is one kind of token",
        from: "x-retry: never\n      x-auth: none",
        to: `x-retry: never\n      x-auth: ${mark}{ user: inquiry }`,
        message: "x-auth must be none, or left out: the client has one kind of token",
      },
      {
        rule: "a parameter beside the query in one object",
        from: "      x-tr-id: { real: CTC01 }\n",
        to: `      x-tr-id: { real: CTC01 }
      parameters:
        - { name: query, in: query, schema: { $ref: "#/components/schemas/ChartRequest" } }
        - ${mark}{ name: page, in: query, schema: { title: 쪽, type: string } }\n`,
        message: "the query is described by one object already: put page into it",
      },
      {
        rule: "a query in one object that is not exploded",
        from: '{ name: query, in: query, style: form, explode: true, required: true, schema: { $ref: "#/components/schemas/TicksRequest" } }',
        to: `${mark}{ name: query, in: query, style: deepObject, schema: { $ref: "#/components/schemas/TicksRequest" } }`,
        message: "each field of the object is a parameter: say style: form and explode: true, or neither",
      },
      {
        rule: "a query in one object and a body",
        from: 'parameters: [{ name: query, in: query, style: form, explode: true, required: true, schema: { $ref: "#/components/schemas/TicksRequest" } }]',
        to: `parameters: [{ name: query, in: query, schema: { $ref: "#/components/schemas/TicksRequest" } }]
      ${mark}requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ChartRequest" } } } }`,
        message: "a query in one object is the whole request: take the body out",
      },
      {
        rule: "a query in one object of a post",
        from: "parameters: [{ name: appkey, in: header, schema: { title: 앱키, type: string, x-from: appKey } }]",
        to: `parameters: [${mark}{ name: query, in: query, schema: { $ref: "#/components/schemas/ChartRequest" } }]`,
        message: "only a get has a query in one object: describe the body of this post",
      },
      {
        rule: "an inline query",
        from: 'schema: { $ref: "#/components/schemas/ChartRequest" }',
        to: `schema: ${mark}{ allOf: [{ $ref: "#/components/schemas/ChartRequest" }] }`,
        message: "the query must be a $ref to a named schema: #/components/schemas/ChartRequest",
      },
    ],
  ],
  [
    openbanking,
    [
      {
        rule: "a scope that no user's token has",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ user: inquery }`,
        message:
          'x-auth must have under user login, inquiry, transfer, cardinfo, fintechinfo, insuinfo, loaninfo; did you mean "inquiry"?',
      },
      {
        rule: "a scope that no user's token has, among others",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ user: [insuinfo, loan] }`,
        message:
          'x-auth must have under user login, inquiry, transfer, cardinfo, fintechinfo, insuinfo, loaninfo; did you mean "login"?',
      },
      {
        rule: "no scope among several",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ user: [] }`,
        message: "x-auth must have a scope, or a list of scopes, under user",
      },
      {
        rule: "a scope that no institution's token has",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ user: inquiry, institution: [sb] }`,
        message: 'x-auth must have under institution oob, sa; did you mean "sa"?',
      },
      {
        rule: "a scope outside of a list",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ institution: sa }`,
        message: "x-auth must have a list of scopes under institution",
      },
      {
        rule: "a kind of token that does not exist",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{ usr: inquiry }`,
        message: 'x-auth has no key usr; did you mean "user"?',
      },
      {
        rule: "no token, and nothing said of it",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `x-auth: ${mark}{}`,
        message: "x-auth must be none, or a map with user, institution or both",
      },
      {
        rule: "a code of another table without quotes",
        file: "bank-result-codes.yaml",
        to: `${mark}400: { meaning: 오류, group: bank, advice: report }\n`,
        message: 'the code 400 must be text: write "400"',
      },
      {
        rule: "advice of another table that does not exist",
        file: "bank-result-codes.yaml",
        to: `"400": { meaning: 오류, group: bank, advice: ${mark}reprot }\n`,
        message: 'the advice "reprot" is not known; did you mean "report"?',
      },
      {
        rule: "x-tr-id where operations have none",
        from: "x-auth: { user: inquiry, institution: [sa, oob] }",
        to: `${mark}x-tr-id: { real: A }`,
        message: "x-tr-id does not belong here: the operations of openbanking have none",
      },
      {
        rule: "what the client fills in in a branch",
        from: "code: { title: 코드, type: string } }",
        to: `${mark}code: { title: 코드, type: string, x-from: accessToken } }`,
        message: "the client fills nothing in in a branch: take x-from of code out, or move it beside",
      },
    ],
  ],
  [
    woori,
    [
      {
        rule: "a request without its envelope",
        from: '{ $ref: blocks.yaml#/Request, properties: { dataBody: { $ref: "#/components/schemas/BalanceRequest" } } }',
        to: `${mark}{ $ref: "#/components/schemas/BalanceRequest" }`,
        message: "the request has no dataBody: say what stands in it, as a $ref to BalanceRequest",
      },
      {
        rule: "an inline part of a request",
        from: 'dataBody: { $ref: "#/components/schemas/LimitRequest" }',
        to: `dataBody: ${mark}{ title: 본문, allOf: [{ $ref: "#/components/schemas/LimitRequest" }] }`,
        message: "the dataBody of the request must be a $ref to a named schema: #/components/schemas/LimitRequest",
      },
    ],
  ],
  [
    codef,
    [
      {
        rule: "x-from where the client fills nothing in",
        from: "connectedId: { title: 커넥티드아이디, type: string }",
        to: `connectedId: { title: 커넥티드아이디, type: string, x-from: ${mark}connectedId }`,
        message: "x-from does not belong here: the client Codef fills nothing in",
      },
    ],
  ],
];

describe.each(cases.map(([specs, examples]) => ({ ...specs, examples })))("$provider", ({ examples, ...specs }) => {
  test("sound specs have no findings", () => {
    expect(problemsOf(textsOf(specs.files, specs.provider))).toEqual([]);
  });

  test.each(examples)("finds $rule, and nothing else", (example) => {
    const { problems, expected } = outcomeOf(specs, example);
    expect(problems).toEqual([expected]);
  });
});

/** An edit that puts in a word far from any. */
const unknownWord: Record<string, Pick<Case, "file" | "from" | "to">> = {
  kis: { file: "blocks.yaml", from: "maxLength: 8, x-from: account", to: "maxLength: 8, x-from: zzzzzzzzzzzz" },
  openbanking: { from: "x-from: tranDtime", to: "x-from: zzzzzzzzzzzz" },
  woori: { file: "blocks.yaml", from: "x-from: device", to: "x-from: zzzzzzzzzzzz" },
};

describe("specs/README.md", () => {
  const readme = readFileSync(new URL("../../specs/README.md", import.meta.url), "utf8");
  const sections = new Map(readme.split(/^#+ /m).map((text) => [text.slice(0, text.indexOf("\n")), text]));

  /** What is said about a spec with `key` where it does not belong. */
  const about = (key: string) =>
    outcomeOf(codef, { rule: key, from: "x-retry: safe\n", to: `x-retry: safe\n${mark}${key}: {}\n`, message: "" })
      .problems;

  test("its table has the extensions that the checker knows", () => {
    const keys = [...(sections.get("Extensions") ?? "").matchAll(/^\| `(x-[\w-]+)`/gm)].map(([, key = ""]) => key);
    expect(keys).toContain("x-tr-id");
    expect(keys.filter((key) => about(key).some((line) => line.includes("is no extension of kofin")))).toEqual([]);
  });

  test.each([kis, openbanking, woori])("it lists the words of x-from that the client of $provider knows", (specs) => {
    const [, row = ""] =
      new RegExp(`^\\| ${specs.provider} +\\|(.*)\\|$`, "m").exec(sections.get("What the client fills in") ?? "") ?? [];
    const words = [...row.matchAll(/`(\w+)`/g)].map(([, word]) => word);
    const { problems } = outcomeOf(specs, { rule: "", message: "", to: "", ...unknownWord[specs.provider] });
    expect(problems.join()).toContain(`x-from must be one of ${words.join(", ")}`);
  });
});
