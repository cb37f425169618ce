/** What generated feed functions hand to the runtime, for every feed: the real runtime is replaced by one that gives it back. */
import * as realtime from "kofin/kis/realtime";
import { expect, test, vi } from "vitest";
import type { Feed } from "../../runtime/kis/realtime/index.js";
import { specs } from "../../sandbox/shared/specs.js";

vi.mock("../../runtime/kis/realtime/index.js", () => ({
  listen: (_: unknown, feed: unknown, key: unknown, options: unknown) => ({ feed, key, options }),
}));

interface Listening {
  feed: Feed<Record<string, string>>;
  key: string | undefined;
  options: unknown;
}

const feeds = specs("kis")?.documents.flatMap((document) => document.feeds) ?? [];

function listenTo(id: string, ...given: unknown[]): Listening {
  const functions: Record<string, unknown> = { ...realtime };
  return (functions[id] as (...all: unknown[]) => Listening)({}, ...given);
}

test.each(feeds.map((spec) => [spec.id, spec] as const))("%s", (id, spec) => {
  const isOwn = spec.key === "htsId";
  const options = isOwn ? { htsId: "someone", bufferSize: 5 } : { bufferSize: 5 };
  const { feed, ...handed } = isOwn ? listenTo(id, options) : listenTo(id, "005930", options);
  expect(handed).toEqual({ key: isOwn ? "someone" : "005930", options });

  const { read, ...constant } = feed;
  expect(constant).toEqual({
    id: `${spec.module}.${id}`,
    trId: spec.trId,
    key: spec.key,
    columns: spec.columns.length,
    ...(spec.keyColumn === undefined ? {} : { keyColumn: spec.columns.indexOf(spec.keyColumn) }),
    ...(spec.encrypted ? { encrypted: true } : {}),
  });

  const values = ["not", "ours", ...spec.columns.map((name) => `value of ${name}`), "nor this"];
  expect(Object.entries(read(values, 2))).toEqual(spec.columns.map((name) => [name, `value of ${name}`]));
});

test("notices need no options: the client knows whose they are", () => {
  expect(listenTo("domesticNotice")).toMatchObject({ key: undefined, options: undefined });
});

test("feeds with the same record share a reader", () => {
  const { read } = listenTo("domesticTradeNxt", "005930").feed;
  expect(listenTo("domesticTradeUnified", "005930").feed.read).toBe(read);
  expect(listenTo("domesticTrade", "005930").feed.read).not.toBe(read);
});
