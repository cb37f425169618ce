/**
 * A stretch of trading by wire names. KIS calls the same thing by one name with many fronts (`stck_prpr`, `futs_prpr`,
 * `bstp_nmix_prpr`), and by three more sets of names for overseas stocks and overseas futures: all of them are read here.
 * @module
 */
import type { Instrument } from "../../exchange/market/instrument.js";
import type { Bar } from "../../exchange/market/market.js";
import { round } from "../../exchange/market/rounding.js";
import { dateOf, timeOf, tradingDay } from "../../exchange/market/venue.js";
import { hms, ymd } from "../../shared/clock.js";
import { computed, type Facts } from "../facts.js";

/** A bar, and what its prices are compared with. */
export interface Compared {
  instrument: Instrument;
  bar: Bar;
  /** The close of the day before. */
  before: number;
}

/** `futs_prdy_vrss` → `prdy_vrss`. */
export function measureOf(field: string): string {
  return field.replace(/^(stck|bstp_nmix|futs|optn|elw|bond|ovrs_nmix|ovrs_prod|inter2|inter)_/, "");
}

/** 1 상한, 2 상승, 3 보합, 4 하한, 5 하락 */
export function signOf({ bar, before, instrument: { limit } }: Compared): string {
  const share = before === 0 ? 0 : bar.close / before - 1;
  if (share === 0) return "3";
  const reached = limit !== undefined && Math.abs(share) > limit - 0.003;
  return share > 0 ? (reached ? "1" : "2") : reached ? "4" : "5";
}

export function difference({ bar, before, instrument }: Compared): number {
  return round(bar.close - before, instrument.decimals);
}

/** In percent. */
export function rate({ bar, before }: Compared): string {
  return before === 0 ? "0.00" : ((bar.close / before - 1) * 100).toFixed(2);
}

/** A price as the group of operations writes it: whole won, or with its decimals; overseas stocks always with four. */
export function priceText({ kind, decimals }: Instrument, price: number): string {
  return price.toFixed(kind === "overseas" ? 4 : decimals);
}

type Read = (compared: Compared) => string | number;

const money =
  (pick: (bar: Bar) => number): Read =>
  ({ instrument, bar }) =>
    priceText(instrument, pick(bar));

const open = money((bar) => bar.open);
const high = money((bar) => bar.high);
const low = money((bar) => bar.low);
const close = money((bar) => bar.close);
const volume: Read = ({ bar }) => bar.volume;
const amount: Read = ({ bar }) => Math.round(bar.amount);
const totalVolume: Read = ({ bar }) => (bar.total ?? bar).volume;
const totalAmount: Read = ({ bar }) => Math.round((bar.total ?? bar).amount);
const changed: Read = (compared) => priceText(compared.instrument, difference(compared));
const distance: Read = (compared) => priceText(compared.instrument, Math.abs(difference(compared)));
const localDate: Read = ({ bar }) => dateOf(bar.day);
const localTime: Read = ({ bar, instrument }) => timeOf(instrument.venue, bar.at);

/** Names that say the same everywhere, after their front is off. */
const MEASURES: Readonly<Record<string, Read>> = {
  prpr: close,
  clpr: close,
  oprc: open,
  hgpr: high,
  lwpr: low,
  prdy_vrss: changed,
  prdy_vrss_sign: signOf,
  prdy_ctrt: rate,
  acml_vol: totalVolume,
  acml_tr_pbmn: totalAmount,
  cntg_vol: volume,
  cnqn: volume,
  bsop_date: localDate,
  deal_date: localDate,
  stlm_date: ({ bar, instrument: { venue } }) => dateOf(tradingDay(venue, tradingDay(venue, bar.day, 1), 1)),
  cntg_hour: localTime,
  bsop_hour: localTime,
  mod_yn: () => "N",
  flng_cls_code: () => "00",
  prtt_rate: () => "0.00",
  acml_prtt_rate: () => "0.00",
};

const OVERSEAS: Readonly<Record<string, Read>> = {
  last: close,
  clos: close,
  open,
  high,
  low,
  sign: signOf,
  diff: distance,
  rate,
  tvol: totalVolume,
  evol: volume,
  tamt: totalAmount,
  eamt: amount,
  xymd: localDate,
  tymd: localDate,
  xhms: localTime,
  kymd: ({ bar }) => ymd(bar.at),
  khms: ({ bar }) => hms(bar.at),
};

const OVERSEAS_FUTURES: Readonly<Record<string, Read>> = {
  last_price: close,
  open_price: open,
  high_price: high,
  low_price: low,
  // So the documents spell it in the order book.
  lowp_rice: low,
  prev_diff_price: changed,
  prev_diff_rate: rate,
  prev_diff_flag: signOf,
  vol: totalVolume,
  last_qntt: volume,
  data_date: localDate,
  data_time: localTime,
};

export function barFacts(compared: Compared): Facts {
  const { kind } = compared.instrument;
  const rest = computed(kind === "overseas" ? OVERSEAS : kind === "overseas-futures" ? OVERSEAS_FUTURES : {}, compared);
  const measures = computed(MEASURES, compared);
  return (field) => rest(field) ?? measures(measureOf(field));
}
