import { isRecord, type Json } from "../paths.js";
import type { KeyPaging, Page, Step } from "./paging.js";

/** What the header `tr_cont` says: another page, or none. It may be blank. */
const MORE = ["F", "M"];
const LAST = ["D", "E"];

/**
 * Where the page after this one is. A header that promises one is believed, and must lead somewhere new; without a word of it there
 * is one as long as the answer brings a key to it that is not the one that was sent.
 */
export function stepByKeys({ style, keys = {}, set }: KeyPaging, { asked, data, trCont, visited }: Page): Step {
  const told = Object.entries(keys).map(([field, path]) => [field, textAt(data, path)] as const);
  const at = { ...Object.fromEntries(told), ...set };
  const hasKey = telling(told).some(([, value]) => value.trim() !== "");
  const isPromised = style === "header-key" && MORE.includes(trCont);
  if (style === "header-key" && LAST.includes(trCont)) return undefined;
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

/** KIS pads its keys with blanks. */
function placeOf(entries: readonly (readonly [string, string])[]): string {
  return JSON.stringify(entries.map(([field, value]) => [field, value.trim()]));
}

/** The text at `path`, whatever the case of the names on the way; of a list that of its last item. Blank when there is none. */
function textAt(data: unknown, path: string): string {
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
