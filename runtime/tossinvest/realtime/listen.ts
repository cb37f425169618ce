import { faults } from "../../call/fault.js";
import type { ApiOperation } from "../../call/operation.js";
import type { Reply } from "../../call/reply.js";
import { isRecord, type Json } from "../../paths.js";
import type { ProviderPerformer } from "../../provider/operation.js";
import { type FeedOptions, type Refill, type Subscription, subscribe } from "../../realtime/listen.js";
import { kstStamp } from "../../seoul-time.js";
import { accountOf, type Tossinvest } from "../client.js";
import { isKorean } from "../rules.js";
import type { Feed } from "./feed.js";
import { tossinvestProtocol } from "./protocol.js";
import { codec } from "./reader.js";

export type { FeedOptions, Subscription } from "../../realtime/listen.js";

export interface NoticeOptions extends FeedOptions {
  /** Whose orders. Default the client's `accountSeq`. */
  accountSeq?: number | string;
}

/**
 * Subscribes to a topic. Used by generated functions. Consumers of the same topic share one registration. After a gap in
 * `personal:order` the orders of the account are read again and delivered as records without an `event`: all that are open, and those
 * that were closed since the day before the gap.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, or `REGISTRATIONS_FULL`: 100 topics are allowed. Nothing was sent.
 */
export function listen<Row extends object>(
  tossinvest: Tossinvest,
  feed: Feed<Row>,
  key: number | string | undefined,
  options: FeedOptions = {},
): Subscription<Row> {
  const { protocol, performer, accountSeq } = tossinvestProtocol(tossinvest);
  const isOwn = feed.key === "accountSeq";
  const topic = isOwn ? ownTopic(feed, accountOf(key ?? accountSeq)) : marketTopic(feed, key);
  const refill = isOwn ? ordersOf(performer, topic.key) : undefined;
  return subscribe<Row, Json>(
    { protocol, id: feed.id, ...topic, keyKind: feed.key, codec, ...(refill && { refill }) },
    options,
  );
}

interface Topic {
  trId: string;
  key: string;
}

function ownTopic({ topic }: Feed<object>, key: string): Topic {
  return { trId: topic, key };
}

/** `005930` or `kr:005930` */
function marketTopic(feed: Feed<object>, given: number | string | undefined): Topic {
  const fault = faults("tossinvest")(feed, feed.key);
  if (given === undefined || given === "") throw fault("INPUT_MISSING", "is missing");
  const [, named, symbol = ""] = /^(?:(kr|us):)?([A-Za-z0-9.-]+)$/.exec(String(given)) ?? [];
  if (symbol === "") throw fault("INPUT_INVALID", "must be a symbol, such as 005930, AAPL or kr:005930");
  return { trId: `${feed.topic}:${named ?? (isKorean(symbol) ? "kr" : "us")}`, key: symbol };
}

const GET_ORDERS: ApiOperation = {
  ...{ id: "order-history.getOrders", method: "GET", path: "/api/v1/orders" },
  ...{ retry: "safe", limit: "ORDER_HISTORY" },
};

const DAY_MS = 24 * 3_600_000;

/** Nothing is sent again after a break: the orders themselves say what has become of them. */
function ordersOf(performer: ProviderPerformer, accountSeq: string): Refill {
  return {
    async *read({ from }, signal) {
      const since = kstStamp(from - DAY_MS).replace(/^(\d{4})(\d\d)(\d\d).*/, "$1-$2-$3");
      for (const status of ["OPEN", "CLOSED"]) {
        let cursor: unknown;
        do {
          const input = {
            status,
            ...(status === "CLOSED" && { from: since, limit: 100 }),
            ...(cursor !== undefined && { cursor }),
          };
          const headers = { "X-Tossinvest-Account": accountSeq };
          const { data } = (await performer.perform(GET_ORDERS, input, { signal }, headers)) as Reply<Json>;
          for (const order of Array.isArray(data.orders) ? data.orders : []) yield { accountSeq, order };
          cursor = data.hasNext === true ? (data.nextCursor ?? undefined) : undefined;
        } while (cursor !== undefined);
      }
    },
    idOf: (record) => ("order" in record && isRecord(record.order) ? String(record.order.orderId) : undefined),
  };
}
