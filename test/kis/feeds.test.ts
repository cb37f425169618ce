/** The 60 realtime feeds of the specs against the provider's own lists of columns, kept apart from the specs in `fixtures/feeds.json`. */
import { readFileSync } from "node:fs";
import type { Feed } from "kofin/generator";
import * as realtime from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { feeds as catalogue } from "../../generated/kis/catalogue.js";
import { specs } from "../../sandbox/shared/specs.js";

/** tr_id → the columns as a frame joins them. */
const documented = JSON.parse(readFileSync(new URL("fixtures/feeds.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;

const feeds = specs("kis")?.documents.flatMap((document) => document.feeds) ?? [];

test("there are 60 feeds with 2,392 columns", () => {
  expect(feeds.map(({ trId }) => trId.real).sort()).toEqual(Object.keys(documented));
  expect(feeds).toHaveLength(60);
  expect(feeds.flatMap(({ columns }) => columns)).toHaveLength(2_392);
});

test.each(feeds.map((feed) => [feed.trId.real, feed] as const))("%s: its columns, in order", (trId, feed) => {
  expect(feed.columns.join("^")).toBe(documented[trId]);
  expect(Object.keys(feed.record.properties ?? {})).toEqual(feed.columns);
  expect(feed.record.required).toEqual(feed.columns);
});

test("the mock host serves five of them, notices under another tr_id", () => {
  expect(Object.fromEntries(feeds.flatMap(({ trId }) => (trId.mock ? [[trId.real, trId.mock]] : [])))).toEqual({
    H0STCNT0: "H0STCNT0",
    H0STASP0: "H0STASP0",
    H0STCNI0: "H0STCNI9",
    H0GSCNI0: "H0GSCNI9",
    H0IFCNI0: "H0IFCNI9",
  });
});

test("what is the user's own arrives encrypted and is asked for by the HTS ID", () => {
  const notices = ["H0STCNI0", "H0GSCNI0", "H0IFCNI0", "H0MFCNI0", "H0EUCNI0", "HDFFF1C0", "HDFFF2C0"].sort();
  const idsOf = (wanted: (feed: Feed) => boolean) => feeds.filter(wanted).map(({ trId }) => trId.real);
  expect(idsOf(({ encrypted }) => encrypted).sort()).toEqual(notices);
  expect(idsOf(({ key }) => key === "htsId").sort()).toEqual(notices);
});

test("only the market status of both exchanges does not repeat its key", () => {
  expect(feeds.filter(({ keyColumn }) => keyColumn === undefined).map(({ id }) => id)).toEqual([
    "domesticMarketStatusUnified",
  ]);
  expect(feeds.filter(({ keyColumn, columns }) => keyColumn && keyColumn !== columns[0])).toEqual([]);
});

test("every column has an example: one can make a record of them", () => {
  const bare = feeds.flatMap(({ id, record }) =>
    Object.entries(record.properties ?? {})
      .filter(([, { examples = [] }]) => typeof examples[0] !== "string")
      .map(([name]) => `${id}.${name}`),
  );
  expect(bare).toEqual([]);
});

describe("kofin/kis/realtime", () => {
  test("has a function for each, and the catalogue lists it", () => {
    const functions: Record<string, unknown> = { ...realtime };
    expect(feeds.filter(({ id }) => typeof functions[id] !== "function")).toEqual([]);
    expect(catalogue.map(({ id }) => id).sort()).toEqual(feeds.map(({ id }) => id).sort());
    expect(catalogue.filter(({ mock }) => mock)).toHaveLength(5);
  });

  test("has the codes of all of them", () => {
    expect(realtime.prdyVrssSignCodes.상승).toBe("2");
    expect(realtime.mkopClsCodes.장마감).toBe("129");
  });
});
