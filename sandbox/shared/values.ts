import type { Schema } from "../../generator/model.js";
import { addDays, daysBetween, ymd } from "./clock.js";
import { between, type Random } from "./random.js";

/** What values are made from. */
export interface SynthesisContext {
  next: Random;
  /** Where the answer's dates lie, in milliseconds. */
  from: number;
  to: number;
  /** A value that the request fixes, such as the account number it asked for. */
  given: (place: Place, schema: Schema) => unknown;
  /** Fields whose dates fall inside the period, row by row. */
  dated: (field: string) => boolean;
  /** How many rows the request asks for in the list of that name; undefined leaves it open. */
  count: (field: string) => number | undefined;
  /** What stands behind a `$ref`, where a schema contains itself. */
  definition?: (schema: Schema) => Schema | undefined;
  /** What is made is a request, not an answer. */
  isSent?: true;
}

/** Where a value stands: the name of its field, and the row of the list around it. */
export interface Place {
  field: string;
  row: number;
  rows: number;
  /** How often a schema that contains itself has been followed. */
  depth?: number;
}

/** A string for a field: what the spec shows, else something of the right shape. */
export function text(schema: Schema, place: Place, making: SynthesisContext): string {
  if (schema.format === "yyyymmdd" && making.dated(place.field)) return ymd(dayOf(place, making));
  const shown = shownIn(schema, place.row, (value) => typeof value === "string" && hasFormat(schema, value));
  if (shown !== undefined) return shown as string;
  const code = rotate(Object.keys(schema["x-codes"] ?? {}), place.row);
  const shaped = code ?? formatted(schema, place, making);
  return schema.maxLength === undefined ? shaped : shaped.slice(0, schema.maxLength);
}

/** What the spec shows of a value, as far as it is of the right type: specs of others show what they do not allow, too. */
export function shownIn(schema: Schema, row: number, isRight: (value: unknown) => boolean): unknown {
  const { examples = [], enum: values, const: constant, default: usual } = schema;
  const isAllowed = (value: unknown) => isRight(value) && (!values || values.includes(value as string));
  const [right, allowed] = [examples.filter(isAllowed), values?.filter(isRight)];
  return rotate(right, row) ?? rotate(allowed, row) ?? [constant, usual].find(isAllowed);
}

/** Row values take turns; a single value is everybody's. */
export function rotate<Value>(values: readonly Value[] | undefined, row: number): Value | undefined {
  return values?.length ? values[row % values.length] : undefined;
}

/** Days spread over the period, oldest row first. */
function dayOf({ row, rows }: Place, { from, to }: SynthesisContext): number {
  return addDays(from, Math.floor(((row + 1) * daysBetween(from, to)) / Math.max(rows, 1)));
}

function formatted(schema: Schema, place: Place, making: SynthesisContext): string {
  if (schema.contentEncoding === "base64") return Buffer.from(schema.title ?? place.field, "utf8").toString("base64");
  const { format = "" } = schema;
  const make = FORMATS[format] ?? STANDARD_FORMATS[format];
  return make ? make(place, making) : (schema.title ?? place.field).replace(/\s+/g, "");
}

const FORMATS: Record<string, (place: Place, making: SynthesisContext) => string> = {
  yyyymmdd: (place, making) => ymd(otherDay(place, making)),
  yyyymm: (place, making) => ymd(dayOf(place, making)).slice(0, 6),
  yymmdd: () => "850101",
  yyyy: (place, making) => ymd(dayOf(place, making)).slice(0, 4),
  hhmmss: ({ row }, { next }) => `${String(9 + (row % 12)).padStart(2, "0")}${twoDigits(next)}${twoDigits(next)}`,
  amount: (_, { next }) => String(between(next, 1, 500) * 1_000),
  decimal: (_, { next }) => String(between(next, 1, 500) * 10),
  base64: ({ field }) => Buffer.from(field, "utf8").toString("base64"),
};

/** What ISO 8601, RFC 9562 and the like say about a format's shape. */
const STANDARD_FORMATS: Record<string, (place: Place, making: SynthesisContext) => string> = {
  date: (place, making) => new Date(dayOf(place, making)).toISOString().slice(0, 10),
  "date-time": (place, making) => new Date(dayOf(place, making)).toISOString().replace(/\.\d+/, ""),
  time: ({ row }) => `${String(9 + (row % 12)).padStart(2, "0")}:00:00Z`,
  duration: () => "PT1H",
  email: ({ field, row }) => `${word(field)}${row + 1}@example.com`,
  hostname: ({ row }) => `host${row + 1}.example.com`,
  ipv4: ({ row }) => `192.0.2.${1 + (row % 250)}`,
  ipv6: ({ row }) => `2001:db8::${(row + 1).toString(16)}`,
  uri: ({ field, row }) => `https://example.com/${word(field)}/${row + 1}`,
  url: ({ field, row }) => `https://example.com/${word(field)}/${row + 1}`,
  "uri-reference": ({ field, row }) => `/${word(field)}/${row + 1}`,
  uuid: (_, { next }) => uuid(next),
  byte: ({ field }) => Buffer.from(field, "utf8").toString("base64"),
};

function word(field: string): string {
  return field.toLowerCase().replace(/[^a-z0-9]/g, "") || "value";
}

function uuid(next: Random): string {
  const hex = Array.from({ length: 32 }, () => between(next, 0, 15).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Whether a text has the shape that its format asks for, as far as that is more than a word of the provider's own. */
export function hasFormat({ format = "" }: Schema, value: unknown): boolean {
  const shape = SHAPES[format];
  return typeof value !== "string" || shape === undefined || shape(value);
}

const SHAPES: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text),
  "date-time": (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
  uri: (text) => URL.canParse(text),
  url: (text) => URL.canParse(text),
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
};

/** A date that is not of the period: things begin years before it and end years after. */
function otherDay({ field, row }: Place, { next, from, to }: SynthesisContext): number {
  if (/End|Due|Expir|Maturity/.test(field)) return addDays(to, 365 * (row + 1));
  return addDays(from, -between(next, 300, 900) * (row + 1));
}

function twoDigits(next: Random): string {
  return String(between(next, 0, 59)).padStart(2, "0");
}
