/** A record as it is delivered; `extra` is what came beside what the document names. Not enumerable. */
export type FeedRecord<Row extends object> = Readonly<Row> & { readonly extra?: readonly string[] };
