import { sliceAt } from "../shared/pages.js";
import { badFormat } from "./wire.js";

/** Something in a list that is given out page by page, by its place in the whole. */
export interface Placed<Row> {
  place: number;
  row: Row;
}

export interface Page<Row> {
  rows: Row[];
  more: boolean;
  /** 직전조회추적정보: where the next page begins. Empty when there is none. */
  trace: string;
}

const TRACE_DIGITS = 20;

/**
 * A page of rows that stand in the order of the answer. The trace names the last row that was given out, so that rows which come in
 * at the head meanwhile shift nothing.
 * @param trace what the request brought; undefined on the first page
 * @throws Refusal A0004 for a trace that no answer gave, an empty one included
 */
export function pageOf<Row>(rows: readonly Placed<Row>[], size: number, trace: unknown): Page<Row> {
  const start = trace === undefined ? 0 : startAfter(rows, trace);
  const { rows: page, next } = sliceAt(rows, start, size);
  const last = page.at(-1);
  const more = next !== undefined;
  return {
    rows: page.map(({ row }) => row),
    more,
    trace: more && last ? String(last.place).padStart(TRACE_DIGITS, "0") : "",
  };
}

function startAfter<Row>(rows: readonly Placed<Row>[], trace: unknown): number {
  const place = typeof trace === "string" && /^\d{20}$/.test(trace) ? Number(trace) : undefined;
  const index = place === undefined ? -1 : rows.findIndex((row) => row.place === place);
  if (index < 0) throw badFormat("befor_inquiry_trace_info");
  return index + 1;
}

/** Rows in the order in which they are kept. */
export function placed<Row>(rows: readonly Row[]): Placed<Row>[] {
  return rows.map((row, place) => ({ row, place }));
}
