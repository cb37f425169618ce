import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { findListings, type Listing, readListings, tableOf } from "../../cli/listing.js";
import { catalogue } from "../../generated/codef/catalogue.js";
import { feeds } from "../../generated/kis/catalogue.js";
import { kofin } from "../support/kofin.js";

const listings: Listing[] = [
  { from: "kofin/codef/bank", id: "accountList", method: "POST", path: "/v1/kr/bank/p/list", summary: "은행 보유계좌" },
  {
    from: "kofin/codef/card",
    id: "cardList",
    method: "POST",
    path: "/v1/kr/card/p/list",
    summary: "카드 보유카드",
    twoWay: true,
  },
  {
    from: "kofin/codef/card",
    id: "oldList",
    method: "POST",
    path: "/v1/card",
    summary: "옛 카드",
    twoWay: true,
    deprecated: true,
  },
];

const idsOf = (...words: string[]) => findListings(listings, words).map(({ id }) => id);

describe("finds by", () => {
  test("path", () => expect(idsOf("kr/card")).toEqual(["cardList"]));
  test("Korean product name", () => expect(idsOf("보유계좌")).toEqual(["accountList"]));
  test("function name, whatever the case", () => expect(idsOf("OLDLIST")).toEqual(["oldList"]));
  test("import", () => expect(idsOf("codef/card")).toEqual(["cardList", "oldList"]));
  test("all of the words, each anywhere", () => expect(idsOf("list", "카드", "보유")).toEqual(["cardList"]));
  test("no words: everything", () => expect(idsOf()).toEqual(["accountList", "cardList", "oldList"]));
  test("한글 letter by letter, as some terminals hand it over", () => {
    expect(idsOf("보유계좌".normalize("NFD"))).toEqual(["accountList"]);
  });
  test("nothing across two of its texts", () => expect(idsOf("accountList/v1")).toEqual([]));
});

test("prints columns, and what to know before calling", () => {
  expect(tableOf(listings).split("\n")).toEqual([
    "kofin/codef/bank  accountList  /v1/kr/bank/p/list  은행 보유계좌",
    "kofin/codef/card  cardList     /v1/kr/card/p/list  카드 보유카드 · 추가인증",
    "kofin/codef/card  oldList      /v1/card            옛 카드 · 추가인증 · deprecated",
  ]);
});

test("lists the whole catalogue, and only that of a provider that is there", async () => {
  const all = await readListings();
  expect(all.filter(({ from }) => from.startsWith("kofin/codef/"))).toHaveLength(catalogue.length);
  expect(await readListings("codef")).toHaveLength(catalogue.length);
  await expect(readListings("codeff")).rejects.toThrow('there are no functions of "codeff": choose from codef');
});

test("lists feeds under the one module that has them all, by tr_id", async () => {
  const all = await readListings("kis");
  expect(findListings(all, ["H0STCNT0"])).toEqual([
    {
      from: "kofin/kis/realtime",
      id: "domesticTrade",
      method: "WS",
      path: "H0STCNT0",
      summary: "국내주식 실시간체결가 (KRX)",
    },
  ]);
  expect(all.filter(({ method }) => method === "WS")).toHaveLength(feeds.length);
});

describe("kofin list", () => {
  // Anywhere: it lists what is installed, not what lies around.
  const run = (...words: string[]) => kofin(tmpdir(), ...words);

  test("prints a line for each, or JSON", async () => {
    const { stdout } = await run("list", "은행", "개인", "보유계좌");
    expect(stdout).toMatch(
      /^kofin\/codef\/bank +accountList +\/v1\/kr\/bank\/p\/account\/account-list +은행 개인 보유계좌/m,
    );
    const json: unknown = JSON.parse((await run("list", "--json", "--provider", "codef", "fast-account")).stdout);
    expect(json).toContainEqual(expect.objectContaining({ from: "kofin/codef/bank", twoWay: true }));
  });

  test("finding nothing is a failure that says so; JSON stays JSON", async () => {
    expect(await run("list", "아무것도", "없음")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "nothing has all of these in it: 아무것도 없음\n",
    });
    expect(await run("list", "--json", "없음없음")).toMatchObject({ status: 1, stdout: "[]\n" });
  });

  test.each(["list", "generate", "check", "sandbox"])("%s --help has an example", async (name) => {
    expect((await run(name, "--help")).stdout).toMatch(new RegExp(`\nExample:\n {2}\\$ kofin ${name} `));
  });
});
