/**
 * Data frames: `<0 plain, 1 encrypted>|<tr_id>|<how many records>|<columns joined by ^>`.
 * @module
 */
import type { RecordCodec } from "../../realtime/registration.js";
import type { Feed, FeedRecord } from "./feed.js";

export interface Frame {
  encrypted: boolean;
  trId: string;
  count: number;
  payload: string;
}

/** Undefined when `text` is no data frame. */
export function parseFrame(text: string): Frame | undefined {
  const flag = text[0];
  if ((flag !== "0" && flag !== "1") || text[1] !== "|") return undefined;
  const afterId = text.indexOf("|", 2);
  const afterCount = text.indexOf("|", afterId + 1);
  if (afterId < 0 || afterCount < 0) return undefined;
  const count = Number(text.slice(afterId + 1, afterCount));
  if (!Number.isInteger(count) || count < 1) return undefined;
  return { encrypted: flag === "1", trId: text.slice(2, afterId), count, payload: text.slice(afterCount + 1) };
}

/** The columns of a frame, and how many of them make a record. */
export interface Table {
  payload: string;
  values: string[];
  width: number;
}

/**
 * Splits by what arrived, not by what the document says: KIS adds columns at the end without a word. Undefined when the columns
 * cannot be shared out among the records.
 */
export function splitPayload(payload: string, count: number): Table | undefined {
  if (payload === "") return undefined;
  const values = payload.split("^");
  const width = values.length / count;
  return Number.isInteger(width) ? { payload, values, width } : undefined;
}

/** The part of a payload that is one record. */
export function recordText(payload: string, at: number, width: number): string {
  return payload
    .split("^")
    .slice(at, at + width)
    .join("^");
}

/** One record; columns that are not there any more are empty. */
export function readRecord<Row extends object>(
  feed: Feed<Row>,
  { values, width }: Omit<Table, "payload">,
  at: number,
): FeedRecord<Row> {
  const { columns, read } = feed;
  if (width === columns) return read(values, at) as FeedRecord<Row>;
  if (width < columns) {
    const padded = [...values.slice(at, at + width), ...Array<string>(columns - width).fill("")];
    return read(padded, 0) as FeedRecord<Row>;
  }
  const record = read(values, at);
  Object.defineProperty(record, "extra", { value: values.slice(at + columns, at + width) });
  return record as FeedRecord<Row>;
}

/** Where a record stood. */
interface Trace {
  payload: string;
  at: number;
  width: number;
}

/** Records of a feed, read from the columns of a frame. */
export function codecOf(feed: Feed<object>): FeedCodec {
  const known = codecs.get(feed);
  if (known) return known;
  const codec: FeedCodec = {
    feed,
    read: (table, at) => readRecord(feed, table, at),
    trace({ payload, width }, at, before) {
      if (!before) return { payload, at, width };
      before.payload = payload;
      before.at = at;
      before.width = width;
      return before;
    },
    text: ({ payload, at, width }) => recordText(payload, at, width),
  };
  codecs.set(feed, codec);
  return codec;
}

export interface FeedCodec extends RecordCodec<Table, Trace> {
  readonly feed: Feed<object>;
}

const codecs = /* @__PURE__ */ new WeakMap<Feed<object>, FeedCodec>();
