import { futures, index, overseasFutures } from "../../exchange/market/instrument.js";
import type { Market } from "../../exchange/market/market.js";
import { STOCKS } from "../../exchange/market/names.js";
import { present, roundTo } from "./domestic.js";
import { isin } from "./isin.js";
import type { Row } from "./record.js";

interface Contract {
  code: string;
  /** 상품종류 */
  type: string;
  /** 월물구분코드; options have none. */
  month?: string;
  /** ATM구분 and how far the strike is from the money; futures have none. */
  strike?: readonly [atm: string, distance: number];
}

/** Those that the sandbox lists by itself, and others of each kind. */
const INDEX_CONTRACTS: readonly Contract[] = [
  { code: "101W12", type: "1", month: "1" },
  { code: "101W03", type: "1", month: "2" },
  { code: "401W12W3S", type: "2", month: "1" },
  { code: "105W12", type: "B", month: "1" },
  { code: "106W12", type: "3", month: "1" },
  { code: "201W12360", type: "5", strike: ["1", 0] },
  { code: "201W12370", type: "5", strike: ["3", 10] },
  { code: "301W12360", type: "6", strike: ["1", 0] },
];

const NIGHT_OPTIONS: readonly Contract[] = [
  { code: "201W12360", type: "5", strike: ["1", 0] },
  { code: "301W12350", type: "6", strike: ["3", -10] },
  { code: "3AFW12360", type: "P", strike: ["1", 0] },
];

export function indexRows(market: Market): Row[] {
  return contractRows(market, INDEX_CONTRACTS);
}

export function nightFutureRows(market: Market): Row[] {
  return contractRows(market, INDEX_CONTRACTS.slice(0, 2));
}

export function nightOptionRows(market: Market): Row[] {
  return contractRows(market, NIGHT_OPTIONS);
}

function contractRows(market: Market, contracts: readonly Contract[]): Row[] {
  const kospi200 = index("2001");
  const level = kospi200 ? roundTo(market.yesterday(kospi200).close, 2.5) : 0;
  return contracts.flatMap((contract) => {
    const found = futures(contract.code);
    if (!found) return [];
    const strike = contract.strike ? level + contract.strike[1] : 0;
    return { ...rowOf(contract, found.name, strike), unas_shrn_iscd: "2001", unas_kor_name: "KOSPI200" };
  });
}

function rowOf({ code, type, month = "", strike }: Contract, name: string, price: number): Row {
  return {
    info_type: type,
    shrn_iscd: code,
    stnd_iscd: isin(`KR4${code.padEnd(8, "0").slice(0, 8)}`),
    kor_name: name,
    atm_cls_code: strike?.[0] ?? "",
    acpr: price.toFixed(2).padStart(8, "0"),
    mmsc_cls_code: month,
  };
}

/** 주식선물, by what they are on. */
const STOCK_CONTRACTS = { "111W12": "005930", "112W12": "000660", "113W12": "005380", "114W12": "035420" };

export function stockFutureRows(): Row[] {
  return Object.entries(STOCK_CONTRACTS).flatMap(([code, underlying]) => {
    const found = futures(code);
    if (!found) return [];
    const below = { unas_shrn_iscd: underlying, unas_kor_name: STOCKS[underlying]?.[0] };
    return { ...rowOf({ code, type: "1", month: "1" }, found.name, 0), ...below };
  });
}

const COMMODITIES: readonly (readonly [code: string, kind: string, product: string, name: string])[] = [
  ["165W12", "1", "B03", "3년국채"],
  ["167W12", "1", "B10", "10년국채"],
  ["175W12", "2", "USD", "미국달러"],
  ["188W12", "3", "GLD", "금"],
];

export function commodityRows(): Row[] {
  return COMMODITIES.flatMap(([code, kind, product, name]) => {
    const found = futures(code);
    if (!found) return [];
    const about = { com_type: kind, prod_no: product, prod_name: name };
    return { ...rowOf({ code, type: "1", month: "1" }, found.name, 0), ...about };
  });
}

const OVERSEAS: Readonly<Record<string, readonly [exchange: string, product: string, decimals: number]>> = {
  ESZ26: ["CME", "ES", -2],
  NQZ26: ["CME", "NQ", -2],
  CLF27: ["NYMEX", "CL", -2],
  GCG27: ["COMEX", "GC", -1],
};

export function overseasFutureRows(): Row[] {
  return present(Object.keys(OVERSEAS), overseasFutures).map(({ code, name }) => {
    const [exchange = "", product = "", decimals = 0] = OVERSEAS[code] ?? [];
    return {
      sSrsCd: code,
      sAutoOrdGnrlYN: true,
      sSeriesKrNm: name,
      sExchCd: exchange,
      sMrktCd: product,
      sClasCd: "001",
      sDispDesz: decimals,
      sCalcDesz: decimals,
      sTickSz: "000000000.2500",
      sTickVal: "000000012.5000",
      sCtrtSz: 50,
      sDispDigit: 10,
      sMultiplier: 1,
      sNearFlg: "1",
      sNearFlgDt: "1",
      sSprdYN: false,
      sSprdLeg1YN: false,
    };
  });
}
