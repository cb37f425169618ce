import { generate, loadTexts } from "kofin/generator";
import { describe, expect, test } from "vitest";
import { type Case, mark, outcomeOf, type SoundSpecs } from "./edit.js";
import { declaration, textsOf } from "./fixture.js";

const masters: SoundSpecs = {
  provider: "kis",
  main: "masters.yaml",
  files: {
    "masters.yaml": `host: https://example.com
encoding: cp949
layouts:
  Stock:
    title: 종목
    note: 머리와 꼬리
    kind: fixed
    bytes: 60
    code: code
    name: kor_name
    columns:
      code: { title: 단축코드, bytes: 9, note: 앞자리 0 }
      kor_name: { title: 한글종목명, bytes: 20 }
      kind: { title: 구분, bytes: 2, codes: { ST: 주권, "01": 기타 } }
      price: { title: 기준가, bytes: 9, type: number }
      halted: { title: 거래정지, bytes: 1, type: yn, deprecated: true }
      listed: { title: 상장일, bytes: 8, type: date }
      rate: { title: 이자율, bytes: 11, type: number, optional: true }
  Member:
    title: 회원사
    kind: fixed
    bytes: 15
    code: no
    name: member_name
    columns:
      no: { title: 코드, bytes: 5 }
      member_name: { title: 이름, bytes: 8, stretch: true }
      foreign: { title: 구분, bytes: 1, type: yn }
      last: { title: 끝, bytes: 1 }
  Overseas:
    title: 해외
    kind: tab
    code: symb
    name: knam
    columns:
      symb: { title: Symbol, bytes: 16 }
      knam: { title: Korea name, bytes: 64 }
      base: { title: base price, bytes: 12, type: number }
files:
  kospi:
    title: 코스피 종목
    layout: Stock
    path: /master/kospi.mst.zip
    entry: kospi.mst
    note: 실제 파일에서 확인
    confidence: high
    source: [official, other]
  fo_idx: { title: 지수선물, layout: Stock, path: /master/fo.mst, confidence: medium, source: [official] }
  memcode: { title: 회원사, layout: Member, path: /master/mem.mst, confidence: low, source: [official] }
  nas: { title: 나스닥, layout: Overseas, confidence: medium, source: [official] }
`,
  },
};

const cases: Case[] = [
  {
    rule: "an unknown key at the top",
    from: "encoding: cp949\n",
    to: `encoding: cp949\n${mark}layout: {}\n`,
    message: 'masters.yaml has no key layout; did you mean "layouts"?',
  },
  {
    rule: "a host with a path",
    from: "https://example.com",
    to: `${mark}https://example.com/master`,
    message: "host must be an address like https://example.com, without a path",
  },
  {
    rule: "another encoding",
    from: "encoding: cp949",
    to: `encoding: ${mark}utf-8`,
    message: "encoding must be cp949: the reader knows no other",
  },
  {
    rule: "a layout that no file has",
    from: "  Overseas:\n",
    to: `  ${mark}Unused: { title: 남은 것, kind: tab, code: a, name: a, columns: { a: { title: 칸, bytes: 1 } } }\n  Overseas:\n`,
    message: "no file has the layout Unused",
  },
  {
    rule: "a width that is off by one",
    from: "bytes: 60\n",
    to: `bytes: ${mark}59\n`,
    message: "Stock: its columns have 60 bytes together, not 59",
  },
  {
    rule: "no size",
    from: "    title: 종목\n    note: 머리와 꼬리\n    kind: fixed\n    bytes: 60\n",
    to: `    ${mark}title: 종목\n    note: 머리와 꼬리\n    kind: fixed\n`,
    message: "Stock: bytes is missing: how long a line is, without its end",
  },
  {
    rule: "a size where columns are separated",
    from: "    kind: tab\n",
    to: `    kind: tab\n    bytes: ${mark}92\n`,
    message: "Overseas: bytes: only a fixed layout has a size",
  },
  {
    rule: "an unknown kind",
    from: "kind: tab",
    to: `kind: ${mark}comma`,
    message: "Overseas: kind must be fixed, tab, pipe",
  },
  {
    rule: "an unknown key of a layout",
    from: "    note: 머리와 꼬리\n",
    to: `    ${mark}notes: 머리와 꼬리\n`,
    message: 'Stock has no key notes; did you mean "note"?',
  },
  {
    rule: "a look-up column that is none",
    from: "name: knam",
    to: `name: ${mark}knamm`,
    message: 'Overseas: name: there is no column knamm; did you mean "knam"?',
  },
  {
    rule: "a look-up column that is no text",
    from: "code: symb",
    to: `code: ${mark}base`,
    message: "Overseas: code: the column base is no text",
  },
  {
    rule: "no look-up column",
    from: "    title: 회원사\n    kind: fixed\n    bytes: 15\n    code: no\n",
    to: `    ${mark}title: 회원사\n    kind: fixed\n    bytes: 15\n`,
    message: "Member: code is missing: the column to look rows up by",
  },
  {
    rule: "a column without a title",
    from: "{ title: Symbol, bytes: 16 }",
    to: `${mark}{ bytes: 16 }`,
    message: "symb: has no title",
  },
  {
    rule: "a width that is none",
    from: "{ title: Symbol, bytes: 16 }",
    to: `{ title: Symbol, bytes: ${mark}0 }`,
    message: "symb: bytes must be a whole number above 0",
  },
  {
    rule: "an unknown type",
    from: "bytes: 12, type: number",
    to: `bytes: 12, type: ${mark}integer`,
    message: "base: type must be string, number, yn, date",
  },
  {
    rule: "a flag of two bytes",
    from: "{ title: base price, bytes: 12, type: number }",
    to: `{ title: base price, bytes: ${mark}2, type: yn }`,
    message: "base: a column of type yn has 1 bytes",
  },
  {
    rule: "a date of six bytes",
    from: "{ title: base price, bytes: 12, type: number }",
    to: `{ title: base price, bytes: ${mark}6, type: date }`,
    message: "base: a column of type date has 8 bytes",
  },
  {
    rule: "codes of a number",
    from: "bytes: 12, type: number",
    to: `bytes: 12, type: number, codes: ${mark}{ "1": 하나 }`,
    message: "base: only text has codes",
  },
  {
    rule: "codes without quotes",
    from: '"01": 기타',
    to: `${mark}01: 기타`,
    message: 'the code 01 must be text: write "01"',
  },
  { rule: "a code without a name", from: "ST: 주권", to: `ST: ${mark}""`, message: "kind: the code ST has no name" },
  {
    rule: "a flag that is not true",
    from: "stretch: true",
    to: `stretch: ${mark}false`,
    message: "member_name: stretch is true or left out",
  },
  {
    rule: "an unknown key of a column",
    from: "bytes: 9, note: 앞자리 0",
    to: `bytes: 9, ${mark}enum: [a]`,
    message: "code has no key enum",
  },
  {
    rule: "a column behind an optional one",
    from: "{ title: 거래정지, bytes: 1, type: yn, deprecated: true }\n      listed",
    to: `{ title: 거래정지, bytes: 1, type: yn, optional: true }\n      ${mark}listed`,
    message: "listed: stands behind an optional column, so it must be optional too",
  },
  {
    rule: "a number that stretches",
    from: "{ title: base price, bytes: 12, type: number }",
    to: `{ title: base price, bytes: 12, stretch: ${mark}true }`,
    message: "base: only text in a fixed layout without optional columns stretches",
  },
  {
    rule: "two columns that stretch",
    from: "last: { title: 끝, bytes: 1 }",
    to: `last: { title: 끝, bytes: 1, stretch: ${mark}true }`,
    message: "last: another column stretches already",
  },
  {
    rule: "the same column twice",
    from: "      last: { title: 끝, bytes: 1 }",
    to: `      last: { title: 끝, bytes: 1 }\n      ${mark}no: { title: 코드, bytes: 5 }`,
    message: "Map keys must be unique",
  },
  {
    rule: "a layout that is not there",
    from: "layout: Overseas",
    to: `layout: ${mark}Overseass`,
    message: 'nas: there is no layout Overseass; did you mean "Overseas"?',
  },
  {
    rule: "a zip without an entry",
    from: "path: /master/kospi.mst.zip\n    entry: kospi.mst\n",
    to: `path: ${mark}/master/kospi.mst.zip\n`,
    message: "kospi: a zip needs the name of its entry",
  },
  {
    rule: "an entry of a plain file",
    from: "path: /master/mem.mst",
    to: `path: /master/mem.mst, entry: ${mark}mem.mst`,
    message: "memcode: entry: only a zip has one",
  },
  {
    rule: "a path without a slash",
    from: "path: /master/mem.mst",
    to: `path: ${mark}master/mem.mst`,
    message: "memcode: path must begin with /",
  },
  {
    rule: "an unknown confidence",
    from: "confidence: low",
    to: `confidence: ${mark}none`,
    message: "memcode: confidence must be high, medium, low",
  },
  {
    rule: "no source",
    from: "source: [official, other]",
    to: `source: ${mark}official`,
    message: "kospi: source must be a list of texts",
  },
  {
    rule: "a file's constant that is there already",
    from: "  nas: {",
    to: `  ${mark}foIdx: {`,
    message: "its constant has the name of fo_idx: foIdx",
  },
  {
    rule: "a file that cannot be a constant",
    from: "  nas: {",
    to: `  ${mark}masters: {`,
    message: "masters cannot be the name of a constant",
  },
  {
    rule: "an unknown key of a file",
    from: "    note: 실제 파일에서 확인\n",
    to: `    ${mark}url: https://example.com\n`,
    message: "kospi has no key url",
  },
];

describe("masters.yaml", () => {
  test("without fault has none", () => {
    expect(outcomeOf(masters, { rule: "", to: "", message: "" }).problems).toEqual([]);
  });

  test.each(cases.map((example) => [example.rule, example] as const))("%s", (_, example) => {
    const { problems, expected } = outcomeOf(masters, example);
    expect([example.rule, problems]).toEqual([example.rule, [expected]]);
  });
});

test.each(["member", "FixedLayout", "Promise"])("a layout cannot be called %s", (name) => {
  const message = `${name} cannot be the name of a type`;
  const { problems, expected } = outcomeOf(masters, {
    rule: "",
    from: "  Member:\n",
    to: `  ${mark}${name}:\n`,
    message,
  });
  expect(problems).toContain(expected);
});

describe("what is generated from it", () => {
  const files = generate(loadTexts(textsOf(masters.files, "kis")));
  const text = async (name: string) => (await files).get(`kis/${name}`) ?? "";

  test("a constant for each file, with what is known of it on hover", async () => {
    const module = await text("masters.ts");
    expect(module).toContain('import type { Master } from "../../runtime/kis/masters/index.js";');
    expect(module).toContain('export * from "../../runtime/kis/masters/index.js";');
    expect(module).toContain(`/**
 * 코스피 종목
 *
 * \`/master/kospi.mst.zip\` · 7 columns · known from official material or three independent sources
 *
 * 실제 파일에서 확인
 */
export const kospi`);
    expect(declaration(module, "export const kospi")).toBe(`export const kospi: Master<Stock> = {
  id: "kospi",
  title: "코스피 종목",
  host,
  path: "/master/kospi.mst.zip",
  entry: "kospi.mst",
  layout: layouts.stock,
};`);
    expect(declaration(module, "export const nas")).not.toContain("path");
    expect(module).toContain("no known address: pass `bytes`");
    expect(module).toContain("export const masters = { kospi, foIdx, memcode, nas } as const;");
  });

  test("a row for each layout: labels and codes on hover, blanks in the types", async () => {
    expect(declaration(await text("masters.types.ts"), "/** 종목. 머리와")).toBe(`/** 종목. 머리와 꼬리 */
export interface Stock {
  /** 단축코드. 앞자리 0 */
  code: string;
  /** 한글종목명 */
  kor_name: string;
  /** 구분 · "01" 기타 · "ST" 주권 */
  kind: "01" | "ST" | (string & {});
  /** 기준가 */
  price: number | undefined;
  /**
   * 거래정지
   * @deprecated
   */
  halted: boolean | undefined;
  /** 상장일 · yyyymmdd */
  listed: string;
  /** 이자율. 없는 파일도 있다 */
  rate: number | undefined;
}`);
  });

  test("cuts that are written out: from the left, by column, or behind a column that stretches from the end", async () => {
    const layouts = await text("masters.layouts.ts");
    expect(declaration(layouts, "export const stock")).toBe(`export const stock: FixedLayout<Stock> = {
  kind: "fixed",
  bytes: 60,
  least: 49,
  code: "code",
  name: "kor_name",
  read: (line) => ({
    code: line.text(0, 9),
    kor_name: line.text(9, 29),
    kind: line.text(29, 31),
    price: line.number(31, 40),
    halted: line.yn(40),
    listed: line.text(41, 49),
    rate: line.number(49, 60),
  }),
};`);
    expect(declaration(layouts, "export const member")).toBe(`export const member: FixedLayout<Member> = {
  kind: "fixed",
  least: 7,
  code: "no",
  name: "member_name",
  read: (line) => ({
    no: line.text(0, 5),
    member_name: line.text(5, line.length - 2),
    foreign: line.yn(line.length - 2),
    last: line.text(line.length - 1, line.length),
  }),
};`);
    expect(declaration(layouts, "export const overseas")).toContain(`columns: 3,
  code: "symb",
  name: "knam",
  read: (line) => ({
    symb: line.text(0),
    knam: line.text(1),
    base: line.number(2),`);
  });

  test("outside of this repository the reader comes with the package", async () => {
    const elsewhere = await generate(loadTexts(textsOf(masters.files, "kis")), { runtime: "kofin/{provider}" });
    for (const name of ["masters.ts", "masters.layouts.ts"]) {
      expect(elsewhere.get(`kis/${name}`)).toContain('from "kofin/kis/masters";');
    }
  });

  test("nothing when a provider has none", async () => {
    const { "masters.yaml": _, ...none } = masters.files;
    const without = await generate(
      loadTexts(textsOf({ ...none, "result-codes.yaml": "A: { meaning: 성공, group: a, advice: success }\n" }, "kis")),
    );
    expect([...without.keys()].filter((path) => path.includes("masters"))).toEqual([]);
  });
});
