/**
 * Every generated feed function subscribes and delivers: records of the sandbox, which knows the feeds from the specs, as the
 * generated code reads them.
 */
import type { Feed } from "kofin/generator";
import type { Kis, NoticeOptions, Subscription } from "kofin/kis";
import * as functions from "kofin/kis/realtime";
import { describe, expect, test } from "vitest";
import { specs } from "../../sandbox/shared/specs.js";
import { connect, open } from "./setup.js";

type Row = Readonly<Record<string, string>>;
type ByKey = (kis: Kis, key: string) => Subscription<Row>;
type ForUser = (kis: Kis, options?: NoticeOptions) => Subscription<Row>;

const feeds: Feed[] = specs("kis")?.documents.flatMap((document) => document.feeds) ?? [];
const mocked = feeds.filter(({ trId }) => trId.mock !== undefined);
const { sandbox, live } = open();

function keyOf({ key, keySchema }: Feed): string {
  return key === "htsId" ? sandbox.kis.options.htsId : String(keySchema.examples?.[0]);
}

function listenTo(kis: Kis, feed: Feed): Subscription<Row> {
  const found = (functions as unknown as Record<string, ByKey & ForUser>)[feed.id];
  if (!found) throw new Error(`There is no function ${feed.id}`);
  return feed.key === "htsId" ? found(kis) : found(kis, keyOf(feed));
}

async function first(kis: Kis, feed: Feed, trId: string): Promise<Row> {
  const subscription = listenTo(kis, feed);
  await subscription.ready;
  const key = keyOf(feed);
  expect(live.sessions[0]?.subscriptions).toEqual([{ trId, trKey: key }]);
  if (feed.key === "htsId") live.publish(trId, key, {});
  else live.tick();
  const { value } = await subscription.next();
  subscription.close();
  if (!value) throw new Error(`${feed.id} delivered nothing`);
  return value;
}

describe("60 feeds", () => {
  const { client } = connect(sandbox);

  test("are there", () => expect(feeds).toHaveLength(60));

  test.each(feeds.map((feed) => [feed.id, feed] as const))("%s", async (_, feed) => {
    const row = await first(client, feed, feed.trId.real);
    expect(Object.keys(row)).toEqual(feed.columns);
    expect(Object.values(row).every((value) => typeof value === "string")).toBe(true);
    if (feed.keyColumn) expect(row[feed.keyColumn]).toBe(keyOf(feed));
    expect(row).not.toHaveProperty("extra");
  });
});

describe("the mock host", () => {
  const { client } = connect(sandbox, {}, { environment: "mock" });

  test("serves five feeds", () => {
    const ids = mocked.map(({ trId }) => trId.mock);
    expect(ids.sort()).toEqual(["H0GSCNI9", "H0IFCNI9", "H0STASP0", "H0STCNI9", "H0STCNT0"]);
  });

  test.each(mocked.map((feed) => [feed.id, feed] as const))("%s", async (_, feed) => {
    expect(Object.keys(await first(client, feed, feed.trId.mock ?? ""))).toEqual(feed.columns);
    expect(live.sessions).toEqual([]);
  });

  test("all others are refused before anything is sent", () => {
    const before = live.messages.length;
    for (const feed of feeds) {
      if (feed.trId.mock === undefined) expect(() => listenTo(client, feed)).toThrow(/is mock/);
    }
    expect(live.messages).toHaveLength(before);
  });
});
