export type { FeedRecord } from "../../realtime/feed.js";

/** One realtime feed: written by the generator, never by hand. `Row` is what it delivers. */
export interface Feed<Row extends object> {
  /** `module.operationId` */
  readonly id: string;
  /** What topics of it begin with. */
  readonly topic: string;
  /** What stands at their end. */
  readonly key: "symbol" | "accountSeq";
  /** There for the type alone. */
  readonly row?: Row;
}
