import { depth, type Level } from "../../exchange/market/depth.js";
import { CURRENCIES, inWon } from "../../exchange/market/exchanges.js";
import { type Instrument, onTick } from "../../exchange/market/instrument.js";
import type { Bar, Market } from "../../exchange/market/market.js";
import { round } from "../../exchange/market/rounding.js";
import { dateOf, dayOf } from "../../exchange/market/venue.js";
import { hms, ymd } from "../../shared/clock.js";
import { codesOf } from "../exchange-codes.js";
import { computed, type Facts, type Value } from "../facts.js";
import { barFacts, measureOf, priceText } from "./bar-facts.js";

/** An instrument as it stands now. */
export interface Quote {
  instrument: Instrument;
  today: Bar;
  yesterday: Bar;
  levels: readonly Level[];
  /** The best and the worst of the last 250 sessions and of the calendar's year: looked up only when something asks for them. */
  extremes: () => Extremes;
}

interface Extremes {
  high: Bar;
  low: Bar;
  highThisYear: Bar;
  lowThisYear: Bar;
}

export function quoteOf(market: Market, instrument: Instrument): Quote {
  const today = market.today(instrument);
  let extremes: Extremes | undefined;
  return {
    instrument,
    today,
    yesterday: market.yesterday(instrument),
    levels: depth(instrument, today.close, today.volume),
    extremes: () => {
      extremes ??= extremesOf(market.year(instrument), today);
      return extremes;
    },
  };
}

export function quoteFacts(quote: Quote): Facts {
  const { instrument, today, yesterday } = quote;
  const bar = barFacts({ instrument, bar: today, before: yesterday.close });
  const named = computed(NAMES, quote);
  const rest = computed(instrument.kind === "overseas" ? OVERSEAS : TABLE, quote);
  return (field) => named(field) ?? rest(measureOf(field)) ?? levelFact(quote, field) ?? bar(field);
}

type Read = (quote: Quote) => Value | undefined;

/** What it is called. */
const NAMES: Readonly<Record<string, Read>> = {
  hts_kor_isnm: ({ instrument }) => instrument.name,
  inter_kor_isnm: ({ instrument }) => instrument.name,
  prdt_name: ({ instrument }) => instrument.name,
  prdt_name120: ({ instrument }) => instrument.name,
  prdt_abrv_name: ({ instrument }) => instrument.name,
  prdt_eng_name: ({ instrument }) => instrument.english,
  prdt_eng_name120: ({ instrument }) => instrument.english,
  prdt_eng_abrv_name: ({ instrument }) => instrument.english,
  ovrs_item_name: ({ instrument }) => instrument.name,
  knam: ({ instrument }) => instrument.name,
  enam: ({ instrument }) => instrument.english,
  ename: ({ instrument }) => instrument.english,
  stck_shrn_iscd: ({ instrument }) => instrument.code,
  mksc_shrn_iscd: ({ instrument }) => instrument.code,
  inter_shrn_iscd: ({ instrument }) => instrument.code,
  elw_shrn_iscd: ({ instrument }) => instrument.code,
  elw_kor_isnm: ({ instrument }) => instrument.name,
  futs_shrn_iscd: ({ instrument }) => instrument.code,
  optn_shrn_iscd: ({ instrument }) => instrument.code,
  bond_shrn_iscd: ({ instrument }) => instrument.code,
  stnd_iscd: ({ instrument }) => instrument.code,
  bstp_cls_code: ({ instrument }) => (instrument.kind === "index" ? instrument.code : undefined),
  jong_code: ({ instrument }) => instrument.code,
  sht_cd: ({ instrument }) => instrument.code,
  pdno: ({ instrument }) => instrument.code,
  shtn_pdno: ({ instrument }) => instrument.code,
  symb: ({ instrument }) => instrument.code,
  code: ({ instrument }) => instrument.code,
  name: ({ instrument }) => instrument.name,
  price: ({ instrument, today }) => priceText(instrument, today.close),
};

const price =
  (pick: (quote: Quote) => number): Read =>
  (quote) =>
    priceText(quote.instrument, pick(quote));

const edge =
  (share: 1 | -1): Read =>
  ({ instrument, yesterday }) =>
    instrument.limit === undefined
      ? undefined
      : priceText(instrument, onTick(instrument, yesterday.close * (1 + share * instrument.limit)));

function extremesOf(year: readonly Bar[], today: Bar): Extremes {
  const newYear = dayOf(`${dateOf(today.day).slice(0, 4)}0101`) ?? 0;
  const found = { high: today, low: today, highThisYear: today, lowThisYear: today };
  for (const bar of year) {
    if (bar.high > found.high.high) found.high = bar;
    if (bar.low < found.low.low) found.low = bar;
    if (bar.day < newYear) continue;
    if (bar.high > found.highThisYear.high) found.highThisYear = bar;
    if (bar.low < found.lowThisYear.low) found.lowThisYear = bar;
  }
  return found;
}

/** How far the price is from another, in percent of that one. */
const away =
  (pick: (quote: Quote) => number): Read =>
  (quote) =>
    ((quote.today.close / pick(quote) - 1) * 100).toFixed(2);

const before = price(({ yesterday }) => yesterday.close);
const yearHigh = price((quote) => quote.extremes().high.high);
const yearLow = price((quote) => quote.extremes().low.low);
const yearHighDate: Read = (quote) => dateOf(quote.extremes().high.day);
const yearLowDate: Read = (quote) => dateOf(quote.extremes().low.day);
const fromHigh = away((quote) => quote.extremes().high.high);
const fromLow = away((quote) => quote.extremes().low.low);

/** Shares, so that a company of any price is worth about as much as others. */
const shares = ({ instrument }: Quote) => Math.round(40_000_000_000_000 / instrument.base / 1_000) * 1_000;
const earnings = ({ instrument }: Quote) => Math.round(instrument.base / 12);
const worth = ({ instrument }: Quote) => Math.round(instrument.base / 1.3);

/** 피벗: the middle of the day before, and the two prices on either side that a rule of thumb makes of it. */
function pivots({ instrument, yesterday: { high, low, close } }: Quote) {
  const middle = (high + low + close) / 3;
  const at = (value: number) => priceText(instrument, onTick(instrument, value));
  return {
    middle: at(middle),
    resistances: [at(2 * middle - low), at(middle + high - low)],
    supports: [at(2 * middle - high), at(middle - high + low)],
  };
}

const TABLE: Readonly<Record<string, Read>> = {
  mxpr: edge(1),
  llam: edge(-1),
  sdpr: before,
  prdy_clpr: before,
  prdy_nmix: before,
  prdy_oprc: price(({ yesterday }) => yesterday.open),
  prdy_hgpr: price(({ yesterday }) => yesterday.high),
  prdy_lwpr: price(({ yesterday }) => yesterday.low),
  prdy_vol: ({ yesterday }) => yesterday.volume,
  prdy_tr_pbmn: ({ yesterday }) => Math.round(yesterday.amount),
  prdy_vrss_vol: ({ today, yesterday }) => today.volume - yesterday.volume,
  prdy_vrss_vol_rate: ({ today, yesterday }) => ((today.volume / yesterday.volume) * 100).toFixed(2),
  wghn_avrg_stck_prc: ({ today }) => (today.amount / Math.max(1, today.volume)).toFixed(2),
  antc_cnpr: price(({ today }) => today.close),
  aspr_unit: ({ instrument, today }) => instrument.tick(today.close),
  rprs_mrkt_kor_name: () => "KOSPI200",
  hts_deal_qty_unit_val: () => "1",
  lstn_stcn: shares,
  // In units of a hundred million won.
  hts_avls: (quote) => Math.round((shares(quote) * quote.today.close) / 100_000_000),
  eps: (quote) => `${earnings(quote)}.00`,
  bps: (quote) => `${worth(quote)}.00`,
  per: (quote) => (quote.today.close / earnings(quote)).toFixed(2),
  pbr: (quote) => (quote.today.close / worth(quote)).toFixed(2),
  d250_hgpr: yearHigh,
  d250_hgpr_date: yearHighDate,
  d250_hgpr_vrss_prpr_rate: fromHigh,
  d250_lwpr: yearLow,
  d250_lwpr_date: yearLowDate,
  d250_lwpr_vrss_prpr_rate: fromLow,
  w52_hgpr: yearHigh,
  w52_hgpr_date: yearHighDate,
  w52_hgpr_vrss_prpr_ctrt: fromHigh,
  w52_lwpr: yearLow,
  w52_lwpr_date: yearLowDate,
  w52_lwpr_vrss_prpr_ctrt: fromLow,
  dryy_hgpr: price((quote) => quote.extremes().highThisYear.high),
  dryy_hgpr_date: (quote) => dateOf(quote.extremes().highThisYear.day),
  dryy_hgpr_vrss_prpr_rate: away((quote) => quote.extremes().highThisYear.high),
  dryy_lwpr: price((quote) => quote.extremes().lowThisYear.low),
  dryy_lwpr_date: (quote) => dateOf(quote.extremes().lowThisYear.day),
  dryy_lwpr_vrss_prpr_rate: away((quote) => quote.extremes().lowThisYear.low),
  pvt_pont_val: (quote) => pivots(quote).middle,
  pvt_frst_dmrs_prc: (quote) => pivots(quote).resistances[0],
  pvt_scnd_dmrs_prc: (quote) => pivots(quote).resistances[1],
  pvt_frst_dmsp_prc: (quote) => pivots(quote).supports[0],
  pvt_scnd_dmsp_prc: (quote) => pivots(quote).supports[1],
  rstc_wdth_prc: ({ instrument, yesterday }) =>
    priceText(instrument, onTick(instrument, yesterday.close * (instrument.limit ?? 0))),
  // Nothing is the matter with it.
  iscd_stat_cls_code: () => "55",
  marg_rate: () => "20.00",
  crdt_able_yn: () => "Y",
  mrkt_warn_cls_code: () => "00",
  mrkt_warn_cls_name: () => "없음",
  vi_cls_code: () => "N",
  ovtm_vi_cls_code: () => "N",
  new_hgpr_lwpr_cls_code: () => "",
  mang_issu_cls_code: () => "N",
  stac_month: () => "12",
  fcam: () => "100",
  fcam_cnnm: () => "원",
  cpfn_cnnm: () => "억",
  prev_price: before,
  sttl_price: before,
};

/** Of overseas stocks. Prices carry four decimals, which `zdiv` says. */
const OVERSEAS: Readonly<Record<string, Read>> = {
  base: before,
  pvol: ({ yesterday }) => yesterday.volume,
  pamt: ({ yesterday }) => Math.round(yesterday.amount),
  popen: price(({ yesterday }) => yesterday.open),
  phigh: price(({ yesterday }) => yesterday.high),
  plow: price(({ yesterday }) => yesterday.low),
  zdiv: () => "4",
  rsym: ({ instrument }) => `D${codesOf(instrument.exchange)?.quote}${instrument.code}`,
  excd: ({ instrument }) => codesOf(instrument.exchange)?.quote,
  exnm: ({ instrument }) => instrument.exchange?.name,
  nnam: ({ instrument }) => instrument.exchange?.nationName,
  curr: ({ instrument }) => instrument.currency,
  tr_crcy_cd: ({ instrument }) => instrument.currency,
  crcy_name: ({ instrument }) => CURRENCIES[instrument.currency].name,
  natn_cd: ({ instrument }) => instrument.exchange?.nation,
  natn_name: ({ instrument }) => instrument.exchange?.nationName,
  tr_mket_name: ({ instrument }) => instrument.exchange?.name,
  ovrs_excg_cd: ({ instrument }) => codesOf(instrument.exchange)?.order,
  ovrs_excg_name: ({ instrument }) => instrument.exchange?.name,
  prdt_type_cd: ({ instrument }) => codesOf(instrument.exchange)?.types[0],
  ordy: () => "매수가능",
  e_ordyn: () => "매매 가능",
  e_hogau: ({ instrument, today }) => priceText(instrument, instrument.tick(today.close)),
  vnit: () => "1",
  bnit: () => "1",
  shar: shares,
  tomv: (quote) => Math.round(shares(quote) * quote.today.close),
  h52p: yearHigh,
  h52d: yearHighDate,
  l52p: yearLow,
  l52d: yearLowDate,
  t_rate: ({ instrument }) => CURRENCIES[instrument.currency].rate.toFixed(2),
  p_rate: ({ instrument }) => CURRENCIES[instrument.currency].rate.toFixed(2),
  t_xprc: ({ instrument, today }) => round(inWon(today.close, instrument.currency), 0),
  p_xprc: ({ instrument, yesterday }) => round(inWon(yesterday.close, instrument.currency), 0),
  t_xdif: ({ instrument, today, yesterday }) =>
    Math.abs(round(inWon(today.close - yesterday.close, instrument.currency), 0)),
};

/** `askp3`, `futs_bidp1`, `askp_rsqn2`, `pbid1`, `vask1`, and the best of each without a number. */
function levelFact({ instrument, levels }: Quote, field: string): Value | undefined {
  const found = LEVEL.exec(measureOf(field));
  if (!found?.groups) return undefined;
  const { total, side = "", volume, number = "1" } = found.groups;
  const isAsk = side.startsWith("a") || side.endsWith("ask") || side === "seln";
  if (total) return levels.reduce((sum, level) => sum + (isAsk ? level.askVolume : level.bidVolume), 0);
  const level = levels[Number(number) - 1];
  if (!level) return undefined;
  const isVolume = volume !== undefined || side.startsWith("v");
  if (isVolume) return isAsk ? level.askVolume : level.bidVolume;
  return priceText(instrument, isAsk ? level.ask : level.bid);
}

const LEVEL =
  /^(?<total>total_)?(?<side>askp|bidp|ask|bid|pask|pbid|vask|vbid|seln|shnu)(?<volume>_rsqn|_qntt)?(?:_price)?(?<number>\d{1,2})?$/;

/** When a quotation was made, in Seoul. */
export function momentFacts(now: number): Facts {
  return computed(
    {
      aspr_acpt_hour: hms,
      quot_time: hms,
      quot_date: ymd,
      dhms: hms,
      dymd: ymd,
      proc_date: ymd,
      proc_time: hms,
      today: ymd,
      time: hms,
    },
    now,
  );
}
