/**
 * What the rows of a list are about, which its columns tell: days, minutes, trades, or instruments.
 * @module
 */
import type { Instrument } from "../../exchange/market/instrument.js";
import { overseasFutures, stock } from "../../exchange/market/instrument.js";
import type { Bar, Market } from "../../exchange/market/market.js";
import { overseas } from "../exchange-codes.js";
import { either, type Facts, known } from "../facts.js";
import { aggregate, SESSIONS } from "./aggregate.js";
import { barFacts } from "./bar-facts.js";
import { indices, listed } from "./catalogue.js";
import { quoteFacts, quoteOf } from "./quote-facts.js";
import type { Input, Subject } from "./subject.js";
import { windowOf } from "./window.js";

export interface Question {
  path: string;
  input: Input;
  subject: Subject;
  market: Market;
}

/** @param columns names in lower case. Returns undefined when nothing is known of such rows. */
export function rowsFor(question: Question, columns: ReadonlySet<string>): readonly Facts[] | undefined {
  const { subject, market, path, input } = question;
  if (subject === "unknown") return [];
  const named = namedIn(input);
  if (named.length > 0) return named.map((instrument) => quoteFacts(quoteOf(market, instrument)));
  const has = (names: readonly string[]) => names.some((name) => columns.has(name));
  const found = listed(path, input.EXCD || undefined);
  // What is asked of the market as a whole moves with its index, or with what is listed first.
  const [whole] = path.startsWith("/uapi/overseas-") ? found : indices();
  const carrier = subject ?? whole;
  if (!carrier) return undefined;
  // Futures overseas have a column for the time in lists of days as well.
  const isDaily = /(daily|weekly|monthly)-ccnl$/.test(path);
  if (has(TIMES) && !isDaily) return has(TRADED) ? trades(question, carrier) : minutes(question, carrier);
  if (has(DATES)) return days(question, carrier);
  if (subject && columns.has("pbid1")) return [quoteFacts(quoteOf(market, subject))];
  if (subject && columns.has("bid_price")) return levels(market, subject);
  if (!has(CODES)) return undefined;
  return found.map((instrument, row) =>
    either(known({ data_rank: row + 1, rank: row + 1 }), quoteFacts(quoteOf(market, instrument))),
  );
}

const TIMES = ["stck_cntg_hour", "bsop_hour", "xhms", "khms", "data_time"];
const DATES = ["stck_bsop_date", "bsop_date", "deal_date", "xymd", "data_date"];
/** Lists of single trades: what was sold stands beside what it was sold for, and no bar has a high and a low. */
const TRADED = ["tday_rltv", "mtyp", "cttr", "vpow"];
const CODES = [
  "mksc_shrn_iscd",
  "stck_shrn_iscd",
  "inter_shrn_iscd",
  "elw_shrn_iscd",
  "futs_shrn_iscd",
  "optn_shrn_iscd",
  "jong_code",
  "symb",
  "code",
];

/** Instruments that parameters with a number ask for: `FID_INPUT_ISCD_1` …, `SYMB_01` …, `SRS_CD_01` … */
function namedIn(input: Input): Instrument[] {
  return Object.entries(input).flatMap(([name, code]) => {
    const [, field, number] = /^(FID_INPUT_ISCD|SYMB|SRS_CD)_(\d+)$/.exec(name) ?? [];
    if (!code || !field) return [];
    // 관심종목: a sector or an investor may stand in a parameter of that name as well, without a market beside it.
    if (field === "FID_INPUT_ISCD") return input[`FID_COND_MRKT_DIV_CODE_${number}`] ? (stock(code) ?? []) : [];
    return (field === "SYMB" ? overseas(input[`EXCD_${number}`] ?? "", code) : overseasFutures(code)) ?? [];
  });
}

/** Rows of one call, by the end of the path. */
const COUNTS: readonly (readonly [RegExp, number])[] = [
  [/inquire-daily-(item|fuop|index)?chartprice$/, 100],
  [/inquire-time-dailychartprice$/, 120],
  [/inquire-time-(fuop|index)chartprice$/, 102],
  [/overseas-price.*inquire-time-itemchartprice$/, 120],
  [/dailyprice$|-ccnl$|optchartprice$|futurechartprice$/, 100],
  [/inquire-ccnl$/, 30],
];

/** `QRY_CNT` and `NREC` say how many. */
export function countOf(path: string, { QRY_CNT, NREC }: Input): number {
  const usual = COUNTS.find(([name]) => name.test(path))?.[1] ?? 30;
  const asked = Number(QRY_CNT || NREC || 0);
  return asked >= 1 ? Math.min(asked, 120) : usual;
}

function days({ path, input, market }: Question, instrument: Instrument): Facts[] {
  const { from, until, period } = windowOf(path, input, instrument, market.now);
  const count = countOf(path, input);
  const sessions = market.days(instrument, { from, until, count: (count + 1) * SESSIONS[period] });
  const bars = aggregate(sessions, period);
  const [oldest] = market.days(instrument, { until: (sessions.at(-1)?.day ?? until) - 1, count: 1 });
  return compared(instrument, oldest ? [...bars, oldest] : bars, count);
}

/** Days that a chart of minutes goes back when it may. */
const LOOK_BACK = 60;

function minutes({ path, input, market }: Question, instrument: Instrument): Facts[] {
  const { moment, step, until } = windowOf(path, input, instrument, market.now);
  const isPastToo = input.FID_PW_DATA_INCU_YN === "Y" || input.PINC === "1" || input.QRY_CNT !== undefined;
  const from = isPastToo ? until - LOOK_BACK : until;
  const bars = market.minutes(instrument, { until: moment, step, count: countOf(path, input), from });
  return bars.map((bar) => {
    const [before] = market.days(instrument, { until: bar.day - 1, count: 1 });
    return barFacts({ instrument, bar, before: before?.close ?? bar.open });
  });
}

/** An order book with a row for each pair of prices. */
function levels(market: Market, instrument: Instrument): Facts[] {
  const quote = quoteOf(market, instrument);
  return quote.levels.slice(0, 5).map((level) => quoteFacts({ ...quote, levels: [level] }));
}

function trades({ path, input, market }: Question, instrument: Instrument): Facts[] {
  const before = market.yesterday(instrument).close;
  const { day, ...total } = market.today(instrument);
  const around = quoteFacts(quoteOf(market, instrument));
  return market.latest(instrument, countOf(path, input)).map(({ at, price, volume }) => {
    const amount = price * volume * instrument.unit;
    const bar = { day, at, open: price, high: price, low: price, close: price, volume, amount, total: { ...total } };
    total.volume -= volume;
    total.amount -= amount;
    return either(barFacts({ instrument, bar, before }), around);
  });
}

/** Bars newest first, each beside the close of the one before it; the last is only there for that. */
function compared(instrument: Instrument, bars: readonly Bar[], count: number): Facts[] {
  return bars
    .slice(0, -1)
    .slice(0, count)
    .map((bar, row) => barFacts({ instrument, bar, before: bars[row + 1]?.close ?? bar.open }));
}
