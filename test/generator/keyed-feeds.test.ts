import { loadTexts } from "kofin/generator";
import { beforeAll, describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf } from "./edit.js";
import { emitted } from "./emitted.js";
import { declaration, problemsOf, textsOf } from "./fixture.js";

const live = `openapi: 3.1.0
info: { title: 실시간, version: "1", description: Live quotes. }
webhooks:
  "0B":
    post:
      operationId: trade
      summary: 체결
      description: Every trade.
      x-feed: { key: stockCode, path: /domestic/socket }
      x-confidence: high
      x-source: [official]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Trade" } } } }
  "00":
    post:
      operationId: orderNotice
      summary: 주문
      description: What becomes of orders.
      x-feed: { path: /domestic/socket }
      x-confidence: high
      x-source: [official]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Notice" } } } }
  FE:
    post:
      operationId: usTrade
      summary: 미국 체결
      description: Every trade over there.
      x-feed: { key: usStock }
      x-confidence: high
      x-source: [official]
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Trade" } } } }
components:
  schemas:
    Trade:
      title: 체결
      type: object
      properties:
        time: { $ref: feed-fields.yaml#/time }
        price: { title: 현재가, type: string, x-key: "10" }
    Notice:
      title: 통보
      type: object
      properties:
        time: { $ref: feed-fields.yaml#/time }
        side: { title: 구분, type: string, x-key: "907", x-codes: { "1": 매도, "2": 매수 } }
`;

const specs = {
  provider: "acme",
  main: "live.yaml",
  files: {
    "provider.yaml": "title: Acme\nrules: own\ngenerator: { runtime: own, features: [feeds] }\n",
    "live.yaml": live,
    "feed-fields.yaml": 'time: { title: 시각, type: string, x-key: "20" }\n',
    "feed-keys.yaml": `stockCode: { title: 종목코드, type: string }
usStock:
  title: 미국 종목
  type: object
  required: [jmcode, stex_tp]
  properties: { jmcode: { title: 종목코드, type: string }, stex_tp: { title: 거래소, type: string, enum: [NA, ND] } }
`,
  },
};
const texts = () => textsOf(specs.files, "acme");

describe("generated code", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emitted(texts());
  });
  const module = () => files.get("acme/live.ts") ?? "";

  test("a feed says what it is asked for as and where, in place of a tr_id", () => {
    expect(declaration(module(), "const tradeFeed")).toBe(`const tradeFeed: Feed<Trade> = {
  id: "live.trade",
  type: "0B",
  path: "/domestic/socket",
  key: "stockCode",
  columns: 2,
  read: readTrade,
};`);
    expect(declaration(module(), "export function trade")).toContain("listen(acme, tradeFeed, code, options);");
  });

  test("a record is read by the keys of the wire, wherever they stand in it", () => {
    expect(
      declaration(module(), "function readTrade"),
    ).toBe(`function readTrade(values: Readonly<Record<string, string | undefined>>): Trade {
  return {
    time: values["20"] ?? "",
    price: values["10"] ?? "",
  };
}`);
  });

  test("a feed of the account is asked for by nothing", () => {
    expect(
      declaration(module(), "export function orderNotice"),
    ).toBe(`export function orderNotice(acme: Acme, options?: FeedOptions): Subscription<Notice> {
  return listen(acme, orderNoticeFeed, undefined, options);
}`);
    expect(declaration(module(), "const orderNoticeFeed")).not.toContain("key");
    expect(module()).toContain("of the account that the client is for");
    expect(module()).not.toContain("NoticeOptions");
  });

  test("a key of several parts has a type", () => {
    expect(module()).toContain("usTrade(acme: Acme, stock: UsStock, options?: FeedOptions): Subscription<Trade>");
    expect(module()).toContain('import type { Notice, Trade, UsStock } from "./live.types.js";');
    expect(declaration(files.get("acme/live.types.ts") ?? "", "export interface UsStock")).toContain(
      'stex_tp: "NA" | "ND";',
    );
  });

  test("the module of all feeds gives on what the runtime has besides", async () => {
    const provider = "title: Acme\nrules: own\ngenerator: { features: [feeds], besideFeeds: [search] }\n";
    const others = textsOf({ ...specs.files, "provider.yaml": provider }, "acme");
    const own = (await emitted(others)).get("acme/realtime.ts")?.split("\n").slice(2);
    expect(own).toEqual([
      'export * from "../../runtime/acme/realtime/search.js";',
      'export * from "./live.js";',
      'export * from "./realtime.codes.js";',
      "",
    ]);
    const elsewhere = (await emitted(others, "kofin/{provider}")).get("acme/realtime.ts");
    expect(elsewhere).not.toContain("search");
    expect(files.get("acme/realtime.ts")).not.toContain("search");
  });

  test("a list of feeds names them by what they are asked for as", () => {
    expect(files.get("acme/catalogue.ts")).toContain(
      '{ module: "live", id: "orderNotice", trId: "00", summary: "주문" },',
    );
  });
});

const cases: Case[] = [
  {
    rule: "a column of an object without its key there",
    from: `price: { title: 현재가, type: string, x-key: "10" }`,
    to: `${mark}price: { title: 현재가, type: string }`,
    message: "the column price has no x-key: say its key in the record",
  },
  {
    rule: "two columns with one key",
    from: `price: { title: 현재가, type: string, x-key: "10" }`,
    to: `${mark}price: { title: 현재가, type: string, x-key: "20" }`,
    message: 'the columns time and price have the same x-key, "20"',
  },
  {
    rule: "a socket that is no path",
    from: "x-feed: { path: /domestic/socket }",
    to: `x-feed: { path: ${mark}domestic }`,
    message: "x-feed: path must begin with /, as on the socket's host",
  },
  {
    rule: "a key that nobody knows",
    from: "x-feed: { key: usStock }",
    to: `x-feed: { key: ${mark}usStok }`,
    message: 'x-feed: feed-keys.yaml has no key "usStok"; did you mean "usStock"?',
  },
];

describe("check", () => {
  test("sound feeds have no findings", () => {
    expect(problemsOf(texts())).toEqual([]);
    expect(loadTexts(texts())[0]?.documents.flatMap(({ feeds }) => feeds.map(({ type }) => type))).toEqual([
      ...["0B", "00", "FE"],
    ]);
  });

  test.each(cases)("finds $rule, and nothing else", (example) => {
    const { problems, expected } = outcomeOf(specs, example);
    expect(problems).toEqual([expected]);
  });

  test("keys of a record that is a text mean nothing", () => {
    const files = { ...specs.files, "live.yaml": live.replaceAll("application/json", "text/plain") };
    expect(problemsOf(textsOf(files, "acme")).map((text) => text.replace(/^\S+ /, ""))).toContain(
      "x-key of price means nothing: columns of text/plain arrive in their order",
    );
  });
});
