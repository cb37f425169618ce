/**
 * Further pages: every operation of KIS that has them, asked for by its `…Pages` function.
 * @module
 */
import type { Operation } from "kofin/generator";
import type { Kis, PageOptions, Reply } from "kofin/kis";
import { describe, expect, test } from "vitest";
import type { Input } from "./example-input.js";
import { expectReply } from "./kis-expectations.js";
import { busy, cases, fullCases, productOf } from "./kis-setup.js";
import { functionOf, nameOf } from "./specs.js";
import { complaints } from "./validator.js";

type Pages = (kis: Kis, input: Input, options?: PageOptions) => AsyncGenerator<Reply<unknown>, void>;

/** Charts go back for years. */
const LIMIT = 3;

/** What has one page, and why. */
const SINGLE: Readonly<Record<string, string>> = {
  "domestic-futureoption-trading.inquirePsblNgtOrder": "one answer, and no list",
  "domestic-futureoption-trading.ngtMarginDetail": "a row for each kind of margin, of which there is one",
  "domestic-stock-quotations.etfetnInquireAskingPrice": "one answer, and no list",
  "domestic-stock-trading.inquireAccountBalance": "two kinds of assets",
  "domestic-stock-trading.inquireDailyCcld · before3Months": "nobody ordered anything that long ago",
  "domestic-stock-trading.inquirePeriodProfit": "a row for each day, of which there is one",
  "overseas-futureoption-trading.marginDetail": "one answer, and no list",
};

const lean = cases.filter(([title]) => !fullCases.some(([full]) => full === title));
const paged = lean.filter(([, { operation }]) => operation.paging);

test("80 operations have further pages", () => {
  expect(new Set(paged.map(([, { operation }]) => nameOf(operation))).size).toBe(80);
});

describe("pages", () => {
  test.each(paged)("%s: each brings something else, until there is none", async (title, found) => {
    const { operation, example } = found;
    const pages = await functionOf<Pages>("kis", operation.module, `${operation.id}Pages`);
    const replies: Reply<unknown>[] = [];
    const before = busy.sandbox.kis.requests.at(-1);
    for await (const reply of pages(busy.client(productOf(operation)), example.input, { limit: LIMIT })) {
      expectReply(found, reply);
      replies.push(reply);
    }
    const requests = busy.sandbox.kis.requests;
    const sent = requests.slice(before ? requests.lastIndexOf(before) + 1 : 0, requests.length);
    const isSingle = Object.keys(SINGLE).some((name) => title.startsWith(name));
    if (isSingle) expect(replies).toHaveLength(1);
    else expect(replies.length).toBeGreaterThan(1);
    expect(new Set(replies.map(({ data }) => JSON.stringify(data))).size).toBe(replies.length);
    const hasMore = replies.map(({ next }) => next !== undefined);
    expect(hasMore.slice(0, -1)).toEqual(hasMore.slice(0, -1).map(() => true));
    if (replies.length < LIMIT && !isOpen(operation)) expect(hasMore.at(-1)).toBe(false);

    const style = operation.paging?.style;
    const turns = sent.map(({ headers }) => headers.tr_cont);
    const isTold = style === "header-key" || (operation.paging?.style === "key" && operation.paging.continued);
    expect(turns).toEqual(sent.map((_, page) => (page > 0 && isTold ? "N" : undefined)));
    for (const { body } of sent) expect(complaints(operation.request ?? {}, body)).toEqual([]);
    replies.slice(0, -1).forEach(({ next }, page) => {
      expect(sent[page + 1]?.body).toMatchObject(next?.at ?? {});
    });
  });
});

/** Nobody can tell of a chart without a beginning that its oldest row is the first of all, but by asking for more. */
function isOpen({ paging }: Operation): boolean {
  return paging?.style === "walk" && paging.until === undefined;
}
