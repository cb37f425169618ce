/** Kiwoom's 23 feeds against the official list of FIDs, kept apart from the specs in `fixtures/feeds.json`, and each of them listened to. */
import { readFileSync } from "node:fs";
import type { Feed } from "kofin/generator";
import type { Kiwoom, Subscription } from "kofin/kiwoom";
import * as functions from "kofin/kiwoom/realtime";
import { describe, expect, test } from "vitest";
import { feeds as catalogue } from "../../generated/kiwoom/catalogue.js";
import { specs } from "../../sandbox/shared/specs.js";
import { connect, open } from "./realtime-setup.js";

type Row = Readonly<Record<string, string>>;
type ByKey = (kiwoom: Kiwoom, key?: unknown) => Subscription<Row>;

/** Type → its FIDs, in the order of the document. */
const documented = JSON.parse(readFileSync(new URL("fixtures/feeds.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;
const feeds: Feed[] = specs("kiwoom")?.documents.flatMap((document) => document.feeds) ?? [];
const fidsOf = ({ type = "" }: Feed) => (documented[type] ?? "").split(" ");

/** What a feed is asked for by, and how records of it say so. */
const KEYS: Record<string, { key: unknown; item: string; exchange?: string }> = {
  "": { key: undefined, item: "005930" },
  stockCode: { key: "005930", item: "005930" },
  sectorCode: { key: "001", item: "001" },
  goldItem: { key: "", item: "MGD" },
  marketItem: { key: "", item: "" },
  usStock: { key: { jmcode: "AAPL", stex_tp: "ND" }, item: "AAPL", exchange: "ND" },
};

async function listenTo(place: ReturnType<typeof open>, feed: Feed) {
  const found = (functions as unknown as Record<string, ByKey>)[feed.id];
  const { key, ...of } = KEYS[feed.key] ?? { key: undefined, item: "" };
  if (!found) throw new Error(`There is no function ${feed.id}`);
  const { client } = connect(place);
  const subscription = key === undefined ? found(client) : found(client, key);
  await subscription.ready;
  const next = async (values: Record<string, string>) => {
    expect(place.server.publish({ type: feed.type ?? "", ...of, values })).toBe(1);
    const { value } = await subscription.next();
    if (!value) throw new Error(`${feed.id} delivered nothing`);
    return value;
  };
  return { next, subscription };
}

test("there are 23 feeds with 607 columns, and each is what the document lists", () => {
  expect(feeds.map(({ type }) => type).sort()).toEqual(Object.keys(documented).sort());
  expect(feeds.flatMap(({ columns }) => columns)).toHaveLength(607);
  for (const feed of feeds) expect([...(feed.wireKeys ?? [])].sort(), feed.id).toEqual(fidsOf(feed).sort());
});

test("the catalogue lists them", () => {
  expect(catalogue.map(({ id }) => id).sort()).toEqual(feeds.map(({ id }) => id).sort());
  expect(catalogue).toHaveLength(23);
});

test.each(feeds.map((feed) => [feed.id, feed] as const))("%s", async (_, feed) => {
  const place = open();
  const fids = fidsOf(feed);
  const { next, subscription } = await listenTo(place, feed);

  // All there is: each column is what stands under its FID.
  const full = await next(Object.fromEntries(fids.map((fid) => [fid, `v${fid}`])));
  expect(Object.keys(full)).toEqual(feed.columns);
  expect(Object.values(full)).toEqual((feed.wireKeys ?? []).map((fid) => `v${fid}`));
  expect(full.extra).toBeUndefined();

  // Half of it: what is not there is blank.
  const half = new Set(fids.filter((_, at) => at % 2 === 0));
  const some = await next(Object.fromEntries([...half].map((fid) => [fid, `w${fid}`])));
  expect(Object.keys(some)).toEqual(feed.columns);
  expect(Object.values(some)).toEqual((feed.wireKeys ?? []).map((fid) => (half.has(fid) ? `w${fid}` : "")));

  // Nothing at all, and more than there is.
  expect(Object.values(await next({}))).toEqual(feed.columns.map(() => ""));
  const more = await next({ [fids[0] ?? ""]: "1", "99998": "new", "99999": "" });
  expect(more.extra).toEqual({ "99998": "new", "99999": "" });
  expect(Object.keys(more)).toEqual(feed.columns);
  expect(JSON.stringify(more)).not.toContain("99998");
  subscription.close();
});

describe("values", () => {
  test("stay text: leading zeros, signs and blanks as they came, and numbers become it", async () => {
    const place = open();
    const { client } = connect(place);
    const feed = functions.stockTrade(client, "005930");
    await feed.ready;
    const text =
      '{"trnm":"REAL","data":[{"type":"0B","name":"","item":"005930","values":{"10":-61300,"20":"090000","15":null,"11":"--5","1":7}}]}';
    place.server.send(text);
    const { value } = await feed.next();
    expect(value).toMatchObject({ price: "-61300", time: "090000", volume: "", change: "--5" });
    expect(value?.extra).toEqual({ "1": "7" });
    feed.close();
  });

  test("codes have constants", () => {
    expect(functions.sideCodes.매수).toBe("2");
    expect(functions.marketStatusCodes["장시작(09:00)"]).toBe("3");
  });
});
