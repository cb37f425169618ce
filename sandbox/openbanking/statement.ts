import { hms, ymd } from "../shared/clock.js";
import type { Json } from "../shared/json.js";
import type { BankAccount, Posting } from "./bank.js";
import { pastOf } from "./history.js";
import { type Page, type Placed, pageOf, placed } from "./paging.js";
import { isDay, isTimeOfDay } from "./time.js";
import { badFormat } from "./wire.js";

/** Where an account's past comes from. */
export interface Beginning {
  seed: string | number;
  began: number;
}

/**
 * Lines of an account's passbook that a request asks for, page by page.
 * @param beginning undefined for an account without a past
 */
export function statementPage(
  account: BankAccount,
  input: Json,
  beginning: Beginning | undefined,
  size: number,
): Page<Posting> {
  const { inquiry_type: type = "A" } = input;
  if (type !== "A" && type !== "I" && type !== "O") throw badFormat("inquiry_type");
  const { from, to } = periodOf(input);
  const past = beginning ? pastOf(account, beginning.seed, beginning.began) : [];
  const wanted = placed([...past, ...account.postings]).filter(({ row }) => {
    const at = ymd(row.at) + hms(row.at);
    return at >= from && at <= to && (type === "A" || row.into === (type === "I"));
  });
  return pageOf(sorted(wanted, input.sort_order), size, input.befor_inquiry_trace_info);
}

/** The time of the last line; undefined for an account to which nothing ever happened. */
export function lastMoved(account: BankAccount, { seed, began }: Beginning): number | undefined {
  return (account.postings.at(-1) ?? pastOf(account, seed, began).at(-1))?.at;
}

/** `yyyymmddhhmmss` of the first and last moment that is asked for, by time (`T`) or by whole days (`D`). @throws Refusal A0004 */
export function periodOf({ inquiry_base: base, from_date, from_time, to_date, to_time }: Json): {
  from: string;
  to: string;
} {
  if (base !== "D" && base !== "T") throw badFormat("inquiry_base");
  const byTime = base === "T";
  const from = `${needed(isDay, from_date, "from_date")}${byTime ? needed(isTimeOfDay, from_time, "from_time") : "000000"}`;
  const to = `${needed(isDay, to_date, "to_date")}${byTime ? needed(isTimeOfDay, to_time, "to_time") : "235959"}`;
  if (from > to) throw badFormat("to_date");
  return { from, to };
}

function sorted<Row>(rows: readonly Placed<Row>[], order: unknown): readonly Placed<Row>[] {
  if (order === "A") return rows;
  if (order === "D") return rows.toReversed();
  throw badFormat("sort_order");
}

function needed(isRight: (text: string) => boolean, value: unknown, field: string): string {
  if (typeof value !== "string" || !isRight(value)) throw badFormat(field);
  return value;
}
