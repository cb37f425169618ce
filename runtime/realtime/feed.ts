/**
 * A record as it is delivered; `extra` is what came beside what the document names, by its key where it has one. Not enumerable.
 */
export type FeedRecord<Row extends object, Extra = readonly string[]> = Readonly<Row> & { readonly extra?: Extra };
