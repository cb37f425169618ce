/**
 * What the columns of quotes, trades and order books say at a moment, by wire names in lower case.
 * @module
 */
import type { Trade } from "../../exchange/market/market.js";
import { round } from "../../exchange/market/rounding.js";
import { dateOf, dayAt, timeOf } from "../../exchange/market/venue.js";
import { hms, ymd } from "../../shared/clock.js";
import { computed, either, type Facts, type Value } from "../facts.js";
import { priceText } from "../quotes/bar-facts.js";
import { type Quote, quoteFacts } from "../quotes/quote-facts.js";

/** An instrument right after a trade. */
export interface Live {
  quote: Quote;
  trade: Trade;
  now: number;
}

export function liveFacts(live: Live): Facts {
  const quote = quoteFacts(live.quote);
  return either(
    computed(TABLE, live),
    (field) => comparedFact(live, field),
    // `bid_price_1`, `ask_qntt_2`: other feeds write the number without a line before it.
    (field) => quote(OTHER_NAMES[field] ?? field.replace(/_(\d+)$/, "$1")),
  );
}

/** What is the same as in quotations, by another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  antc_cntg_vrss: "prdy_vrss",
  antc_cntg_vrss_sign: "prdy_vrss_sign",
  antc_cntg_prdy_ctrt: "prdy_ctrt",
  bond_isnm: "name",
  nav_prdy_vrss: "prdy_vrss",
  nav_prdy_vrss_sign: "prdy_vrss_sign",
  nav_prdy_ctrt: "prdy_ctrt",
  prdy_vol_vrss_acml_vol_rate: "prdy_vrss_vol_rate",
  prev_sign: "prdy_vrss_sign",
  psttl_sign: "prdy_vrss_sign",
  psttl_diff_price: "prdy_vrss",
  psttl_diff_rate: "prdy_ctrt",
};

type Read = (live: Live) => Value | undefined;

const volume: Read = ({ trade }) => trade.volume;
const seoulDay: Read = ({ now }) => ymd(now);
const seoulClock: Read = ({ now }) => hms(now);
const localDay: Read = ({ now, quote: { instrument } }) => dateOf(dayAt(instrument.venue, now));
const localClock: Read = ({ now, quote: { instrument } }) => timeOf(instrument.venue, now);
const opening: Read = ({ quote: { instrument, today } }) => timeOf(instrument.venue, today.at);
const isUp = ({ quote, trade }: Live) => trade.price >= quote.today.open;
const direction: Read = (live) => (isUp(live) ? "1" : "5");

const price =
  (pick: (quote: Quote) => number): Read =>
  ({ quote }) =>
    priceText(quote.instrument, pick(quote));

const last = price(({ today }) => today.close);
const open = price(({ today }) => today.open);
const high = price(({ today }) => today.high);
const low = price(({ today }) => today.low);

const total =
  (side: "ask" | "bid"): Read =>
  ({ quote: { levels } }) =>
    levels.reduce((sum, level) => sum + (side === "ask" ? level.askVolume : level.bidVolume), 0);

const TABLE: Readonly<Record<string, Read>> = {
  stck_cntg_hour: seoulClock,
  bsop_hour: seoulClock,
  bsop_date: seoulDay,
  bsns_date: localDay,
  tymd: localDay,
  xymd: localDay,
  xhms: localClock,
  kymd: seoulDay,
  khms: seoulClock,
  recv_date: seoulDay,
  recv_time: seoulClock,
  oprc_hour: opening,
  cntg_vol: volume,
  last_cnqn: volume,
  evol: volume,
  last_qntt: volume,
  pcas_vol: volume,
  antc_cnqn: volume,
  antc_vol: volume,
  pcas_tr_pbmn: ({ trade }) => round(trade.price * trade.volume, 0),
  ccld_dvsn: direction,
  cntg_cls_code: direction,
  quotsign: (live) => (isUp(live) ? "2" : "5"),
  mtyp: () => "1",
  hour_cls_code: () => "0",
  new_mkop_cls_code: () => "20",
  trht_yn: () => "N",
  prpr_nmix: last,
  oprc_nmix: open,
  nmix_hgpr: high,
  nmix_lwpr: low,
  nav: price(({ today }) => today.close),
  oprc_nav: open,
  hprc_nav: high,
  lprc_nav: low,
  avol: total("ask"),
  bvol: total("bid"),
  psttl_price: price(({ yesterday }) => yesterday.close),
};

const EDGES = { oprc: "open", hgpr: "high", lwpr: "low" } as const;

/** `oprc_vrss_prpr`, `hgpr_vrss_nmix_prpr_sign`: the price beside the day's first, highest and lowest. */
function comparedFact({ quote: { instrument, today } }: Live, field: string): Value | undefined {
  const [, edge = "", sign] = /^(oprc|hgpr|lwpr)_vrss_(?:nmix_)?(?:prpr)?(_?sign)?$/.exec(field) ?? [];
  if (!Object.hasOwn(EDGES, edge)) return undefined;
  const difference = round(today.close - today[EDGES[edge as keyof typeof EDGES]], instrument.decimals);
  if (sign) return difference > 0 ? "2" : difference < 0 ? "5" : "3";
  return priceText(instrument, difference);
}
