export type { FeedRecord } from "../../realtime/feed.js";

/** What stands in `tr_key` of a feed. */
export type FeedKey =
  | "stockCode"
  | "indexCode"
  | "futureOptionCode"
  | "bondCode"
  | "overseasSymbol"
  | "overseasFutureCode"
  | "htsId";

/** One realtime feed: written by the generator, never by hand. */
export interface Feed<Row extends object> {
  /** `module.operationId` */
  readonly id: string;
  /** Absent under `mock`: the mock host does not serve it. */
  readonly trId: { readonly real: string; readonly mock?: string };
  readonly key: FeedKey;
  /** Which column repeats the key; absent when none does. */
  readonly keyColumn?: number;
  /** How many columns the document names; more may arrive. */
  readonly columns: number;
  /** Frames arrive encrypted, with the key of their acknowledgement. */
  readonly encrypted?: true;
  /** Makes a record of `columns` values from `at` on. */
  readonly read: (values: readonly string[], at: number) => Row;
}
