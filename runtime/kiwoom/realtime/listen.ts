import { type FaultAt, faults } from "../../call/fault.js";
import { isRecord, type Json } from "../../paths.js";
import { type FeedOptions, type Subscription as Shared, subscribe } from "../../realtime/listen.js";
import type { Kiwoom } from "../client.js";
import type { Feed, FeedKey, StockOfExchange, Values } from "./feed.js";
import { nameOf } from "./messages.js";
import { kiwoomProtocol } from "./protocol.js";
import { codecOf } from "./record.js";

export type { FeedOptions } from "../../realtime/listen.js";

/** A feed that is being read: loop over it with `for await`. */
export type Subscription<Row extends object> = Shared<Row, Values>;

/**
 * Subscribes to a feed. Used by generated functions. Consumers of the same feed and key share one registration. Codes may be passed as
 * answers have them, with the letter in front (`A005930`).
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `MOCK_UNSUPPORTED`, `REGISTRATIONS_FULL`. Nothing was sent.
 */
export function listen<Row extends object>(
  kiwoom: Kiwoom,
  feed: Feed<Row>,
  key: string | StockOfExchange | undefined,
  options: FeedOptions = {},
): Subscription<Row> {
  const { protocol, environment } = kiwoomProtocol(kiwoom, feed.path);
  const { id, type, key: keyKind } = feed;
  const item = keyKind === undefined ? "" : itemOf(keyKind, key, faults("kiwoom")(feed, keyKind));
  if (environment === "mock" && keyKind === "stockCode" && item.includes("_")) {
    const what = "must be of the Korea Exchange alone (no _NX, no _AL): the mock host serves no other";
    throw faults("kiwoom")(feed, keyKind)("MOCK_UNSUPPORTED", what);
  }
  const listening = { protocol, id, trId: type, key: item, ...(keyKind && { keyKind }), codec: codecOf(feed) };
  return subscribe<Row, Json, Values>(listening, options);
}

/** Nobody documents what stands in them, and the examples are blank. */
const MAY_BE_BLANK: readonly FeedKey[] = ["goldItem", "marketItem"];

function itemOf(kind: FeedKey, key: unknown, fault: ReturnType<FaultAt>): string {
  if (kind === "usStock") return usItemOf(key, fault);
  if (typeof key !== "string" || (key === "" && !MAY_BE_BLANK.includes(kind)))
    throw fault("INPUT_MISSING", "is missing");
  if (kind === "sectorCode" && !/^\w+$/.test(key)) throw fault("INPUT_INVALID", "must be a code, such as 001");
  if (kind !== "stockCode") return key;
  const code = key.replace(/^[AJQ](?=[0-9A-Z]{6}(_|$))/i, "");
  if (/^[0-9A-Z]+(_NX|_AL)?$/i.test(code)) return code;
  throw fault("INPUT_INVALID", "must be one code, such as 005930, 005930_NX (NXT) or 005930_AL (SOR)");
}

function usItemOf(key: unknown, fault: ReturnType<FaultAt>): string {
  if (key === undefined) throw fault("INPUT_MISSING", "is missing");
  const { jmcode, stex_tp } = isRecord(key) ? key : {};
  const isRight = typeof jmcode === "string" && /^[A-Z0-9.\-/]+$/i.test(jmcode) && /^N[YDA]$/.test(String(stex_tp));
  if (isRight) return nameOf(String(stex_tp), jmcode);
  throw fault("INPUT_INVALID", 'must be such as { jmcode: "AAPL", stex_tp: "ND" }: NY NYSE, ND NASDAQ, NA AMEX');
}
