/**
 * 연속조회: lists cut into pages, and where the next one begins.
 * @module
 */
import { type Facts, known, nothing, type Sections } from "./facts.js";
import type { Input } from "./quotes/subject.js";
import type { KisRoute } from "./routes.js";

/** What a request says about the page it wants. */
export interface PageRequest {
  /** The `tr_cont` header: `N` for the next page. */
  trCont: string;
  input: Input;
  /** What the keys carry of the account: `12345678^01^`, or nothing. */
  owner: string;
  size: number;
  /** For operations without keys, which only the header moves on: where this question has got to. */
  cursor: () => { at: number };
}

export interface Page {
  sections: Sections;
  /** Fields of the answer that go back in the next request. */
  keys: Facts;
  /** `M`: there is more, on the first page too, whatever the documents say of `F`. `D` and `E`: this is the last. */
  trCont: string;
}

/**
 * Cuts a page out of an answer. Lists that fit on a page are whole on every one, as the totals of a balance are. Other ways of
 * paging move by parameters of their own, and are left alone.
 */
export function pageOf({ operation, sections: schemas }: KisRoute, sections: Sections, asked: PageRequest): Page {
  const { paging } = operation;
  const isContinued = paging?.style === "key" && paging.continued === true;
  if (paging?.style !== "header-key" && !isContinued) return { sections, keys: nothing, trCont: "" };
  const { size } = asked;
  const keys = paging.keys ?? {};
  const position = Object.keys(keys).find((name) => /NK\d*$/.test(name));
  const cursor = position === undefined ? asked.cursor() : { at: 0 };
  const offset = offsetOf(asked, position, paging.style, cursor.at);
  const longest = Math.max(
    0,
    ...Object.values(sections).map((section) => (typeof section === "function" ? 0 : section.length)),
  );
  const end = offset + size;
  const isMore = longest > end;
  cursor.at = isMore ? end : 0;
  const cut = Object.entries(sections).map(([name, section]) => {
    const isPaged = typeof section !== "function" && section.length > size && schemas[name]?.items;
    return [name, isPaged ? section.slice(offset, end) : section];
  });
  return {
    sections: Object.fromEntries(cut),
    keys: keyFacts(
      operation.response.properties ?? {},
      Object.values(keys),
      asked,
      isMore ? end : undefined,
      paging.style,
    ),
    trCont: isMore ? "M" : offset === 0 ? "D" : "E",
  };
}

/** The header says whether to go on, and the keys from where; in the `key` style the keys say both. */
function offsetOf(
  { trCont, input }: PageRequest,
  position: string | undefined,
  style: "header-key" | "key",
  remembered: number,
): number {
  if (style === "header-key" && trCont !== "N") return 0;
  if (position === undefined) return remembered;
  const [, offset] = /(\d+)\^\s*$/.exec(input[position] ?? "") ?? [];
  return Number(offset ?? 0);
}

function keyFacts(
  fields: Readonly<Record<string, { maxLength?: number }>>,
  names: readonly string[],
  { owner }: PageRequest,
  next: number | undefined,
  style: "header-key" | "key",
): Facts {
  const entries = names.map((name) => {
    const isPosition = /nk\d*$/.test(name);
    // With the last page the position is blank, and in the style that has no header for it, so is everything.
    const isBlank = next === undefined && (isPosition || style === "key");
    const value = isBlank ? "" : isPosition ? `${owner}${next}^` : owner || "^";
    return [name, value.padEnd(fields[name]?.maxLength ?? 100)];
  });
  return known(Object.fromEntries(entries));
}
