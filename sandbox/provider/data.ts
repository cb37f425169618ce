/**
 * What an operation answers: what was recorded where it tells of that, the example of the spec, or values made from its schema.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import type { ProviderData } from "../../runtime/provider/data.js";
import { addDays, type Clock } from "../shared/clock.js";
import { isRecord, type Json } from "../shared/json.js";
import { between, type Random, random } from "../shared/random.js";
import { synthesize } from "../shared/synthesize.js";
import { hasFormat, type Place, type SynthesisContext } from "../shared/values.js";
import type { Effects } from "./effects.js";
import { flawIn } from "./flaw.js";
import { lastPage, pageOf, pagingFields } from "./paging.js";
import type { ProviderRoute } from "./routes.js";
import { fieldOf, typedAs, typesOf, valueAt } from "./schema.js";
import { recordedFor } from "./settled.js";

export interface AnswerSettings {
  seed: string | number;
  clock: Clock;
  data: ProviderData;
  pages: number;
  pageSize: number;
  effects: Effects;
}

/** A successful answer before it is put into the provider's envelope. */
export interface Answered {
  /** What the schema of the whole answer gives. */
  body: unknown;
  /** What callers get. */
  data: unknown;
  headers: Record<string, string>;
}

/** @returns undefined when what is asked for does not exist; a field when the page it asks for does not */
export function answerFor(
  route: ProviderRoute,
  input: Json,
  headers: Headers,
  settings: AnswerSettings,
): Answered | { field: string } | undefined {
  const { operation } = route;
  const recorded = recordedFor(route, input, settings.effects);
  if (recorded === "nothing") return undefined;
  const context = contextFor(route, input, settings);
  const example = structuredClone(operation.responseExample);
  // An example that its own schema does not allow shows nothing.
  const isSound = example !== undefined && !flawIn(operation.response, example, "", route.definition);
  const isExample = isSound && !operation.paging && !recorded;
  const body = isExample ? example : synthesize(operation.response, context);
  const inside = operation.comesWhole ? undefined : settings.data.answer?.data;
  const made = isExample
    ? repeating(inside === undefined ? body : valueAt(body, inside), input)
    : makeData(route, context, inside, body);
  if (recorded) return { body, ...lastPage(route, overlaid(route.data, made, recorded), settings.data) };
  if (!operation.paging) return { body, data: made, headers: {} };
  const page = pageOf(route, { input, headers, data: made, context }, settings);
  return "field" in page ? page : { body, ...page };
}

function makeData(route: ProviderRoute, context: SynthesisContext, inside: string | undefined, body: unknown): unknown {
  const { operation, data } = route;
  if (inside === undefined && data === operation.response) return body;
  return synthesize(data, context);
}

/** Depends on the seed and on what is asked for, never on what was asked before, nor on the page. */
function contextFor(
  route: ProviderRoute,
  input: Json,
  { seed, clock, data, effects }: AnswerSettings,
): SynthesisContext {
  const { operation, hasEffect } = route;
  const pageFields = pagingFields(operation, data);
  const question = Object.entries(input).filter(([name]) => !pageFields.has(name));
  // What is created anew has a name of its own each time.
  const created = hasEffect ? effects.of([route]).length : undefined;
  const now = clock();
  const asked = Object.fromEntries(question);
  const next = random(`${seed}/${data.name}/${route.name}/${JSON.stringify(question)}/${created ?? ""}`);
  return {
    next,
    from: addDays(now, -30),
    to: now,
    given: (place, schema) => repeated(place, schema, asked, hasEffect) ?? numbered(place, schema, created, next),
    dated: () => true,
    count: () => undefined,
    definition: route.definition,
  };
}

/**
 * Answers repeat what was asked under the same name, where it is of the type that they have there. So do the rows of a list that was
 * looked up, as if filtered by it, but for what tells them apart.
 */
function repeated({ field, rows }: Place, schema: Schema, asked: Json, hasEffect: boolean): unknown {
  const isApart = rows > 1 && (hasEffect || IDENTIFIER.test(field));
  const value = !isApart && Object.hasOwn(asked, field) ? asked[field] : undefined;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const typed = typedAs(schema, value);
  const types = typesOf(schema);
  const fits =
    types.length === 0 || types.includes(typeof typed) || (types.includes("integer") && Number.isInteger(typed));
  const isAllowed = !flawIn(schema, typed, "", () => undefined) && hasFormat(schema, typed);
  return fits && isAllowed ? typed : undefined;
}

const IDENTIFIER = /(^|[a-z_-])(id|no|key|number|uuid)$|(Id|ID|No|Key|Number|Uuid)$/;

/** Identifiers differ from row to row, and from one thing that was created to the next. */
function numbered({ field, row, rows }: Place, schema: Schema, created: number | undefined, next: Random): unknown {
  const count = row + (created ?? 0);
  const isFixed = schema.enum || schema.const !== undefined || schema["x-codes"] || schema.format;
  const isMany = rows > 1 || created !== undefined;
  if (isFixed || !isMany || !IDENTIFIER.test(field)) return undefined;
  const types = typesOf(schema);
  const [example] = schema.examples ?? [];
  if (types.includes("integer")) return Number(example ?? 1) + count;
  if (!types.includes("string")) return undefined;
  const made =
    typeof example === "string" ? counted(example, count) : `${field}_${between(next, 0x1000_0000, 0xffff_ffff)}`;
  return schema.maxLength === undefined ? made : made.slice(-schema.maxLength);
}

/** `ORD-0007` → `ORD-0008` */
function counted(example: string, count: number): string {
  const [, head = "", digits = ""] = /^(.*?)(\d*)$/s.exec(example) ?? [];
  if (digits === "") return count === 0 ? example : `${example}-${count + 1}`;
  return head + String(BigInt(digits) + BigInt(count)).padStart(digits.length, "0");
}

/** An example with what was asked in the fields of the same name. */
function repeating(data: unknown, input: Json): unknown {
  if (!isRecord(data)) return data;
  const entries = Object.entries(data).map(([field, value]) => {
    const asked = input[field];
    return [field, typeof asked === typeof value && typeof value !== "object" ? asked : value];
  });
  return Object.fromEntries(entries);
}

/** Recorded values over what was made up: of one thing in its fields, of several in the rows of the list. */
function overlaid(schema: Schema, made: unknown, recorded: readonly Json[] | Json): unknown {
  if (!Array.isArray(recorded)) return laid(schema, made, recorded as Json);
  const rowSchema = schema.items ?? {};
  if (Array.isArray(made))
    return recorded.map((values, row) => laid(rowSchema, made[row % Math.max(made.length, 1)], values));
  if (!isRecord(made)) return made;
  const list = Object.keys(made).find((name) => Array.isArray(made[name]));
  if (list === undefined) return laid(schema, made, recorded.at(-1) ?? {});
  return { ...made, [list]: overlaid(fieldOf(schema, list) ?? {}, made[list], recorded) };
}

function laid(schema: Schema, made: unknown, values: Json): unknown {
  if (!isRecord(made)) return made;
  const entries = Object.entries(made).map(([name, value]) => {
    const known = fieldOf(schema, name) ?? {};
    if (isRecord(value)) return [name, laid(known, value, values)];
    return [name, Object.hasOwn(values, name) && !Array.isArray(value) ? typedAs(known, values[name]) : value];
  });
  return Object.fromEntries(entries);
}
