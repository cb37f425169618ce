import { loadTexts } from "kofin/generator";
import { createSandbox, type ProviderMockOptions } from "kofin/sandbox";
import { describe, expect, test } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
type Answer = any;

const NOW = Date.UTC(2026, 10, 20, 2);

/** A provider with one list, whose pages are asked for in a style. */
function open(style: string, options: ProviderMockOptions = {}, fields = "", seed = 1) {
  const document = `
openapi: 3.1.0
info: { title: 목록, version: "1", description: Lists. }
servers: [{ url: "https://api.acme.example" }]
x-retry: safe
paths:
  /items:
    post:
      operationId: listItems
      summary: 목록 조회
      description: Returns items.
      x-confidence: high
      x-source: [acme]
      x-paging: ${style}
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/ListItemsRequest" } } } }
      responses: { "200": { description: 목록, content: { application/json: { schema: { $ref: "#/components/schemas/ListItemsData" } } } } }
components:
  schemas:
    ListItemsRequest:
      title: 목록 요청
      type: object
      properties:
        kind: { title: 종류, type: string }
        at: { title: 자리, type: string }
        pageNo: { title: 쪽, type: [string, integer]${fields} }
        pageSize: { title: 개수, type: integer }
        until: { title: 끝, type: string }
        set: { title: 구분, type: string }
    ListItemsData:
      title: 목록
      type: object
      properties:
        items: { title: 줄, type: array, items: { $ref: "#/components/schemas/Item" } }
        next: { title: 다음, type: [string, integer] }
        more: { title: 더, type: string, x-codes: { "Y": 있음, "N": 없음 } }
        pages: { title: 쪽수, type: integer }
    Item:
      title: 줄
      type: object
      properties:
        itemId: { title: ID, type: string, examples: [I-001] }
        kind: { title: 종류, type: string, examples: [a, b] }
        day: { title: 일자, type: string, format: yyyymmdd }
        time: { title: 시각, type: string, format: hhmmss }
`;
  const provider = `title: Acme\nrules: own\nenvironments: { live: https://api.acme.example }\npaging: { more: cont-yn, values: ["Y"], ask: { cont-yn: "Y", next-key: =next-key } }\n`;
  const texts = { "provider.yaml": provider, "lists.yaml": document };
  const specs = loadTexts(
    Object.entries(texts).map(([name, text]) => ({ provider: "acme", file: `specs/acme/${name}`, text })),
  );
  const sandbox = createSandbox({ specs, seed, now: () => NOW, providers: { acme: options } });
  const ask = async (body: object, headers: Record<string, string> = {}) => {
    const init = {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    };
    const response = await sandbox.fetch("https://api.acme.example/items", init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
  };
  return { ask };
}

/** Walks through the pages as a client does: `next` makes of an answer what is asked for next, or nothing. */
async function walk(
  ask: ReturnType<typeof open>["ask"],
  next: (
    answer: Awaited<ReturnType<typeof ask>>,
    count: number,
  ) => { body: object; headers?: Record<string, string> } | undefined,
  first: object = {},
) {
  const pages: string[][] = [];
  let asked: { body: object; headers?: Record<string, string> } | undefined = { body: first };
  while (asked && pages.length < 20) {
    const answer: Awaited<ReturnType<typeof ask>> = await ask(asked.body, asked.headers);
    expect(answer.status).toBe(200);
    pages.push(answer.body.items.map(({ itemId }: Answer) => itemId));
    asked = next(answer, pages.length);
  }
  return pages;
}

const ALL = Array.from({ length: 9 }, (_, row) => `I-${String(row + 1).padStart(3, "0")}`);
const THREE = [ALL.slice(0, 3), ALL.slice(3, 6), ALL.slice(6)];

type Walker = Parameters<typeof walk>[1];

const WALKERS: [string, string, Walker][] = [
  [
    "page",
    "{ page: pageNo, more: more, next: next }",
    ({ body }) => (body.more === "Y" ? { body: { pageNo: body.next } } : undefined),
  ],
  [
    "page-number, to the last page",
    "{ style: page-number, page: pageNo, list: items, last: pages }",
    ({ body }, count) => (count < body.pages ? { body: { pageNo: count + 1 } } : undefined),
  ],
  [
    "page-number, counted from elsewhere",
    "{ style: page-number, page: pageNo, list: items, first: 0, last: pages }",
    ({ body }, count) => (count <= body.pages ? { body: { pageNo: count } } : undefined),
  ],
  [
    "cursor",
    "{ style: cursor, cursor: at, next: next }",
    ({ body }) => (body.next ? { body: { at: body.next } } : undefined),
  ],
  [
    "header-key",
    "{ style: header-key }",
    ({ headers }) =>
      headers.get("cont-yn") === "Y"
        ? { body: {}, headers: { "cont-yn": "Y", "next-key": headers.get("next-key") ?? "" } }
        : undefined,
  ],
  [
    "header-key, with keys in the data",
    "{ style: header-key, keys: { at: next } }",
    ({ headers, body }) =>
      headers.get("cont-yn") === "Y" ? { body: { at: body.next }, headers: { "cont-yn": "Y" } } : undefined,
  ],
  [
    "key",
    '{ style: key, keys: { at: next }, set: { set: "2" } }',
    ({ body }) => (body.next ? { body: { at: body.next, set: "2" } } : undefined),
  ],
];

describe.each(WALKERS)("%s", (_, style, next) => {
  test("every item comes once, in order, and there is an end", async () => {
    expect(await walk(open(style).ask, next)).toEqual(THREE);
  });

  test("as many pages of as many items as the mock is told", async () => {
    const pages = await walk(open(style, { pages: 2, pageSize: 2 }).ask, next);
    expect(pages.flat()).toEqual(ALL.slice(0, 4));
  });

  test("other items for another question, the same for the same", async () => {
    const days = async (kind: string, seed = 1) => {
      const { body } = await open(style, {}, "", seed).ask({ kind });
      return JSON.stringify(body.items);
    };
    expect(await days("a")).toBe(await days("a"));
    expect(JSON.parse(await days("z")).map(({ kind }: Answer) => kind)).toEqual(["z", "z", "z"]);
  });
});

test("page-number goes on until the list is empty", async () => {
  const { ask } = open("{ style: page-number, page: pageNo, list: items }");
  const pages = await walk(ask, ({ body }, count) =>
    body.items.length > 0 ? { body: { pageNo: count + 1 } } : undefined,
  );
  expect(pages).toEqual([...THREE, []]);
});

test("pages that begin with 0, by the spec's own default, and numbers as text", async () => {
  const { ask } = open("{ page: pageNo, more: more, next: next }", {}, ", default: 0");
  const pages = await walk(
    ask,
    ({ body }) => (body.more === "Y" ? { body: { pageNo: String(body.next) } } : undefined),
    {
      pageNo: "0",
    },
  );
  expect(pages).toEqual(THREE);
});

test("the request says how many a page has", async () => {
  const { ask } = open("{ style: cursor, cursor: at, next: next }");
  const sized = await walk(ask, ({ body }) => (body.next ? { body: { at: body.next, pageSize: 4 } } : undefined), {
    pageSize: 4,
  });
  expect(sized).toEqual([ALL.slice(0, 4), ALL.slice(4, 8), ALL.slice(8)]);
});

test("a walk goes back in time, to where it ends", async () => {
  const style = "{ style: walk, list: items, back: { at: day }, until: until }";
  const before = (day: string) => String(Number(day) - 1);
  const next: Walker = ({ body }) => {
    const oldest = body.items.at(-1)?.day;
    return oldest && oldest > "20261114" ? { body: { at: before(oldest), until: "20261114" } } : undefined;
  };
  const { ask } = open(style);
  expect(await walk(ask, next, { at: "20261119", until: "20261114" })).toEqual([ALL.slice(1, 4), ALL.slice(4, 7)]);
  const { body } = await ask({ at: "20261118" });
  expect(body.items.map(({ day }: Answer) => day)).toEqual(["20261118", "20261117", "20261116"]);
  const joined = open("{ style: walk, list: items, back: { at: [day, time] } }");
  const last = (await joined.ask({ at: "20261118120000" })).body.items[0];
  expect([last.day, last.time]).toEqual(["20261117", "153000"]);
});

test.each([
  ["{ style: cursor, cursor: at, next: next }", { at: "made up" }],
  ["{ style: page-number, page: pageNo, list: items }", { pageNo: "first" }],
  ["{ page: pageNo, more: more, next: next }", { pageNo: -1 }],
  ["{ style: key, keys: { at: next } }", { at: "made up" }],
])("%s: what is no page is refused by name: %j", async (style, body) => {
  const answer = await open(style).ask(body);
  expect(answer.status).toBe(400);
  expect(answer.body.title).toContain(`${Object.keys(body)[0]} is no page of this list`);
});
