/**
 * Walks through charts: each page ends where the one before began.
 * @module
 */
import { isRecord, type Json, mapPath, valuesAt } from "../paths.js";
import { isPlace } from "./keys.js";
import type { Page, PagingStyle, Place } from "./pages.js";

/** The request moves before the oldest item of `list`. */
export interface WalkStyle {
  readonly list: string;
  /** Field of the request → field of an item: a date, a time of day, or both, in fields of their own or joined in one. */
  readonly back: Readonly<Record<string, string | readonly string[]>>;
  /** What else changes from the second page on. */
  readonly set?: Readonly<Record<string, string>>;
  /** The field of the request that says where it ends. */
  readonly until?: string;
}

export function walkStyle(style: WalkStyle): PagingStyle {
  const fields = Object.keys({ ...style.back, ...style.set });
  return {
    leader: style.list,
    asking: (input, { at }) => ({ ...input, ...(at as Json) }),
    step: (page) => stepBack(style, page),
    placeIn: ({ at, before }) =>
      isPlace(at, fields) ? { at, ...(typeof before === "string" && { before }) } : undefined,
    unseen: (data, { before }) => older(style, data, typeof before === "string" ? before : ""),
  };
}

/**
 * The data without the items of `list` that are not older than `before`: some operations begin with the item that they were asked to
 * come before, or take no notice. Undefined when nothing is left, which is the end.
 */
function older({ list, back }: WalkStyle, data: unknown, before: string): unknown {
  const isOlder = (item: unknown) => {
    const time = timeOf(item, back);
    return time !== undefined && time < before;
  };
  const left = mapPath(data, list, (items) => (Array.isArray(items) ? items.filter(isOlder) : items));
  return itemsOf(left, list).length > 0 ? left : undefined;
}

/** The request for what is older than the oldest item of the page, unless that is before `until`. */
function stepBack({ list, back, until, set }: WalkStyle, { asked, reply: { data } }: Page): Place | undefined {
  const times = itemsOf(data, list).flatMap((item) => timeOf(item, back) ?? []);
  const [before] = times.sort();
  if (before === undefined) return undefined;
  const isMinutes = times.every((time) => time.endsWith("00"));
  const at = moved(before, back, isMinutes ? 60 : 1);
  if (!at) return undefined;
  const end = until === undefined ? "" : String(asked[until] ?? "").trim();
  const isOver = Object.values(at).some((value) => value.length === end.length && value < end);
  return isOver ? undefined : { at: { ...at, ...set }, before };
}

function itemsOf(data: unknown, list: string): unknown[] {
  const [items] = valuesAt(data, [list]);
  return Array.isArray(items) ? items : [];
}

/** Digits that sort as time does: `20261120`, `093000`, or both as one. Undefined for items that say nothing. */
function timeOf(item: unknown, back: WalkStyle["back"]): string | undefined {
  if (!isRecord(item)) return undefined;
  const parts = Object.values(back)
    .flat()
    .map((field) => String(item[field] ?? "").trim());
  return parts.every((part) => /^\d+$/.test(part)) ? parts.join("") : undefined;
}

const DATE_DIGITS = 8;

/** The moment before `time`, in the fields of the request. */
function moved(time: string, back: WalkStyle["back"], seconds: number): Record<string, string> | undefined {
  const fields = Object.entries(back);
  const isJoined = fields.flatMap(([, from]) => from).length > 1;
  const parts = isJoined ? dateAndTimeBefore(time, seconds) : partBefore(time, fields[0]?.[0] ?? "", seconds);
  if (!parts) return undefined;
  return Object.fromEntries(fields.map(([field, from]) => [field, parts.splice(0, [from].flat().length).join("")]));
}

function dateAndTimeBefore(time: string, seconds: number): string[] {
  const day = time.slice(0, DATE_DIGITS);
  const clock = clockBefore(time.slice(DATE_DIGITS), seconds);
  return clock === undefined ? [dayBefore(day), clockBefore("240000", seconds) ?? ""] : [day, clock];
}

/** The day before, the month before, or `seconds` before a time of day, which without a date beside it ends with the day. */
function partBefore(time: string, field: string, seconds: number): string[] | undefined {
  if (time.length === DATE_DIGITS) return [dayBefore(time)];
  if (!/HOUR|TIME|HMS/.test(field)) return [monthBefore(time)];
  const clock = clockBefore(time, seconds);
  return clock === undefined ? undefined : [clock];
}

function dayBefore(yyyymmdd: string): string {
  const date = new Date(
    Date.UTC(Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)) - 1, Number(yyyymmdd.slice(6)) - 1),
  );
  return date.toISOString().slice(0, 10).replaceAll("-", "");
}

function monthBefore(yyyymm: string): string {
  return dayBefore(`${yyyymm}01`).slice(0, 6);
}

/** Hours beyond 23 belong to the night session of the day before: they count on. Undefined before midnight. */
function clockBefore(hhmmss: string, seconds: number): string | undefined {
  const [hours = 0, minutes = 0, rest = 0] = (hhmmss.match(/../g) ?? []).map(Number);
  const total = hours * 3600 + minutes * 60 + rest - seconds;
  if (total < 0) return undefined;
  return [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join("");
}
