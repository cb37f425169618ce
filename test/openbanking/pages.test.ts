import { DecodeError, InvalidInputError, ProviderError } from "kofin";
import { type PageOptions, type PageToken, pages } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { transactions } from "./operations.js";
import { bankSuccess, clientOf, refusal, type Script, type Scripted, scripted, userOf } from "./scripted.js";

const paging = { page: "befor_inquiry_trace_info", more: "next_page_yn", next: "befor_inquiry_trace_info" };
const input = { fintech_use_num: "120260001088941120000001", from_date: "20260101", to_date: "20260131" };

interface Page {
  res_list: string[];
}

const page = (count: number, more: "Y" | "N", trace = `trace-${count}`) =>
  bankSuccess({ res_list: [`row ${count}`], next_page_yn: more, befor_inquiry_trace_info: trace });

/** Three pages, found by the trace that is asked with. */
const three: Script = ({ fields }) => {
  const before = Number(String(fields.befor_inquiry_trace_info ?? "trace-0").replace("trace-", ""));
  return page(before + 1, before < 2 ? "Y" : "N", before < 2 ? `trace-${before + 1}` : "");
};

async function collect(script: Scripted, options?: PageOptions, asked: object = input) {
  const user = await userOf(clientOf(script));
  const rows: string[] = [];
  const resumes: (PageToken | undefined)[] = [];
  for await (const reply of pages<Page>(user, transactions, paging, asked, options)) {
    rows.push(...reply.data.res_list);
    resumes.push(reply.next);
  }
  return { rows, resumes };
}

const traces = (script: Scripted) => script.sent.map(({ fields }) => fields.befor_inquiry_trace_info);

describe("pages", () => {
  it("go on until there is none left, with the same period and a number of their own", async () => {
    const script = scripted(three);
    expect((await collect(script)).rows).toEqual(["row 1", "row 2", "row 3"]);
    expect(traces(script)).toEqual([undefined, "trace-1", "trace-2"]);
    expect(script.sent[0]?.fields).not.toHaveProperty("befor_inquiry_trace_info");
    for (const { fields } of script.sent) expect(fields).toMatchObject(input);
    expect(new Set(script.sent.map(({ fields }) => fields.bank_tran_id)).size).toBe(3);
  });

  it("take the caller's own number for the first page only", async () => {
    const script = scripted(three);
    await collect(script, {}, { ...input, bank_tran_id: "T990000123UAAAAAAAAA", tran_dtime: "20260131000000" });
    const numbers = script.sent.map(({ fields }) => fields.bank_tran_id);
    expect(numbers[0]).toBe("T990000123UAAAAAAAAA");
    expect(new Set(numbers).size).toBe(3);
    expect(script.sent[1]?.fields.tran_dtime).not.toBe("20260131000000");
  });

  it.each([1, 3])("end where nothing is there, be it the first page or the third", async (count) => {
    const script = scripted((_, asked) => (asked < count ? page(asked, "Y") : refusal("A0018", "조회 결과 없음")));
    expect((await collect(script)).rows).toHaveLength(count - 1);
  });

  it("go on in another process where one left off, after a detour over JSON", async () => {
    const script = scripted(three);
    const first = await collect(script, { limit: 1 });
    expect(first.rows).toEqual(["row 1"]);
    const resume = JSON.parse(JSON.stringify(first.resumes[0]));
    expect(resume).toEqual({ provider: "openbanking", operation: transactions.id, next: "trace-1" });
    const rest = await collect(script, { resume });
    expect(rest.rows).toEqual(["row 2", "row 3"]);
    expect(rest.resumes).toEqual([{ ...resume, next: "trace-2" }, undefined]);
    expect(traces(script)).toEqual([undefined, "trace-1", "trace-2"]);
  });

  it("end at the limit, and where the reader stops reading", async () => {
    const limited = scripted(three);
    expect((await collect(limited, { limit: 2 })).rows).toEqual(["row 1", "row 2"]);
    expect(limited.sent).toHaveLength(2);
    const stopped = scripted(three);
    for await (const _ of pages(await userOf(clientOf(stopped)), transactions, paging, input)) break;
    expect(stopped.sent).toHaveLength(1);
  });

  it.each<[PageOptions, string]>([
    [{ limit: 0 }, "limit"],
    [{ limit: Number.NaN }, "limit"],
    [{ resume: { provider: "openbanking", operation: "card.cards", next: "x" } }, "resume"],
    [{ resume: { provider: "kis", operation: transactions.id, next: "x" } as never }, "resume"],
    [{ resume: { provider: "openbanking", operation: transactions.id } as PageToken }, "resume"],
  ])("cannot be had with %j", async (options, field) => {
    const script = scripted(three);
    const error = await failure(collect(script, options), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field });
    expect(script.sent).toHaveLength(0);
  });

  it.each([
    ["the same page for ever", () => page(1, "Y", "trace-1"), 2],
    ["two pages in turns", (_: unknown, count: number) => page(count, "Y", `trace-${count % 2}`), 3],
    ["more without saying where", () => page(1, "Y", ""), 1],
  ])("end when the center promises %s, after those that came", async (_, answer, count) => {
    const script = scripted(answer as Script);
    const seen: string[] = [];
    const read = async () => {
      const user = await userOf(clientOf(script));
      for await (const { data } of pages<Page>(user, transactions, paging, input)) seen.push(...data.res_list);
    };
    const error = await failure(read(), DecodeError);
    expect(error.message).toContain("befor_inquiry_trace_info");
    expect([script.sent.length, seen.length]).toEqual([count, count]);
  });

  it("do not come back to the page they were resumed from", async () => {
    const script = scripted(() => page(1, "Y", "trace-7"));
    await failure(
      collect(script, { resume: { provider: "openbanking", operation: transactions.id, next: "trace-7" } }),
      DecodeError,
    );
    expect(script.sent).toHaveLength(1);
  });

  it("throw what a page throws", async () => {
    const script = scripted((sent, count) => (count === 1 ? three(sent, 1) : refusal("A0004")));
    await failure(collect(script), ProviderError);
    expect(script.sent).toHaveLength(2);
  });
});
