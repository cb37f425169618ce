import { isRecord, type Json } from "../paths.js";
import type { Page, PagingStyle, Place } from "./pages.js";

/** What the answer says goes back with the next request: field of the request → path in the data. */
export interface KeyStyle {
  readonly keys?: Readonly<Record<string, string>>;
  /** What else changes from the second page on. */
  readonly set?: Readonly<Record<string, string>>;
}

/** What a header says of further pages: another one, none, or nothing at all. */
export type Promised = "more" | "end" | undefined;

/**
 * A header that promises a page is believed, and must lead somewhere new; without a word of it there is one as long as the answer
 * brings a key to it that is not the one that was sent.
 * @param told what the header of an answer says; absent where no header says anything
 */
export function keyStyle<R extends { data: unknown; readonly response: Response }>(
  style: KeyStyle,
  told: (reply: R) => Promised = () => undefined,
): PagingStyle<R> {
  const fields = Object.keys({ ...style.keys, ...style.set });
  return {
    leader: Object.keys(style.keys ?? {}).join(", ") || "its header",
    asking: (input, { at }) => ({ ...input, ...(at as Json) }),
    step: (page) => stepByKeys(style, page, told(page.reply)),
    placeIn: ({ at }) => (isPlace(at, fields) ? { at } : undefined),
  };
}

/** Whether `at` changes texts in `fields` and nothing else. */
export function isPlace(at: unknown, fields: readonly string[]): at is Readonly<Record<string, string>> {
  return (
    isRecord(at) && Object.entries(at).every(([field, value]) => fields.includes(field) && typeof value === "string")
  );
}

function stepByKeys(
  { keys = {}, set }: KeyStyle,
  { asked, reply: { data }, visited }: Page,
  header: Promised,
): Place | "stuck" | undefined {
  const told = Object.entries(keys).map(([field, path]) => [field, textAt(data, path)] as const);
  const at = { ...Object.fromEntries(told), ...set };
  const hasKey = telling(told).some(([, value]) => value.trim() !== "");
  const isPromised = header === "more";
  if (header === "end") return undefined;
  if (!isPromised && !hasKey) return undefined;

  const sent = told.map(([field]) => [field, String(asked[field] ?? "")] as const);
  const isNew = placeOf(told) !== placeOf(sent);
  if (!isPromised && !isNew) return undefined;
  visited.add(placeOf(sent));
  // Where only the header turns the page, nothing but the page itself shows that it has not been turned.
  const place = hasKey ? placeOf(told) : JSON.stringify(data);
  if (visited.has(place)) return "stuck";
  if (!hasKey) visited.add(place);
  return { at };
}

/** `FK` repeats what was searched for; where there is an `NK`, that one is the key to the next page. */
function telling<Entry extends readonly [string, string]>(told: readonly Entry[]): readonly Entry[] {
  const next = told.filter(([field]) => /_NK\d*$/.test(field));
  return next.length > 0 ? next : told;
}

/** Some pad their keys with blanks. */
function placeOf(entries: readonly (readonly [string, string])[]): string {
  return JSON.stringify(entries.map(([field, value]) => [field, value.trim()]));
}

/** The text at `path`, whatever the case of the names on the way; of a list that of its last item. Blank when there is none. */
export function textAt(data: unknown, path: string): string {
  const found = path.split(".").reduce(below, data);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

function below(node: unknown, name: string): unknown {
  const object = Array.isArray(node) ? node.at(-1) : node;
  return isRecord(object) ? fieldOf(object, name) : undefined;
}

function fieldOf(object: Json, name: string): unknown {
  if (name in object) return object[name];
  const spelled = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return spelled && object[spelled];
}
