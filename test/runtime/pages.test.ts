import { DecodeError, ProviderError } from "kofin";
import { type Codef, pages } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { reading } from "../support/operations.js";
import { clientOf, refusal, scripted, success } from "../support/scripted.js";

const paging = { page: "pageNo", more: "hasNext", next: "nextPageNo" };

interface Page {
  list: string[];
}

async function collect(codef: Codef, input?: object): Promise<string[]> {
  const all: string[] = [];
  for await (const { data } of pages<Page>(codef, reading, paging, input)) all.push(...data.list);
  return all;
}

describe("pages", () => {
  it("go on until the provider says there is none, with the same input otherwise", async () => {
    const script = scripted((_, count) =>
      success(
        count < 3 ? { list: [`${count}`], hasNext: true, nextPageNo: count } : { list: ["last"], hasNext: false },
      ),
    );
    expect(await collect(clientOf(script), { organization: "0004" })).toEqual(["1", "2", "last"]);
    expect(script.sent.map(({ body }) => body)).toEqual([
      { organization: "0004" },
      { organization: "0004", pageNo: 1 },
      { organization: "0004", pageNo: 2 },
    ]);
  });

  it("begin where the caller says, page 0 included, and read flags that arrive as text", async () => {
    const script = scripted((_, count) =>
      success({ list: ["x"], hasNext: count === 1 ? "true" : "false", nextPageNo: "1" }),
    );
    expect(await collect(clientOf(script), { pageNo: 0 })).toEqual(["x", "x"]);
    expect(script.sent.map(({ body }) => body)).toEqual([{ pageNo: 0 }, { pageNo: "1" }]);
  });

  it("are asked for one at a time: who stops reading stops asking", async () => {
    const script = scripted(() => success({ list: ["x"], hasNext: true, nextPageNo: script.sent.length }));
    for await (const _ of pages<Page>(clientOf(script), reading, paging)) if (script.sent.length === 2) break;
    expect(script.sent).toHaveLength(2);
  });

  it.each([
    ["the same page for ever", { list: ["x"], hasNext: true, nextPageNo: 1 }],
    ["more without saying where", { list: ["x"], hasNext: true }],
  ])("end when the provider promises %s", async (_, data) => {
    const script = scripted(() => success(data));
    const error = await failure(collect(clientOf(script)), DecodeError);
    expect(error.message).toContain("nextPageNo");
    expect(script.sent.length).toBeLessThanOrEqual(2);
  });

  it("do not come back to the page they began with", async () => {
    const script = scripted(() => success({ list: ["x"], hasNext: true, nextPageNo: 3 }));
    await failure(collect(clientOf(script), { pageNo: 3 }), DecodeError);
    expect(script.sent).toHaveLength(1);
  });

  it("throw what a page throws, after those before it", async () => {
    const script = scripted((_, count) =>
      count === 1 ? success({ list: ["x"], hasNext: true, nextPageNo: 1 }) : refusal("CF-12801"),
    );
    const seen: string[] = [];
    const collected = (async () => {
      for await (const { data } of pages<Page>(clientOf(script), reading, paging)) seen.push(...data.list);
    })();
    await failure(collected, ProviderError);
    expect(seen).toEqual(["x"]);
  });
});
