/**
 * Lists that are asked for page by page, in the styles of `x-paging`: a few pages of made-up items, the same for the same question, and
 * an end.
 * @module
 */
import type { Operation, Paging, Schema } from "../../generator/model.js";
import type { HeaderPagingData, ProviderData } from "../../runtime/provider/data.js";
import { addDays, DAY, ymd } from "../shared/clock.js";
import { isRecord, type Json } from "../shared/json.js";
import { type Slice, sliceAt } from "../shared/pages.js";
import { synthesizeAt } from "../shared/synthesize.js";
import type { SynthesisContext } from "../shared/values.js";
import { listIn } from "./list.js";
import type { ProviderRoute } from "./routes.js";
import { fieldOf, schemaAt, setAt, typedAs, typesOf } from "./schema.js";

/** A page, and what is asked. */
export interface PageQuestion {
  input: Json;
  headers: Headers;
  /** What callers get, with any rows. */
  data: unknown;
  context: SynthesisContext;
}

export interface Page {
  data: unknown;
  headers: Record<string, string>;
}

export interface PageSettings {
  data: ProviderData;
  pages: number;
  pageSize: number;
}

/** @returns a field when it does not say where a page is */
export function pageOf(route: ProviderRoute, question: PageQuestion, settings: PageSettings): Page | { field: string } {
  const { paging } = route.operation;
  const list = listIn(route.operation, route.data);
  const items = list === undefined ? undefined : list === "" ? route.data.items : schemaAt(route.data, list)?.items;
  if (!paging || list === undefined || !items) return { data: question.data, headers: {} };
  const { input, context } = question;
  const size = sizeIn(input) ?? settings.pageSize;
  const total = settings.pages * settings.pageSize;
  const rows = Array.from({ length: total }, (_, row) =>
    synthesizeAt(items, { field: list.split(".").at(-1) ?? "", row, rows: total }, context),
  );
  const { parameters, request } = route.operation;
  const pageSchema = (field: string) =>
    parameters.find(({ name, field: own }) => (own ?? name) === field)?.schema ?? (request && fieldOf(request, field));
  const turn = STYLES[paging.style] as Turn<Paging>;
  return turn(paging, {
    ...question,
    list,
    rows,
    size,
    schema: route.data,
    pageSchema,
    headerPaging: settings.data.paging,
  });
}

/** Data that are all there is: nothing in them leads further. */
export function lastPage({ operation, data: schema }: ProviderRoute, data: unknown, provider: ProviderData): Page {
  const { paging } = operation;
  if (!paging || !isRecord(data)) return { data, headers: {} };
  const ends = [
    ...("next" in paging ? [paging.next] : []),
    ...("keys" in paging ? Object.values(paging.keys ?? {}) : []),
  ];
  const whole = structuredClone(data);
  for (const path of ends) setAt(whole, path, emptyOf(schemaAt(schema, path)));
  if ("more" in paging) setAt(whole, paging.more, yesOrNo(schemaAt(schema, paging.more), false));
  const { paging: headerPaging } = provider;
  return { data: whole, headers: headerPaging ? headersFor(headerPaging, undefined) : {} };
}

interface Turning extends PageQuestion {
  list: string;
  rows: unknown[];
  size: number;
  schema: Schema;
  pageSchema(field: string): Schema | undefined;
  headerPaging: HeaderPagingData | undefined;
}

type Turn<Style extends Paging> = (paging: Style, turning: Turning) => Page | { field: string };

const STYLES: { readonly [Style in Paging["style"]]: Turn<Extract<Paging, { style: Style }>> } = {
  page({ page, more, next }, turning) {
    const first = firstPage(turning.pageSchema(page));
    const asked = numberIn(turning.input[page], first);
    if (asked === undefined) return { field: page };
    // What comes before the first page is the first page.
    const number = Math.max(asked, first);
    const slice = sliceAt(turning.rows, (number - first) * turning.size, turning.size);
    const isMore = slice.next !== undefined;
    const told = { [more]: yesOrNo(schemaAt(turning.schema, more), isMore), [next]: isMore ? number + 1 : undefined };
    return answer(turning, slice, told);
  },

  "page-number"({ page, first = 1, last }, turning) {
    const number = numberIn(turning.input[page], first);
    if (number === undefined) return { field: page };
    const slice = sliceAt(turning.rows, Math.max(0, number - first) * turning.size, turning.size);
    const count = Math.ceil(turning.rows.length / turning.size);
    return answer(turning, slice, last === undefined ? {} : { [last]: first + count - 1 });
  },

  cursor({ cursor, next }, turning) {
    const day = dayCursor(turning.pageSchema(cursor)?.format, turning.context.to);
    const offset = (day?.offsetIn ?? offsetIn)(turning.input[cursor]);
    if (offset === undefined) return { field: cursor };
    const slice = sliceAt(turning.rows, offset, turning.size);
    const mark = slice.next === undefined ? undefined : (day?.markOf ?? markOf)(slice.next);
    return answer(turning, slice, { [next]: mark });
  },

  "header-key"({ keys = {} }, turning) {
    const { headerPaging, headers, input } = turning;
    const asked = Object.entries(headerPaging?.ask ?? {}).filter(([, value]) => value.startsWith("="));
    const marks = [
      ...asked.map(([name]) => headers.get(name) ?? ""),
      ...Object.keys(keys).map((field) => input[field]),
    ];
    return byKeys(
      turning,
      keys,
      marks.find((mark) => !isBlank(mark)),
      (next) => (headerPaging ? headersFor(headerPaging, next) : {}),
    );
  },

  key({ keys }, turning) {
    const mark = Object.keys(keys)
      .map((field) => turning.input[field])
      .find((value) => !isBlank(value));
    return byKeys(turning, keys, mark, () => ({}));
  },

  walk({ list, back, until }, turning) {
    const wanted = Object.entries(back).map(([field, from]) => ({
      text: String(turning.input[field] ?? ""),
      from: [from].flat(),
    }));
    const fields = wanted.flatMap(({ from }) => from);
    const before = wanted.map(({ text }) => text).join("");
    const end = until === undefined ? "" : String(turning.input[until] ?? "");
    const rows = turning.rows.map((row, index) =>
      isRecord(row) ? { ...row, ...momentOf(fields, index, turning) } : row,
    );
    const inside = rows.filter((row) => {
      const moment = isRecord(row) ? fields.map((field) => String(row[field])).join("") : "";
      return (before === "" || moment.slice(0, before.length) <= before) && moment.slice(0, end.length) >= end;
    });
    return answer({ ...turning, list }, sliceAt(inside, 0, turning.size), {});
  },
};

/** Fields of the request that say which page is wanted: what else is asked does not depend on them. */
export function pagingFields(
  { paging, parameters }: Operation,
  { paging: headers }: ProviderData,
): ReadonlySet<string> {
  if (!paging) return new Set();
  const named = [
    ...("page" in paging ? [paging.page] : []),
    ...("cursor" in paging ? [paging.cursor] : []),
    ...("keys" in paging ? Object.keys(paging.keys ?? {}) : []),
    ...("set" in paging ? Object.keys(paging.set ?? {}) : []),
    ...("back" in paging ? Object.keys(paging.back) : []),
    ...Object.keys(headers?.ask ?? {}),
  ];
  const sizes = parameters.map(({ name, field }) => field ?? name).filter((name) => SIZE.test(name));
  return new Set([...named, ...sizes]);
}

const SIZE = /^(limit|size|count|page_?size|per_?page|max_?results)$/i;
const LARGEST = 100;

function sizeIn(input: Json): number | undefined {
  const name = Object.keys(input).find((field) => SIZE.test(field));
  const size = Number(name === undefined ? Number.NaN : input[name]);
  return Number.isInteger(size) && size > 0 ? Math.min(size, LARGEST) : undefined;
}

/** The data with a slice of the rows in its list, and what says where to go on. What is undefined is left out, or empty. */
function answer(
  { data, list, schema }: Turning,
  { rows }: Slice<unknown>,
  told: Readonly<Record<string, unknown>>,
): Page {
  if (list === "" || !isRecord(data)) return { data: rows, headers: {} };
  const whole = structuredClone(data);
  setAt(whole, list, rows);
  for (const [path, value] of Object.entries(told)) {
    const known = schemaAt(schema, path);
    setAt(whole, path, value === undefined ? emptyOf(known) : typedAs(known, value));
  }
  return { data: whole, headers: {} };
}

/** Nothing, as the schema can say it. */
function emptyOf(schema: Schema | undefined): unknown {
  const types = schema ? typesOf(schema) : [];
  if (types.includes("null")) return null;
  return types.includes("string") ? "" : undefined;
}

/** Pages by keys that go back, each of which says where the next page begins. */
function byKeys(
  turning: Turning,
  keys: Readonly<Record<string, string>>,
  mark: unknown,
  headers: (next: number | undefined) => Record<string, string>,
): Page | { field: string } {
  const offset = offsetIn(mark);
  if (offset === undefined) return { field: Object.keys(keys)[0] ?? "" };
  const slice = sliceAt(turning.rows, offset, turning.size);
  const told = Object.values(keys).map((path) => [path, slice.next === undefined ? undefined : markOf(slice.next)]);
  return { ...answer(turning, slice, Object.fromEntries(told)), headers: headers(slice.next) };
}

/** What headers say of further pages. */
function headersFor({ more, values, ask }: HeaderPagingData, next: number | undefined): Record<string, string> {
  const [yes = "Y"] = values;
  const no = ["N", "false", "0"].find((word) => !values.includes(word)) ?? "";
  const named = Object.values(ask).flatMap((value) => (value.startsWith("=") ? [value.slice(1)] : []));
  const marks = named.filter((name) => name !== more).map((name) => [name, next === undefined ? "" : markOf(next)]);
  return { [more]: next === undefined ? no : yes, ...Object.fromEntries(marks) };
}

/** A cursor that is a day, or a moment: a row for each day, newest first. */
function dayCursor(format: string | undefined, to: number) {
  if (format !== "date" && format !== "date-time") return undefined;
  return {
    markOf(offset: number): string {
      const moment = new Date(addDays(to, -offset)).toISOString();
      return format === "date" ? moment.slice(0, 10) : moment;
    },
    offsetIn(mark: unknown): number | undefined {
      if (isBlank(mark)) return 0;
      const days = Math.floor((to - Date.parse(String(mark))) / DAY);
      return Number.isNaN(days) ? undefined : Math.max(0, days);
    },
  };
}

/** Where a page begins, in a form that callers have no business to look into. */
function markOf(offset: number): string {
  return Buffer.from(`page/${offset}`, "utf8").toString("base64url");
}

/** 0 where nothing is said; undefined for what is no mark. */
function offsetIn(mark: unknown): number | undefined {
  if (isBlank(mark)) return 0;
  const offset = /^page\/(\d+)$/.exec(Buffer.from(String(mark).trim(), "base64url").toString("utf8"))?.[1];
  return offset === undefined ? undefined : Number(offset);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || String(value).trim() === "";
}

/** What the spec calls the first page: its default, 0 where it shows that, otherwise 1. */
function firstPage(schema: Schema | undefined): number {
  const shown = schema?.default ?? schema?.examples?.[0];
  return Number(shown) === 0 && shown !== "" ? 0 : 1;
}

function numberIn(asked: unknown, first: number): number | undefined {
  if (isBlank(asked)) return first;
  const number = Number(asked);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

function yesOrNo(schema: Schema | undefined, isYes: boolean): unknown {
  const types = schema ? typesOf(schema) : [];
  if (!types.includes("string")) return types.includes("integer") ? Number(isYes) : isYes;
  const words = [...(schema?.enum ?? []), ...Object.keys(schema?.["x-codes"] ?? {})];
  const wanted = isYes ? ["Y", "y", "true", "1"] : ["N", "n", "false", "0"];
  return wanted.find((word) => words.includes(word)) ?? wanted[0];
}

/** A date for each row, newest first; a time of day where there is a second field. */
function momentOf(fields: readonly string[], row: number, { context }: Turning): Json {
  const entries = fields.map((field, index) => [field, index === 0 ? ymd(addDays(context.to, -row)) : "153000"]);
  return Object.fromEntries(entries);
}
