/**
 * What stands in the fields that nobody knows anything about.
 * @module
 */
import type { Schema } from "../../generator/model.js";
import { DAY, ymd } from "../shared/clock.js";
import { between, type Random, random } from "../shared/random.js";
import { rotate } from "../shared/values.js";

/** A value for a field of the row with that number. */
export type Filler = (field: string, schema: Schema, row: number) => unknown;

/**
 * Values that look like what the field is about. The same seed gives the same ones.
 * @param seed what tells one answer from another
 */
export function madeUp(seed: string, now: number): Filler {
  return (field, schema, row) => {
    const shown = shownIn(schema, row);
    if (shown !== undefined) return shown;
    if (schema.type === "number" || schema.type === "integer") return row + 1;
    const next = random(`${seed}/${field}/${row}`);
    const value = INVENTED[kindOf(field, schema)]({ schema, row, next, now });
    return schema.maxLength === undefined ? value : value.slice(0, schema.maxLength);
  };
}

/** Nothing: zero where a number stands, blank elsewhere. Accounts are quiet about what the sandbox does not keep. */
export const quiet: Filler = (field, schema) => {
  const kind = kindOf(field, schema);
  if (schema.const !== undefined) return schema.const;
  return kind === "rate" || kind === "amount" || kind === "count" || kind === "number"
    ? "0"
    : kind === "flag"
      ? "N"
      : "";
};

function shownIn({ examples, enum: choices, const: constant, "x-codes": codes }: Schema, row: number): unknown {
  return rotate(examples, row) ?? rotate(choices, row) ?? constant ?? rotate(Object.keys(codes ?? {}), row);
}

type Kind = "date" | "time" | "flag" | "sign" | "code" | "text" | "rate" | "amount" | "count" | "number";

const kinds = new WeakMap<Schema, Kind>();

/** Worked out once: a field is many things in a list of rows, but always of one kind. */
function kindOf(field: string, schema: Schema): Kind {
  const known = kinds.get(schema) ?? readKind(field, schema);
  kinds.set(schema, known);
  return known;
}

/** By the format, else by the ending that KIS gives its names, else by the label. */
function readKind(field: string, { format = "", title = "" }: Schema): Kind {
  if (format === "amount") return "amount";
  const label = title.replace(/\s+|\(.*\)|\d+$/g, "");
  const found = ENDINGS.find(([, name, said]) => name.test(field) || (said?.test(label) ?? false));
  return format === "yyyymmdd" ? "date" : format === "hhmmss" ? "time" : (found?.[0] ?? "number");
}

const ENDINGS: readonly (readonly [Kind, name: RegExp, label?: RegExp])[] = [
  ["flag", /yn(_?\d+)?$/i, /여부$/],
  ["text", /(name|_nm|isnm|titl|cntt|text|memo|rson|rson2|rmks\d?)(_?\d+)?$/i, /(명|이름|내용|사유|제목|비고)$/],
  ["sign", /(sign|sgn|sng|flag|daebi)$/i, /(부호|기호)$/],
  ["rate", /(rate|_rt|ctrt|ert|_rlim|yield)\d*$/i, /(율|률|비중|비율)$/],
  ["date", /(_dt|_date|date|_day|dtime)\d*$/i, /(일자|일시|기간|년월)$/],
  ["time", /(_tmd|_time|_hour|hms)$/i, /(시간|시각)$/],
  ["code", /(_cd|_code|iscd|_no|brno|orgno|odno|_id|stfno|_cls|_seq|key)(_?\d+)?$/i, /(코드|번호|구분|ID|키)$/],
  ["amount", /(_amt|pbmn|_chgs|avls)\d*$/i, /(금액|대금|금|액|손익|자산|부채|이익|손실)$/],
  ["count", /(_qty|vol|_cnt|stcn|rsqn|cnqn|csnu)\d*$/i, /(수량|량|수|건수|잔량|주식)$/],
];

interface SynthesisContext {
  schema: Schema;
  row: number;
  next: Random;
  now: number;
}

const INVENTED: Readonly<Record<Kind, (making: SynthesisContext) => string>> = {
  date: ({ row, now }) => ymd(now - row * DAY),
  time: ({ row }) => `${String(9 + (row % 6)).padStart(2, "0")}3000`,
  flag: () => "N",
  sign: ({ next }) => (next() < 0.5 ? "2" : "5"),
  code: ({ schema, row }) => String(row + 1).padStart(Math.min(schema.maxLength ?? 2, 10), "0"),
  text: ({ schema, row }) => `${(schema.title ?? "").replace(/\s+/g, "")}${row + 1}`,
  rate: ({ schema, next }) => (next() * 30).toFixed(decimalsOf(schema) ?? 2),
  amount: ({ schema, next }) => digits(schema, between(next, 1, 500) * 1_000),
  count: ({ schema, next }) => digits(schema, between(next, 1, 9_000)),
  number: ({ schema, next }) => {
    const decimals = decimalsOf(schema);
    return decimals === undefined ? digits(schema, between(next, 1, 900)) : (next() * 100).toFixed(decimals);
  },
};

/** Digits after the point, where the provider's notation has them: 2 of `11.2`. */
function decimalsOf({ "x-spec": spec = "" }: Schema): number | undefined {
  const [, decimals] = /^\d+\.(\d+)$/.exec(spec) ?? [];
  return decimals === undefined ? undefined : Math.min(4, Number(decimals));
}

/** As many digits as there is room for. */
function digits({ maxLength = 18 }: Schema, value: number): string {
  return String(value % 10 ** Math.min(maxLength, 15));
}
