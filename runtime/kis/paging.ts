/**
 * How KIS is asked for further pages, in the shared styles.
 * @module
 */
import { type KeyStyle, keyStyle, type Promised } from "../paging/keys.js";
import type { PagingStyle } from "../paging/pages.js";
import { type WalkStyle, walkStyle } from "../paging/walk.js";
import type { KisOperation, Reply } from "./operation.js";

/** How further pages are asked for: fields of the request stand by name, those of the data by path. */
export type Paging = KeyPaging | WalkPaging;

/** What the answer says goes back to KIS with the next request: field of the request → path in the data. */
export interface KeyPaging extends KeyStyle {
  /** `header-key`: a header says whether there is more. `key`: as long as something comes back. */
  readonly style: "header-key" | "key";
  /** Of the style `key`: further pages are asked for with the header, too. */
  readonly continued?: true;
}

/** The request moves before the oldest item of `list`. */
export interface WalkPaging extends WalkStyle {
  readonly style: "walk";
}

/** The style of an operation's pages, and the operation that asks for a further one. */
export function pagingStyleOf(
  operation: KisOperation,
  paging: Paging,
): { style: PagingStyle<Reply<unknown>>; further: KisOperation } {
  if (paging.style === "walk") return { style: walkStyle(paging), further: operation };
  const isContinued = paging.style === "header-key" || paging.continued === true;
  const further = isContinued ? { ...operation, trCont: "N" as const } : operation;
  return { style: keyStyle(paging, paging.style === "header-key" ? told : undefined), further };
}

/** What the header `tr_cont` says: another page (F, M), or none (D, E). It may be blank. */
function told({ trCont }: Reply<unknown>): Promised {
  if (["F", "M"].includes(trCont)) return "more";
  return ["D", "E"].includes(trCont) ? "end" : undefined;
}
