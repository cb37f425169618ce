/**
 * What a product answers: the example of the spec, or data made up from its schema, fitted to what was asked.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { addDays, type Clock, daysBetween, parseYmd, ymd } from "../shared/clock.js";
import { isRecord, type Json } from "../shared/json.js";
import { random } from "../shared/random.js";
import { singled } from "../shared/single.js";
import { synthesize } from "../shared/synthesize.js";
import type { SynthesisContext } from "../shared/values.js";
import { balances } from "./balances.js";
import type { Route } from "./routes.js";

export interface DataSettings {
  seed: string | number;
  clock: Clock;
  /** Lists that CODEF sends as an object when they have one row have one row. */
  single: boolean;
}

/** Data for a request: always the same for the same seed and the same question. */
export function dataFor(route: Route, body: Json, settings: DataSettings): unknown {
  const asked = readQuestion(route, body, settings.clock);
  const data = make(route, asked, settings.seed);
  // One row for each item that was asked stays one row for each.
  return settings.single ? singled(data, route.data, asked.items?.length ?? 1) : data;
}

function make(route: Route, asked: Question, seed: string | number): unknown {
  const { body } = asked;
  const example = route.operation.responseExample;
  if (isRecord(example) && example.data !== undefined) return adapt(example.data, asked);
  const question = route.identity.map((name) => body[name]);
  const making: SynthesisContext = {
    next: random(`${seed}/${route.operation.path}/${JSON.stringify(question)}`),
    from: asked.from,
    to: asked.to,
    given: ({ field, row }, schema) => given(asked, field, row) ?? organization(schema, body),
    dated: (field) => asked.dated && isTransactionDate(field),
    count: (field) => (field === "" ? asked.items?.length : undefined),
  };
  return synthesize(route.data, making, balances(making, asked.newestFirst));
}

/** What a request says about the answer it expects. */
interface Question {
  body: Json;
  from: number;
  to: number;
  /** Whether the request gave a period. */
  dated: boolean;
  newestFirst: boolean;
  /** One answer row for each of these, with the value in that field. */
  items: Json[] | undefined;
}

function readQuestion({ data }: Route, body: Json, clock: Clock): Question {
  const now = clock();
  const start = parseYmd(body.startDate);
  const end = parseYmd(body.endDate);
  const dated = start !== undefined && end !== undefined && start <= end;
  const to = Math.min(dated ? end : now, now);
  return {
    body,
    from: dated ? start : addDays(now, -30),
    // A period in the future has no transactions yet; it gets them all the same, inside the period.
    to: dated ? Math.max(to, start) : to,
    dated,
    newestFirst: body.orderBy !== "1",
    items: data.type === "array" ? itemsOf(body) : undefined,
  };
}

/** Answer fields that repeat what was asked: answer field → request parameter. */
const REPEATED: Readonly<Record<string, string>> = {
  resAccount: "account",
  resAccountDisplay: "account",
  commStartDate: "startDate",
  commEndDate: "endDate",
  resCardNo: "cardNo",
};

/** Products that answer with one row for each item of a list: the list, the value in it, and the answer field that repeats it. */
const PER_ITEM = { list: "reqIdentityList", value: "reqIdentity", field: "resCompanyIdentityNo" } as const;

function itemsOf(body: Json): Json[] | undefined {
  const list = body[PER_ITEM.list];
  return Array.isArray(list) ? list.filter(isRecord) : undefined;
}

function given({ body, items }: Question, field: string, row: number): string | undefined {
  const parameter = Object.hasOwn(REPEATED, field) ? REPEATED[field] : undefined;
  const value = parameter ? body[parameter] : field === PER_ITEM.field ? items?.[row]?.[PER_ITEM.value] : undefined;
  if (typeof value !== "string" || value === "") return undefined;
  // A period that was asked for in months or years has no first and last day to repeat.
  return /Date$/.test(field) && parseYmd(value) === undefined ? undefined : value;
}

function organization(schema: Schema, { organization: asked }: Json): string | undefined {
  return schema["x-organization"] && typeof asked === "string" ? asked : undefined;
}

/** Dates of things that happened, other than when an account began or ends. */
function isTransactionDate(field: string): boolean {
  return /(Tr|Tran|Used|Approval|Treat|Payment|Cancel|Purchase|Deposit|Transfer)Date$/.test(field);
}

/** Fits an example: what the request repeats, one row per item, and transactions inside the period. */
function adapt(example: unknown, asked: Question): unknown {
  if (Array.isArray(example) && asked.items) return asked.items.map((item) => rowFor(example, item));
  if (Array.isArray(example)) return fitRows(example, asked);
  if (!isRecord(example)) return example;
  return Object.fromEntries(
    Object.entries(example).map(([field, value]) => {
      if (Array.isArray(value)) return [field, fitRows(value, asked)];
      return [field, typeof value === "string" ? (given(asked, field, 0) ?? value) : value];
    }),
  );
}

function rowFor(example: readonly unknown[], item: Json): unknown {
  const asked = item[PER_ITEM.value];
  const rows = example.filter(isRecord);
  const row = rows.find((one) => one[PER_ITEM.field] === asked) ?? rows[0];
  return row && { ...row, [PER_ITEM.field]: asked };
}

function fitRows(rows: readonly unknown[], asked: Question): unknown[] {
  if (!asked.dated) return [...rows];
  const dates = rows
    .filter(isRecord)
    .flatMap((row) =>
      Object.entries(row).flatMap(([field, value]) => (isTransactionDate(field) ? (parseYmd(value) ?? []) : [])),
    );
  if (dates.length === 0) return [...rows];
  const newest = Math.max(...dates);
  const inside = newest <= asked.to && Math.min(...dates) >= asked.from;
  const move = (value: unknown) => {
    const time = parseYmd(value);
    if (time === undefined || inside) return value;
    return ymd(Math.max(asked.from, addDays(asked.to, -daysBetween(time, newest))));
  };
  const moved = rows.map((row) => {
    if (!isRecord(row)) return row;
    return Object.fromEntries(
      Object.entries(row).map(([field, value]) => [field, isTransactionDate(field) ? move(value) : value]),
    );
  });
  return asked.newestFirst ? moved : moved.reverse();
}
