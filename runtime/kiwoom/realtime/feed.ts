import type { FeedRecord as Delivered } from "../../realtime/feed.js";

/** What a record came as: FID → text. */
export type Values = Readonly<Record<string, string | undefined>>;

/** `extra`: what came under FIDs that the document does not name. Not enumerable. */
export type FeedRecord<Row extends object> = Delivered<Row, Values>;

/** A US stock, as `item` of a registration. */
export interface StockOfExchange {
  jmcode: string;
  stex_tp: string;
}

/** What stands in `item` of a registration. */
export type FeedKey = "stockCode" | "sectorCode" | "goldItem" | "marketItem" | "usStock";

/** One realtime feed: written by the generator, never by hand. */
export interface Feed<Row extends object> {
  /** `module.operationId` */
  readonly id: string;
  /** `0B` */
  readonly type: string;
  /** Where the socket is at which it arrives. */
  readonly path: string;
  /** Absent: of the account that the token stands for, whatever `item` says. */
  readonly key?: FeedKey;
  /** How many columns the document names; more may arrive, or fewer. */
  readonly columns: number;
  /** Makes a record of what stands under the FIDs. */
  readonly read: (values: Values) => Row;
}
