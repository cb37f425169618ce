/**
 * What an operation answers: what the bank knows, in the fields that the spec names; the example of the spec, or values made from
 * its schema, for the rest.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { addDays, type Clock, ymd } from "../shared/clock.js";
import { isRecord, type Json } from "../shared/json.js";
import { random } from "../shared/random.js";
import { synthesize } from "../shared/synthesize.js";
import type { Place, SynthesisContext } from "../shared/values.js";
import type { Fields } from "./codes.js";
import { isDate, isNumber } from "./forms.js";
import type { Route } from "./routes.js";

export interface DataSettings {
  seed: string | number;
  clock: Clock;
}

/** `dataBody` of an answer: always the same for the same seed and the same question. */
export function dataFor(route: Route, body: Json, known: Fields, settings: DataSettings): Json {
  const made = laidOver(madeUp(route, body, settings), known, route.data);
  return counted(made);
}

function madeUp(route: Route, body: Json, { seed, clock }: DataSettings): Json {
  const example = route.operation.responseExample;
  if (isRecord(example) && isRecord(example.dataBody)) return structuredClone(example.dataBody);
  const now = clock();
  const making: SynthesisContext = {
    next: random(`${seed}${route.operation.path}${JSON.stringify(body)}`),
    from: addDays(now, -30),
    to: now,
    given: (place, schema) => repeated(place, body) ?? date(place, schema, now),
    dated: () => false,
    count: () => undefined,
  };
  const made = synthesize(route.data, making);
  return isRecord(made) ? made : {};
}

/** What ends or is yet to come does so within a year; everything else has happened within a month. */
function date({ field, row }: Place, schema: Schema, now: number): string | undefined {
  if (!isDate(schema)) return undefined;
  return ymd(addDays(now, /XPR|SCDT/.test(field) ? 200 + row : -1 - row));
}

/** Answers repeat what was asked under the same name, outside of lists. */
function repeated({ field, rows }: Place, body: Json): unknown {
  const value = body[field];
  return rows === 1 && (typeof value === "string" || typeof value === "number") && value !== "" ? value : undefined;
}

/** What is known over what was made up, as far as the spec names it, in the type that it names. */
function laidOver(made: Json, known: Fields, { properties = {} }: Schema): Json {
  const entries = Object.entries(known).flatMap(([field, value]): [string, unknown][] => {
    const schema = properties[field];
    if (!schema) return [];
    if (typeof value !== "object") return [[field, typed(value, schema)]];
    const rows = Array.isArray(made[field]) ? (made[field] as unknown[]) : [];
    const row = (index: number): Json => {
      const model = rows[index % Math.max(rows.length, 1)];
      return isRecord(model) ? model : {};
    };
    return [[field, value.map((fields, index) => laidOver(row(index), fields, schema.items ?? {}))]];
  });
  return { ...made, ...Object.fromEntries(entries) };
}

function typed(value: string | number, schema: Schema): string | number {
  return isNumber(schema) ? value : String(value);
}

/** Fields that count the rows of a list. */
const COUNTS = { GRID_CNT: "GRID", GRID_ROW_CNT: "GRID", CNT: "ACCOUNT_LIST" } as const;

function counted(data: Json): Json {
  const counts = Object.entries(COUNTS).flatMap(([count, list]) => {
    const rows = data[list];
    if (!(count in data) || !Array.isArray(rows)) return [];
    return [[count, typeof data[count] === "string" ? String(rows.length) : rows.length]];
  });
  return { ...data, ...Object.fromEntries(counts) };
}
