import { faults } from "../../call/fault.js";
import { type FeedOptions, type Subscription, subscribe } from "../../realtime/listen.js";
import type { Kis } from "../client.js";
import type { Feed } from "./feed.js";
import { codecOf, type Table } from "./frame.js";
import { kisProtocol } from "./protocol.js";

export type { FeedOptions, Subscription } from "../../realtime/listen.js";

export interface NoticeOptions extends FeedOptions {
  /** Whose notices. Default the client's `htsId`. */
  htsId?: string;
}

/**
 * Subscribes to a feed. Used by generated functions. Consumers of the same feed and key share one registration.
 * @throws InvalidInputError `MOCK_UNSUPPORTED`, `INPUT_MISSING`, `INPUT_INVALID`, or `REGISTRATIONS_FULL`: KIS allows 41 at a time.
 * Nothing was sent.
 */
export function listen<Row extends object>(
  kis: Kis,
  feed: Feed<Row>,
  key: string | undefined,
  options: FeedOptions = {},
): Subscription<Row> {
  const { protocol, environment, htsId } = kisProtocol(kis);
  const fault = (field: string) => faults("kis")(feed, field);
  const trId = feed.trId[environment];
  if (!trId) {
    const what = "is mock, which does not serve this feed: it takes a real app key";
    throw fault("environment")("MOCK_UNSUPPORTED", what);
  }
  const trKey = key ?? (feed.key === "htsId" ? htsId : undefined);
  if (!trKey) throw fault(feed.key)("INPUT_MISSING", "is missing");
  const listening = { protocol, id: feed.id, trId, key: trKey, keyKind: feed.key, codec: codecOf(feed) };
  return subscribe<Row, Table>(listening, options);
}
