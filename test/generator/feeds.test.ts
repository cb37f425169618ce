import { type Feed, loadTexts } from "kofin/generator";
import { beforeAll, describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf } from "./edit.js";
import { emitted } from "./emitted.js";
import { feedSpecs } from "./feed-specs.js";
import { declaration, problemsOf, sound, textsOf } from "./fixture.js";

const texts = () => textsOf(feedSpecs.files, "kis");

describe("the model", () => {
  const [provider] = loadTexts(texts());
  const feeds = provider?.documents.flatMap((document) => document.feeds) ?? [];

  function find(id: string): Feed {
    const found = feeds.find((feed) => feed.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  }

  test("feeds come by document, in the order of the spec, and are no operations", () => {
    expect(feeds.map(({ module, id }) => `${module}.${id}`)).toEqual([
      ...["live-own.notice", "live-stock.trade", "live-stock.nightTrade", "live-stock.longTrade"],
    ]);
    expect(provider?.documents.flatMap(({ operations }) => operations)).toEqual([]);
  });

  test("a feed says all that the spec says", () => {
    expect(find("notice")).toMatchObject({
      provider: "kis",
      module: "live-own",
      trId: { real: "OWN01", mock: "OWN91" },
      key: "htsId",
      keySchema: { title: "HTS ID", "x-from": "htsId" },
      keyColumn: "USER",
      encrypted: true,
      summary: "실시간체결통보",
      description: "What becomes of orders.",
      confidence: "high",
      sources: ["official"],
      at: { file: "specs/kis/live-own.yaml", line: 5, column: 5 },
    });
    expect(find("longTrade")).toMatchObject({ encrypted: false, trId: { real: "LIVE03" } });
    expect(find("longTrade")).not.toHaveProperty("keyColumn");
  });

  test("columns are the fields of the record in their order, and every one is there", () => {
    const { columns, record } = find("trade");
    expect(columns).toEqual(["TIME", "CODE", "SIGN", "PRICE"]);
    expect(record).toMatchObject({ "x-name": "Trade", required: columns });
    expect(record.properties?.SIGN).toMatchObject({ title: "부호", "x-codes": { "2": "상승" } });
  });

  test("a longer record begins with the columns of what it is built from", () => {
    const { columns, record } = find("longTrade");
    expect(columns).toEqual(["TIME", "CODE", "SIGN", "PRICE", "MIDDLE"]);
    expect(record).toMatchObject({ "x-name": "LongTrade", title: "긴 체결", required: columns });
    expect(record.properties?.PRICE?.title).toBe("체결가");
  });
});

describe("generated code", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(texts());
  });
  const module = () => files.get("kis/live-stock.ts") ?? "";
  const own = () => files.get("kis/live-own.ts") ?? "";

  test("a module and its types for each document, one module and the codes for all", () => {
    expect([...files.keys()].sort()).toEqual([
      ...["README.md", "kis/catalogue.ts", "kis/live-own.ts", "kis/live-own.types.ts", "kis/live-stock.ts"],
      ...["kis/live-stock.types.ts", "kis/realtime.codes.ts", "kis/realtime.ts"],
    ]);
  });

  test("a function hands its feed and the key to the runtime", () => {
    expect(
      declaration(module(), "export function trade"),
    ).toBe(`export function trade(kis: Kis, code: string, options?: FeedOptions): Subscription<Trade> {
  return listen(kis, tradeFeed, code, options);
}`);
    expect(declaration(module(), "const tradeFeed")).toBe(`const tradeFeed: Feed<Trade> = {
  id: "live-stock.trade",
  trId: { real: "LIVE01", mock: "LIVE01" },
  key: "stockCode",
  keyColumn: 1,
  columns: 4,
  read: readTrade,
};`);
    expect(declaration(module(), "const longTradeFeed")).not.toMatch(/mock|keyColumn|encrypted/);
  });

  test("feeds with the same record have one reader", () => {
    expect(module().match(/^function \w+/gm)).toEqual(["function readTrade", "function readLongTrade"]);
    expect(declaration(module(), "const nightTradeFeed")).toContain("read: readTrade,");
    expect(
      declaration(module(), "function readTrade"),
    ).toBe(`function readTrade(values: readonly string[], at: number): Trade {
  return {
    TIME: values[at] ?? "",
    CODE: values[at + 1] ?? "",
    SIGN: values[at + 2] ?? "",
    PRICE: values[at + 3] ?? "",
  };
}`);
  });

  test("whose notices it is stands in the options", () => {
    expect(
      declaration(own(), "export function notice"),
    ).toBe(`export function notice(kis: Kis, options?: NoticeOptions): Subscription<Notice> {
  return listen(kis, noticeFeed, options?.htsId, options);
}`);
    expect(declaration(own(), "const noticeFeed")).toContain("encrypted: true,");
  });

  test("a module imports what it needs of the client and of the runtime of feeds", () => {
    expect(module()).toContain(`import type { Kis } from "../../runtime/kis/functions.js";
import { listen, type Feed, type FeedOptions, type Subscription } from "../../runtime/kis/realtime/index.js";
import type { LongTrade, Trade } from "./live-stock.types.js";

export type * from "./live-stock.types.js";
`);
    expect(own()).toContain("import { listen, type Feed, type NoticeOptions, type Subscription } from");
  });

  test("both come from where the user says", async () => {
    const elsewhere = (await emitted(texts(), "kofin/{provider}")).get("kis/live-stock.ts") ?? "";
    expect([...elsewhere.matchAll(/from "(kofin[^"]*)"/g)].map(([, from]) => from)).toEqual(["kofin/kis", "kofin/kis"]);
  });

  test("hovers show the name, the tr_id, what to ask by, and how far to trust it", () => {
    expect(module()).toContain(`/**
 * 실시간체결가. Every trade.
 *
 * tr_id \`LIVE01\` (mock, too) · known from official material or three independent sources
 *
 * @param code 종목코드. 6자리 (예 "005930")
 */`);
    expect(module()).toContain(" * @param symbol 심볼\n");
    expect(own()).toContain(
      " * tr_id `OWN01` (mock `OWN91`) · by HTS ID: `htsId` of the options, or of the client · arrives encrypted ·",
    );
  });

  test("a record has all its columns, with their labels and codes", () => {
    expect(declaration(files.get("kis/live-stock.types.ts") ?? "", "/** 체결 */")).toBe(`/** 체결 */
export interface Trade {
  /** 시간 · hhmmss · 예 "093015" */
  TIME: string;
  /** 종목코드 · 최대 9자 */
  CODE: string;
  /** 부호 · "2" 상승 · "5" 하락 */
  SIGN: "2" | "5" | (string & {});
  /** 현재가 */
  PRICE: string;
}`);
  });

  test("the module of all feeds gives every document on, and the codes once", () => {
    expect(files.get("kis/realtime.ts")?.split("\n").slice(1)).toEqual([
      "",
      'export * from "./live-own.js";',
      'export * from "./live-stock.js";',
      'export * from "./realtime.codes.js";',
      "",
    ]);
    expect(files.get("kis/realtime.codes.ts")?.match(/^export const \w+/gm)).toEqual(["export const signCodes"]);
  });

  test("the catalogue lists feeds apart", () => {
    expect(files.get("kis/catalogue.ts")).toContain(`export const feeds: readonly FeedEntry[] = [
  { module: "live-own", id: "notice", trId: "OWN01", summary: "실시간체결통보", mock: true },
  { module: "live-stock", id: "trade", trId: "LIVE01", summary: "실시간체결가", mock: true },
  { module: "live-stock", id: "nightTrade", trId: "LIVE02", summary: "야간 실시간체결가" },
`);
  });

  test("without feeds nothing is said of them", async () => {
    const plain = await emitted(textsOf(sound, "codef"));
    expect([...plain].filter(([path, text]) => path !== "README.md" && /feed|realtime/i.test(text))).toEqual([]);
  });
});

const body =
  'requestBody: { required: true, content: { text/plain: { schema: { $ref: "#/components/schemas/Trade" } } } }';
const first = "      x-feed: { key: stockCode, column: CODE }\n      x-confidence: high";
const tradeUpToTrId = "      operationId: trade\n      summary: 실시간체결가\n      description: Every trade.\n";
const time = 'TIME: { title: 시간, type: string, format: hhmmss, examples: ["093015"] }';

const cases: Case[] = [
  {
    rule: "operations beside feeds",
    from: "webhooks:\n",
    to: `paths: {}\n${mark}webhooks:\n`,
    message: "a document describes operations or feeds: move the webhooks to one of their own",
  },
  {
    rule: "a webhook that is no post",
    from: "  LIVE01:\n    post:\n",
    to: `  ${mark}LIVE01:\n    summary: 체결\n    post:\n`,
    message: "the webhook LIVE01 must be one post, which says what arrives",
  },
  {
    rule: "a feed without its tr_id",
    from: `    post:\n${tradeUpToTrId}      x-tr-id: { real: LIVE01, mock: LIVE01 }\n`,
    to: `    ${mark}post:\n${tradeUpToTrId}`,
    message: "trade has no x-tr-id: say under which tr_id it is asked for",
  },
  {
    rule: "a feed without a description",
    from: `    post:\n${tradeUpToTrId}`,
    to: `    ${mark}post:\n${tradeUpToTrId.replace("      description: Every trade.\n", "")}`,
    message: "trade has no description: say in one English sentence what comes back",
  },
  {
    rule: "a feed without an id",
    from: "    post:\n      operationId: trade\n",
    to: `    ${mark}post:\n`,
    message: "LIVE01 has no operationId: name its function",
  },
  {
    rule: "an id that the runtime has",
    from: "operationId: trade\n",
    to: `operationId: ${mark}listen\n`,
    message: "operationId listen is a reserved word: choose another",
  },
  {
    rule: "an id of a feed in another document",
    from: "operationId: trade\n",
    to: `operationId: ${mark}notice\n`,
    message: "operationId notice is taken by the feed at specs/kis/live-own.yaml:6: choose another",
  },
  {
    rule: "a feed that another document has",
    from: `  LIVE01:\n    post:\n${tradeUpToTrId}      x-tr-id: { real: LIVE01,`,
    to: `  OWN01:\n    ${mark}post:\n${tradeUpToTrId}      x-tr-id: { real: OWN01,`,
    message: "OWN01 is described at specs/kis/live-own.yaml:5 already: keep one",
  },
  {
    rule: "a webhook that is not called by its tr_id",
    from: "x-tr-id: { real: LIVE01, mock: LIVE01 }",
    to: `x-tr-id: { real: ${mark}LIVE10, mock: LIVE01 }`,
    message: "the webhook LIVE01 must be called by its tr_id, which is LIVE10",
  },
  {
    rule: "a tr_id for each action",
    from: "x-tr-id: { real: LIVE01, mock: LIVE01 }",
    to: `x-tr-id: ${mark}{ real: { buy: LIVE01 } }`,
    message: "x-tr-id of a feed must have one tr_id under real, and one under mock or none",
  },
  {
    rule: "an old tr_id of a feed",
    from: "x-tr-id: { real: LIVE01, mock: LIVE01 }",
    to: `x-tr-id: { real: LIVE01, ${mark}legacy: LIVE00 }`,
    message: "x-tr-id has no key legacy",
  },
  {
    rule: "an unknown key of x-feed",
    from: first,
    to: first.replace("column", `${mark}colum`),
    message: 'x-feed has no key colum; did you mean "column"?',
  },
  {
    rule: "x-feed that is no map",
    from: first,
    to: `      x-feed: ${mark}stockCode\n      x-confidence: high`,
    message: "x-feed must be a map",
  },
  {
    rule: "a key that feed-keys.yaml does not have",
    from: first,
    to: first.replace("stockCode", `${mark}stokCode`),
    message: 'x-feed: feed-keys.yaml has no key "stokCode"; did you mean "stockCode"?',
  },
  {
    rule: "a feed without a key",
    from: first,
    to: `      x-feed: ${mark}{ column: CODE }\n      x-confidence: high`,
    message: "x-feed has no key: say by which word of feed-keys.yaml it is asked for",
  },
  {
    rule: "a column that is not there",
    from: first,
    to: first.replace("column: CODE", `column: ${mark}CDOE`),
    message: 'x-feed names "CDOE", which is no column of the record; did you mean "CODE"?',
  },
  {
    rule: "encrypted: false",
    from: first,
    to: first.replace("CODE }", `CODE, encrypted: ${mark}false }`),
    message: "x-feed: encrypted must be true, or left out",
  },
  {
    rule: "x-feed on a record",
    from: "    Trade:\n",
    to: `    Trade:\n      ${mark}x-feed: { key: stockCode }\n`,
    message: "x-feed does not belong here, but on a feed",
  },
  {
    rule: "an extension of operations on a feed",
    from: first,
    to: `      ${mark}x-retry: safe\n${first}`,
    message: "x-retry does not belong here, but on a document or an operation",
  },
  {
    rule: "a body in another form",
    from: body,
    to: `requestBody: ${mark}{ required: true, content: { text/csv: { schema: { $ref: "#/components/schemas/Trade" } } } }`,
    message:
      "the body of a feed must be text/plain with a $ref to its record and nothing beside it: #/components/schemas/Trade",
  },
  {
    rule: "something beside the ref to a record",
    from: body,
    to: body.replace("requestBody: {", `requestBody: ${mark}{`).replace('Trade" }', 'Trade", title: 체결 }'),
    message:
      "the body of a feed must be text/plain with a $ref to its record and nothing beside it: #/components/schemas/Trade",
  },
  {
    rule: "a column that is no string",
    from: time,
    to: `${mark}TIME: { title: 시간, type: integer }`,
    message: "the column TIME must be a string, its known values x-codes",
  },
  {
    rule: "a column with one value",
    from: time,
    to: `${mark}TIME: { title: 시간, type: string, const: "09" }`,
    message: "the column TIME must be a string, its known values x-codes",
  },
  {
    rule: "a column whose name would change its place",
    from: time,
    to: `${mark}"2": { title: 시간, type: string }`,
    message: "the column 2 must have a name that begins with a letter",
  },
  {
    rule: "a column without a label",
    from: time,
    to: `${mark}TIME: { type: string }`,
    message: "the field TIME has no title: give its Korean label",
  },
  {
    rule: "a record without columns",
    file: "live-own.yaml",
    from: `    Notice:
      title: 통보
      type: object
      properties:
        USER: { title: 고객, type: string }
        SIGN: { $ref: feed-fields.yaml#/SIGN }
`,
    to: `    ${mark}Notice: { title: 통보, type: object }\n`,
    message: "a record has columns: describe them in their order",
  },
];

describe("check", () => {
  test("sound feeds have no findings", () => {
    expect(problemsOf(texts())).toEqual([]);
  });

  test.each(cases)("finds $rule, and nothing else", (example) => {
    const { problems, expected } = outcomeOf(feedSpecs, example);
    expect(problems).toEqual([expected]);
  });

  test("the records of all documents have names of their own", () => {
    const { "live-own.yaml": own } = feedSpecs.files;
    const files = { ...feedSpecs.files, "live-own.yaml": own.replaceAll("Notice", "Trade") };
    expect(problemsOf(textsOf(files, "kis"))).toEqual([
      "specs/kis/live-stock.yaml:36:5: the record at specs/kis/live-own.yaml:16 has the name Trade, too: rename one of them",
    ]);
  });

  test("no document has the name of the module of all feeds", () => {
    const { "live-own.yaml": own, ...others } = feedSpecs.files;
    expect(problemsOf(textsOf({ ...others, "realtime.yaml": own }, "kis"))).toEqual([
      "specs/kis/realtime.yaml:3:1: the module realtime is generated from all feeds: call this document otherwise",
    ]);
  });

  test("a provider that sends nothing by itself has no webhooks", () => {
    const text = "openapi: 3.1.0\ninfo: { title: 가, version: '1', description: b }\nwebhooks: {}\n";
    expect(problemsOf(textsOf({ ...sound, "live.yaml": text }, "codef"))).toEqual([
      "specs/codef/live.yaml:3:1: webhooks do not belong here: codef sends nothing by itself",
    ]);
  });
});
