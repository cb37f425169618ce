import { DecodeError, InvalidInputError, ProviderError } from "kofin";
import { type KisOperation, type PageOptions, type PageToken, type Paging, pages, type Reply } from "kofin/kis";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { balance, price } from "./operations.js";
import { at, clientOf, refusal, type Script, type Scripted, scripted, success } from "./scripted.js";

const ctx = { CTX_AREA_FK100: "ctx_area_fk100", CTX_AREA_NK100: "ctx_area_nk100" };
const byHeader: Paging = { style: "header-key", keys: ctx };
const byContext: Paging = { style: "key", keys: ctx, continued: true };
const byIndex: Paging = { style: "key", keys: { INDEX_KEY: "output1.index_key" }, set: { QRY_TP: "P" } };

interface Walk {
  paging: Paging;
  operation?: KisOperation;
  input?: object;
  options?: PageOptions;
}

/** All pages of a script, and what was sent for them. */
async function walk(script: Script | Scripted, { paging, operation = balance, input, options }: Walk) {
  const scripting = "sent" in script ? script : scripted(script);
  const replies: Reply<Record<string, unknown>>[] = [];
  for await (const reply of pages<Record<string, unknown>>(clientOf(scripting), operation, paging, input, options)) {
    replies.push(reply);
  }
  return { replies, sent: scripting.sent, tokens: replies.map(({ next }) => next) };
}

/** Pages under a header: `M` while there is another one. KIS pads its keys with blanks. */
const threePages: Script = ({ query, headers }) => {
  const page = query.CTX_AREA_NK100 === "" ? 1 : Number(query.CTX_AREA_NK100?.trim());
  if ((page === 1) === (headers.tr_cont === "N")) return refusal("APBK0001", "the header and the keys disagree");
  const more = page < 3;
  return success(
    { output1: [{ page }], ctx_area_fk100: "12345678^01^    ", ctx_area_nk100: more ? `${page + 1}   ` : "    " },
    { tr_cont: more ? (page === 1 ? "F" : "M") : "E" },
  );
};

describe("pages under the header tr_cont", () => {
  it("go on while it promises more, with the header and the keys as they came", async () => {
    const { replies, sent, tokens } = await walk(threePages, { paging: byHeader });
    expect(replies.map(({ data }) => data.output1)).toEqual([[{ page: 1 }], [{ page: 2 }], [{ page: 3 }]]);
    expect(sent.map(({ headers, query }) => [headers.tr_cont, query.CTX_AREA_FK100, query.CTX_AREA_NK100])).toEqual([
      [undefined, "", ""],
      ["N", "12345678^01^    ", "2   "],
      ["N", "12345678^01^    ", "3   "],
    ]);
    expect(replies.map(({ trCont }) => trCont)).toEqual(["F", "M", "E"]);
    expect(tokens).toEqual([
      { provider: "kis", operation: balance.id, at: { CTX_AREA_FK100: "12345678^01^    ", CTX_AREA_NK100: "2   " } },
      { provider: "kis", operation: balance.id, at: { CTX_AREA_FK100: "12345678^01^    ", CTX_AREA_NK100: "3   " } },
      undefined,
    ]);
  });

  it.each(["D", "E"])("end with %s, whatever the keys say", async (header) => {
    const { sent } = await walk(() => success({ ctx_area_nk100: "2" }, { tr_cont: header }), { paging: byHeader });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["blank", { ctx_area_fk100: "12345678^01", ctx_area_nk100: "   " }],
    ["not there", { ctx_area_fk100: "12345678^01" }],
  ])("end without a header when the key to the next one is %s", async (_, keys) => {
    const { sent } = await walk(() => success(keys), { paging: byHeader });
    expect(sent).toHaveLength(1);
  });

  it("go on without a header as long as the keys lead on, and end when they stay", async () => {
    const script: Script = (_, count) => success({ ctx_area_nk100: String(Math.min(count, 3)) });
    expect((await walk(script, { paging: byHeader })).sent).toHaveLength(4);
  });

  it("turn without keys where there are none", async () => {
    const script: Script = (_, count) => success({ output: [count] }, { tr_cont: count < 3 ? "M" : "D" });
    const { sent, tokens } = await walk(script, { paging: { style: "header-key" } });
    expect(sent.map(({ headers }) => headers.tr_cont)).toEqual([undefined, "N", "N"]);
    expect(tokens[0]).toEqual({ provider: "kis", operation: balance.id, at: {} });
  });

  it.each([
    ["the same keys for ever", () => success({ ctx_area_nk100: "2" }, { tr_cont: "M" }), 2],
    ["keys that go round", (_: unknown, n: number) => success({ ctx_area_nk100: `${n % 3}` }, { tr_cont: "M" }), 4],
    ["the same page for ever, without keys", () => success({ output1: [1] }, { tr_cont: "M" }), 2],
  ])("fail when they promise %s", async (_, script, count) => {
    const scripting = scripted(script as Script);
    const error = await failure(walk(scripting, { paging: byHeader }), DecodeError);
    expect(error).toMatchObject({ code: "DECODE", operation: balance.id });
    expect(scripting.sent).toHaveLength(count);
  });

  it("find keys under names in other letters", async () => {
    const script: Script = (_, count) => success({ CTX_AREA_NK100: "2" }, { tr_cont: count === 1 ? "M" : "D" });
    expect(at((await walk(script, { paging: byHeader })).sent, 1).query.CTX_AREA_NK100).toBe("2");
  });
});

describe("pages by context alone", () => {
  it("go on while a key comes back, and pay no heed to the header", async () => {
    const script: Script = (_, count) => success({ ctx_area_nk100: count < 3 ? `${count}` : " " }, { tr_cont: "D" });
    const { sent } = await walk(script, { paging: byContext });
    expect(sent.map(({ query }) => query.CTX_AREA_NK100)).toEqual(["", "1", "2"]);
  });

  it("end when the key stays as it was sent, and fail when it goes back", async () => {
    expect((await walk(() => success({ ctx_area_nk100: "1" }), { paging: byContext })).sent).toHaveLength(2);
    const script: Script = (_, count) => success({ ctx_area_nk100: `${count % 2}` });
    await failure(walk(script, { paging: byContext }), DecodeError);
  });
});

describe("pages by a key in the answer", () => {
  it("send it back, with what else changes from the second on", async () => {
    const script: Script = (_, count) => success({ output1: { index_key: count < 3 ? `key${count}` : "" } });
    const { sent, tokens } = await walk(script, { paging: byIndex, input: { QRY_TP: "Q", INDEX_KEY: "" } });
    expect(sent.map(({ query, headers }) => [query.QRY_TP, query.INDEX_KEY, headers.tr_cont])).toEqual([
      ["Q", "", undefined],
      ["P", "key1", undefined],
      ["P", "key2", undefined],
    ]);
    expect(tokens[0]?.at).toEqual({ INDEX_KEY: "key1", QRY_TP: "P" });
  });
});

/** Daily bars: up to `size` of them that are not after FID_INPUT_DATE_2, newest first, from 2026-01-01 on. */
const daily =
  (size: number): Script =>
  ({ query }) => {
    const bars: { stck_bsop_date: string }[] = [];
    const day = new Date(`${query.DATE_2?.replace(/(....)(..)(..)/, "$1-$2-$3")}T00:00:00Z`);
    for (; bars.length < size && day >= new Date("2026-01-01"); day.setUTCDate(day.getUTCDate() - 1)) {
      bars.push({ stck_bsop_date: day.toISOString().slice(0, 10).replaceAll("-", "") });
    }
    return success({ output2: bars });
  };

const byDate: Paging = { style: "walk", list: "output2", back: { DATE_2: "stck_bsop_date" }, until: "DATE_1" };
const dates = (replies: Reply<Record<string, unknown>>[]) =>
  replies.map(({ data }) =>
    (data.output2 as Record<string, string>[]).map(({ stck_bsop_date: date = "" }) => date.slice(4)),
  );

describe("a walk through the past", () => {
  const chart = { operation: price, paging: byDate };

  it("asks for what is before the oldest day, until there is nothing", async () => {
    const input = { FID_INPUT_ISCD: "005930", DATE_2: "20260107" };
    const { replies, sent, tokens } = await walk(daily(3), { ...chart, input });
    expect(dates(replies)).toEqual([["0107", "0106", "0105"], ["0104", "0103", "0102"], ["0101"]]);
    expect(sent.map(({ query }) => query.DATE_2)).toEqual(["20260107", "20260104", "20260101", "20251231"]);
    expect(tokens[0]).toEqual({
      provider: "kis",
      operation: price.id,
      at: { DATE_2: "20260104" },
      before: "20260105",
    });
  });

  it("ends where the caller said, without asking for nothing", async () => {
    const input = { FID_INPUT_ISCD: "005930", DATE_1: "20260105", DATE_2: "20260107" };
    const { sent, tokens } = await walk(daily(3), { ...chart, input });
    expect([sent.length, tokens]).toEqual([1, [undefined]]);
    const more = await walk(daily(2), { ...chart, input });
    expect(more.sent).toHaveLength(2);
  });

  it("shows no day twice, however generous the provider is", async () => {
    const generous: Script = (sent, count) =>
      count === 1 ? daily(3)(sent, count) : daily(5)({ ...sent, query: { DATE_2: "20260107" } }, count);
    const input = { FID_INPUT_ISCD: "005930", DATE_2: "20260107" };
    const { replies, sent } = await walk(generous, { ...chart, input });
    expect(dates(replies)).toEqual([
      ["0107", "0106", "0105"],
      ["0104", "0103"],
    ]);
    expect(replies[1]?.raw.output2).toHaveLength(5);
    expect(sent).toHaveLength(3);
  });

  it("takes items in any order, and overlooks empty ones", async () => {
    const script: Script = (sent, count) =>
      count === 1
        ? success({
            output2: [{}, { stck_bsop_date: "20260103" }, { stck_bsop_date: "20260104" }, { stck_bsop_date: " " }],
          })
        : daily(9)(sent, count);
    const { replies } = await walk(script, { ...chart, input: { FID_INPUT_ISCD: "1", DATE_2: "20260104" } });
    expect(dates(replies)[1]).toEqual(["0102", "0101"]);
  });

  it.each([[[]], [[{}]], [""], [undefined]])("shows the first page even with nothing in it: %j", async (output2) => {
    const { replies, sent } = await walk(() => success({ output2 }), { ...chart, input: { FID_INPUT_ISCD: "1" } });
    expect([replies.length, sent.length]).toEqual([1, 1]);
  });

  const backs: [
    name: string,
    back: Record<string, string | readonly string[]>,
    oldest: Record<string, string>,
    next: object | undefined,
  ][] = [
    ["over the end of a year", { D: "d" }, { d: "20260101" }, { D: "20251231" }],
    ["over a leap day", { D: "d" }, { d: "20240301" }, { D: "20240229" }],
    ["by months", { YM: "m" }, { m: "202601" }, { YM: "202512" }],
    ["by minutes", { IN_HOUR: "t" }, { t: "100000" }, { IN_HOUR: "095900" }],
    ["by seconds", { IN_HOUR: "t" }, { t: "100001" }, { IN_HOUR: "100000" }],
    ["to midnight", { IN_HOUR: "t" }, { t: "000000" }, undefined],
    [
      "by minutes of a day",
      { D: "d", IN_HOUR: "t" },
      { d: "20260102", t: "090000" },
      { D: "20260102", IN_HOUR: "085900" },
    ],
    [
      "to the day before",
      { D: "d", IN_HOUR: "t" },
      { d: "20260101", t: "000000" },
      { D: "20251231", IN_HOUR: "235900" },
    ],
    ["by minutes in one field", { K: ["d", "t"] }, { d: "20260102", t: "090000" }, { K: "20260102085900" }],
    ["to the day before in one field", { K: ["d", "t"] }, { d: "20260101", t: "000000" }, { K: "20251231235900" }],
    [
      "through a night session",
      { D: "d", IN_HOUR: "t" },
      { d: "20260102", t: "240000" },
      { D: "20260102", IN_HOUR: "235900" },
    ],
  ];
  it.each(backs)("goes %s", async (_, back, oldest, next) => {
    const script: Script = (_, count) => success({ output2: count === 1 ? [oldest] : [] });
    const { tokens, sent } = await walk(script, {
      operation: price,
      paging: { style: "walk", list: "output2", back },
      input: { FID_INPUT_ISCD: "1" },
    });
    expect(tokens[0]?.at).toEqual(next);
    if (next) expect(at(sent, 1).query).toMatchObject(next);
    else expect(sent).toHaveLength(1);
  });

  it("changes what has to change from the second page on", async () => {
    const script: Script = (_, count) => success({ output2: count === 1 ? [{ d: "20260102" }] : [] });
    const { sent, tokens } = await walk(script, {
      operation: price,
      paging: { style: "walk", list: "output2", back: { D: "d" }, set: { NEXT: "1" } },
      input: { FID_INPUT_ISCD: "1", NEXT: "" },
    });
    expect(sent.map(({ query }) => query.NEXT)).toEqual(["", "1"]);
    expect(tokens[0]?.at).toEqual({ D: "20260101", NEXT: "1" });
  });

  it("does not end at midnight with two fields to move", async () => {
    const paging: Paging = { style: "walk", list: "output2", back: { D: "d", T_HOUR: "t" }, until: "FROM" };
    const script: Script = (_, count) =>
      success({ output2: count < 3 ? [{ d: `2026010${4 - count}`, t: "000000" }] : [] });
    const { sent } = await walk(script, { operation: price, paging, input: { FID_INPUT_ISCD: "1", FROM: "20260102" } });
    expect(sent.map(({ query }) => query.D)).toEqual([undefined, "20260102"]);
  });
});

describe("the options of pages", () => {
  it("limit how many are asked for; the last one says where to go on, in another process too", async () => {
    const first = await walk(threePages, { paging: byHeader, options: { limit: 2 } });
    expect([first.replies.length, first.sent.length]).toEqual([2, 2]);
    const resume: PageToken = JSON.parse(JSON.stringify(first.tokens[1]));
    const second = await walk(threePages, { paging: byHeader, options: { resume } });
    expect(second.replies.map(({ data }) => data.output1)).toEqual([[{ page: 3 }]]);
  });

  it("resume a walk where it was, without what was seen", async () => {
    const walking = { operation: price, paging: byDate, input: { FID_INPUT_ISCD: "1", DATE_2: "20260107" } };
    const first = await walk(daily(3), { ...walking, options: { limit: 1 } });
    const [resume] = first.tokens;
    if (!resume) throw new Error("a token was expected");
    const generous: Script = (sent, count) => daily(7)({ ...sent, query: { DATE_2: "20260107" } }, count);
    const second = await walk(generous, { ...walking, options: { resume, limit: 1 } });
    expect(dates(second.replies)).toEqual([["0104", "0103", "0102", "0101"]]);
  });

  const good: PageToken = { provider: "kis", operation: balance.id, at: { CTX_AREA_NK100: "2" } };
  it.each([
    ["another operation's", { ...good, operation: "elw.volumeRank" }, "elw.volumeRank"],
    ["one that changes other fields", { ...good, at: { CANO: "99999999" } }, "as it was"],
    ["one with numbers", { ...good, at: { CTX_AREA_NK100: 2 } }, "as it was"],
    ["no token", "2", "must be"],
    ["half a token", { operation: balance.id }, "must be"],
  ])("refuse %s before anything is sent", async (_, resume, words) => {
    const script = scripted(threePages);
    const error = await failure(
      walk(script, { paging: byHeader, options: { resume: resume as never } }),
      InvalidInputError,
    );
    expect([error.code, error.field]).toEqual(["INPUT_INVALID", "resume"]);
    expect(error.message).toContain(words);
    expect(script.sent).toEqual([]);
  });

  it.each([0, -1, Number.NaN])("refuse a limit of %s", async (limit) => {
    const error = await failure(walk(threePages, { paging: byHeader, options: { limit } }), InvalidInputError);
    expect(error.field).toBe("limit");
  });

  it("ask for one page at a time: who stops reading stops asking", async () => {
    const script = scripted(threePages);
    for await (const _ of pages(clientOf(script), balance, byHeader)) break;
    expect(script.sent).toHaveLength(1);
  });

  it("end with the signal, between pages too", async () => {
    const controller = new AbortController();
    const script = scripted(threePages);
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const reply of pages(clientOf(script), balance, byHeader, {}, { signal: controller.signal })) {
        seen.push(reply);
        controller.abort();
      }
    })();
    expect((await failure(reading)).code).toBe("ABORTED");
    expect([seen.length, script.sent.length]).toEqual([1, 1]);
  });

  it("throw what a page throws, after those before it", async () => {
    const script: Script = (sent, count) => (count === 2 ? refusal("APBK1664") : threePages(sent, count));
    const scripting = scripted(script);
    await failure(walk(scripting, { paging: byHeader }), ProviderError);
    expect(scripting.sent).toHaveLength(2);
  });
});
