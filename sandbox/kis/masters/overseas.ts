import { type Instrument, overseasIndex } from "../../exchange/market/instrument.js";
import type { Market } from "../../exchange/market/market.js";
import { overseas } from "../exchange-codes.js";
import type { Row } from "./record.js";

interface Exchange {
  /** `exid`, `exnm`, and the times of its session. */
  id: string;
  name: string;
  nation: string;
  currency: string;
  opens: string;
  closes: string;
  symbols: readonly string[];
}

const us = { nation: "US", currency: "USD", opens: "930", closes: "1600" };
const china = { nation: "CN", currency: "CNY", opens: "930", closes: "1500" };
const vietnam = { nation: "VN", currency: "VND", opens: "900", closes: "1500" };

/** By the code of the exchange. */
const EXCHANGES: Readonly<Record<string, Exchange>> = {
  NAS: {
    ...us,
    id: "22",
    name: "나스닥",
    symbols: [
      ...["AAPL", "MSFT", "NVDA", "AMZN", "GOOGL", "META", "TSLA", "AVGO", "COST", "NFLX", "AMD", "INTC", "QQQ"],
      "SBOXA",
    ],
  },
  NYS: { ...us, id: "21", name: "뉴욕", symbols: ["BAC", "KO", "SBOXN", "SBOX.B"] },
  AMS: { ...us, id: "23", name: "아멕스", symbols: ["SBOXE", "SBOXF"] },
  SHS: { ...china, id: "16", name: "상해", symbols: ["600519", "600010"] },
  SHI: { ...china, id: "116", name: "상해지수", symbols: ["000001", "000300"] },
  SZS: { ...china, id: "17", name: "심천", symbols: ["000002", "300010"] },
  SZI: { ...china, id: "117", name: "심천지수", symbols: ["399001", "399006"] },
  TSE: {
    id: "6",
    name: "도쿄",
    nation: "JP",
    currency: "JPY",
    opens: "900",
    closes: "1500",
    symbols: ["7203", "1301"],
  },
  HKS: {
    id: "12",
    name: "홍콩",
    nation: "HK",
    currency: "HKD",
    opens: "930",
    closes: "1600",
    symbols: ["00700", "00010"],
  },
  HNX: { ...vietnam, id: "71", name: "하노이", symbols: ["AAV", "BAB"] },
  HSX: { ...vietnam, id: "70", name: "호치민", symbols: ["AAA", "VNM"] },
};

/** @param code of the exchange, `NAS` */
export function overseasRows(market: Market, code: string): Row[] {
  const exchange = EXCHANGES[code];
  // Two of them hold indices, which cannot be ordered.
  const isIndex = /I$/.test(code);
  return (exchange?.symbols ?? []).flatMap((symbol) => {
    const found = isIndex ? overseasIndex(symbol) : overseas(code, symbol);
    return found && exchange ? [rowOf(market, code, exchange, found, isIndex)] : [];
  });
}

function rowOf(market: Market, code: string, exchange: Exchange, found: Instrument, isIndex: boolean): Row {
  const isFund = found.code === "QQQ";
  return {
    ncod: exchange.nation,
    exid: exchange.id,
    excd: code,
    exnm: exchange.name,
    symb: found.code,
    rsym: `${code}${found.code}`,
    knam: found.name,
    enam: found.english,
    stis: isIndex ? "1" : isFund ? "3" : "2",
    curr: exchange.currency,
    zdiv: found.decimals,
    ztyp: "",
    base: market.yesterday(found).close.toFixed(found.decimals),
    bnit: 1,
    anit: 1,
    mstm: exchange.opens,
    metm: exchange.closes,
    isdr: false,
    drcd: "",
    icod: isIndex ? "" : "0110",
    sjong: isIndex ? "1" : "0",
    ttyp: "1",
    etyp: isFund ? "001" : "000",
    ttyp_sb: "   ",
  };
}

const WORLD_SYMBOLS: readonly (readonly [kind: string, symbol: string, nation: string])[] = [
  ["P", ".DJI", "840"],
  ["P", "COMP", "840"],
  ["P", "SPX", "840"],
  ["W", "HK#HS", "344"],
  ["X", "FX@KRW", "410"],
  ["C", "WTIF", "840"],
  ["R", "Y0101", "410"],
];

export function worldRows(): Row[] {
  return WORLD_SYMBOLS.flatMap(([kind, symbol, nation]) => {
    const found = overseasIndex(symbol);
    if (!found) return [];
    const named = { cls_code: kind, symb: symbol, hts_eng_isnm: found.english, hts_kor_isnm: found.name };
    const flags = { dow_30_yn: "0", nasdaq_100_yn: "0", snp_500_yn: "0" };
    return { ...named, ...flags, bstp_cls_code: "", exch_cls_code: "", ntnl_cls_code: nation };
  });
}
