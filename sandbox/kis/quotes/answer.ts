import type { Schema } from "../../../generator/model.js";
import type { Instrument } from "../../exchange/market/instrument.js";
import type { Call, Outcome } from "../call.js";
import { either, type Facts, known, nothing } from "../facts.js";
import { momentFacts, quoteFacts, quoteOf } from "./quote-facts.js";
import { countOf, rowsFor } from "./rows.js";
import { subjectOf } from "./subject.js";

/** Rows that an unknown list has in all, where it is asked for page by page. */
const PAGED_ROWS = 45;

/** What an operation of quotations, rankings or analysis answers: every section that its columns tell something about. */
export function quotations(call: Call): Outcome {
  const { route, input, market } = call;
  const { path, paging } = route.operation;
  const subject = subjectOf(path, input);
  const sections: Record<string, Facts | readonly Facts[]> = {};
  for (const [name, schema] of Object.entries(route.sections)) {
    if (subject === "unknown") sections[name] = [];
    else if (schema.items) {
      const rows = rowsFor({ path, input, subject, market }, columnsOf(schema.items));
      if (rows) sections[name] = rows;
      else if (paging) sections[name] = Array<Facts>(PAGED_ROWS).fill(nothing);
    }
  }
  const lists = Object.values(sections).filter((section) => typeof section !== "function");
  const rows = lists.reduce<readonly Facts[]>((longest, list) => (list.length > longest.length ? list : longest), []);
  const counts = countFacts(rows, countOf(path, input));
  const about = subject && subject !== "unknown" ? aboutFacts(call, subject) : nothing;
  for (const [name, schema] of Object.entries(route.sections)) {
    if (!schema.items && !Object.hasOwn(sections, name)) {
      sections[name] = either(counts, momentFacts(market.now), about);
    }
  }
  return { sections, code: "MCA00000" };
}

function columnsOf({ properties = {} }: Schema): ReadonlySet<string> {
  return new Set(Object.keys(properties).map((name) => name.toLowerCase()));
}

function aboutFacts({ market }: Call, instrument: Instrument): Facts {
  return quoteFacts(quoteOf(market, instrument));
}

/** How many rows there are, and where the next page begins: `INDEX_KEY` goes back before the oldest row. */
function countFacts(rows: readonly Facts[], wanted: number): Facts {
  const oldest = rows.at(-1);
  const isFull = rows.length >= wanted;
  const date = oldest?.("data_date");
  const time = oldest?.("data_time");
  return known({
    nrec: rows.length,
    crec: rows.length,
    trec: rows.length,
    ret_cnt: rows.length,
    tret_cnt: rows.length,
    row_cnt: rows.length,
    next: isFull ? "1" : "",
    more: isFull ? "1" : "",
    index_key: isFull && date !== undefined && time !== undefined ? secondBefore(`${date}${time}`) : "",
  });
}

function secondBefore(stamp: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second) - 1);
  return new Date(time).toISOString().slice(0, 19).replace(/\D/g, "");
}
