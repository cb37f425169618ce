/**
 * How further pages are asked for, as generated code says it. Fields of the request stand by name, those of the data by path: `page.next`.
 * @module
 */
export type Paging =
  /** The page `page` is sent; `more` says whether there is another, and `next` which. */
  | { readonly page: string; readonly more: string; readonly next: string }
  | {
      readonly style: "page-number";
      readonly page: string;
      readonly list: string;
      readonly first?: number;
      readonly last?: string;
    }
  | { readonly style: "cursor"; readonly cursor: string; readonly next: string }
  | { readonly style: "header-key"; readonly keys?: Readonly<Record<string, string>> }
  | KeyPaging
  | WalkPaging;

/** Goes on as long as `keys` come back with something in them. */
export interface KeyPaging {
  readonly style: "key";
  readonly keys: Readonly<Record<string, string>>;
  /** What else changes from the second page on. */
  readonly set?: Readonly<Record<string, string>>;
  /** Further pages are asked for with the provider's paging headers, too. */
  readonly continued?: true;
}

/** The fields in `back` (field of the request → field of an item) move before the oldest item of `list`, down to `until`. */
export interface WalkPaging {
  readonly style: "walk";
  readonly list: string;
  readonly back: Readonly<Record<string, string | readonly string[]>>;
  readonly until?: string;
  readonly set?: Readonly<Record<string, string>>;
}
