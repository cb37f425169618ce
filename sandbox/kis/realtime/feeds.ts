import type { Feed, Provider } from "../../../generator/model.js";
import { bond, futures, type Instrument, index, overseasFutures, stock } from "../../exchange/market/instrument.js";
import { type Environment, HTS_ID } from "../credentials.js";
import { overseas } from "../exchange-codes.js";
import type { ControlCode } from "./control-codes.js";

/** The feeds of each environment by `tr_id`. */
export type Feeds = Readonly<Record<Environment, ReadonlyMap<string, Feed>>>;

export function feedsOf(provider: Provider | undefined): Feeds {
  const feeds = provider?.documents.flatMap((document) => document.feeds) ?? [];
  const mocked = feeds.flatMap((feed) => (feed.trId.mock ? [[feed.trId.mock, feed] as const] : []));
  return { real: new Map(feeds.map((feed) => [feed.trId.real, feed])), mock: new Map(mocked) };
}

const KINDS: Readonly<Record<string, (key: string) => Instrument | undefined>> = {
  stockCode: stock,
  indexCode: index,
  futureOptionCode: futures,
  // 채권지수 are asked for like bonds.
  bondCode: (key) => bond(key) ?? index(key),
  overseasSymbol(key) {
    const [, market = "", code = ""] = /^[DR]([A-Z]{3})(.+)$/.exec(key) ?? [];
    return overseas(market, code);
  },
  overseasFutureCode: overseasFutures,
};

/** What a feed is about with that key; undefined for notices. */
export function instrumentOf({ key: kind }: Feed, key: string): Instrument | undefined {
  return KINDS[kind]?.(key);
}

/** What is wrong with a key. */
export function keyFlaw(feed: Feed, key: string): ControlCode | undefined {
  if (feed.key === "htsId") return key === HTS_ID ? undefined : "OPSP0017";
  if (key.length > (feed.keySchema.maxLength ?? 32)) return "OPSP8993";
  return instrumentOf(feed, key) ? undefined : "OPSP8992";
}
